package org.stratobox.sync.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.simulation.disk.FileTree;
import org.stratobox.sync.simulation.disk.FileTree.Taken;
import org.stratobox.sync.simulation.disk.FileTree.Way;
import org.stratobox.sync.simulation.disk.Inode;
import org.stratobox.sync.simulation.world.Chance;
import org.stratobox.sync.simulation.world.World;

/// Somebody at a computer, or several programs of theirs. Few names, so that everything collides with everything.
final class SimUser {
    private static final int DEEPEST = 4;
    private final World world;
    private final Chance chance;
    private final Ledger ledger;
    private final List<String> names;
    private int temporary;

    /// @param names of files and directories
    SimUser(World world, Ledger ledger, List<String> names) {
        this.world = world;
        this.chance = world.chance();
        this.ledger = ledger;
        this.names = names;
    }

    /// What a user can do.
    enum Act {
        WRITE(30), SAFE_SAVE(8), BACKUP_SAVE(5), SLOW_WRITE(4), APPEND(4), TRUNCATE(1), DELETE(12), REMOVE_TREE(4),
        RENAME(10), RENAME_DIRECTORY(7), RENAME_ONTO(4), SWAP(4), MAKE_DIRECTORY(6), TOUCH(4), CHMOD(3), LINK(3),
        FILE_FOR_DIRECTORY(2), DIRECTORY_FOR_FILE(2), COPY(3), SAME_BYTES(3), SNEAKY_EDIT(2);

        private final int weight;

        Act(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Act> URN = urn();

    /// @return everything a user does
    static Stream<Act> acts() {
        return Stream.of(Act.values());
    }

    private static List<Act> urn() {
        List<Act> urn = new ArrayList<>();
        for (Act act : Act.values()) {
            for (int i = 0; i < act.weight; i++) {
                urn.add(act);
            }
        }
        return List.copyOf(urn);
    }

    /// Does something, preferably where somebody looks at.
    ///
    /// @param device whose disk it is
    /// @param near a path something is about to happen to
    void act(SimDevice device, Optional<Path> near) {
        Act act = chance.of(URN);
        Hands hands = new Hands(device);
        Path path = near.filter(p -> isMine(p) && chance.happens(0.6)).orElseGet(() -> hands.some(act));
        try {
            hands.act(act, path);
            world.tally().add("user " + act);
            world.trace().say(device.name(), "user " + act + " " + path);
        } catch (IOException e) {
            // as in life: it does not work, and the user does something else
        }
    }

    /// A folder that was emptied is paused until its user says that it is meant: by putting a file into it.
    void isThere(SimDevice device) {
        if (!View.shown(device.tree()).isEmpty()) {
            return;
        }
        try {
            byte[] data = ledger.fresh(chance);
            Path path = SimDevice.ROOT.resolve("here");
            device.tree().write(device.tree().make(path, Kind.FILE, 0644, "", Way.PLAIN), data);
            ledger.written(data, device.name(), path.toString());
            world.trace().say(device.name(), "user says that the folder is meant to be empty");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isMine(Path path) {
        return path.startsWith(SimDevice.ROOT) && !path.equals(SimDevice.ROOT)
                && !path.getName(SimDevice.ROOT.getNameCount()).toString().startsWith(FolderMarker.OWN_PREFIX);
    }

    /// The user's hands on one disk.
    private final class Hands {
        private final SimDevice device;
        private final FileTree tree;

        Hands(SimDevice device) {
            this.device = device;
            this.tree = device.tree();
        }

        Path some(Act act) {
            boolean isNew = switch (act) {
                case WRITE, SAFE_SAVE, MAKE_DIRECTORY, LINK, SLOW_WRITE -> chance.happens(0.5);
                default -> false;
            };
            List<Path> there = all();
            return isNew || there.isEmpty() ? anywhere() : chance.of(there);
        }

        private Path anywhere() {
            Path path = SimDevice.ROOT;
            int depth = 1 + Math.min(chance.below(DEEPEST), chance.below(DEEPEST));
            for (int i = 0; i < depth; i++) {
                path = path.resolve(chance.of(names));
            }
            return path;
        }

        private List<Path> all() {
            List<Path> out = new ArrayList<>();
            View.walk(tree, SimDevice.ROOT, (path, _) -> out.add(path));
            return out;
        }

        void act(Act act, Path path) throws IOException {
            switch (act) {
                case WRITE -> write(path, ledger.fresh(chance));
                case SAFE_SAVE -> safeSave(path);
                case BACKUP_SAVE -> backupSave(path);
                case SLOW_WRITE -> slowWrite(path);
                case APPEND -> {
                    file(path);
                    write(path, ledger.fresh(chance));
                }
                case TRUNCATE -> {
                    ledger.replaced(file(path).data(), device.name(), path.toString());
                    tree.write(file(path), new byte[0]);
                }
                case DELETE -> delete(path);
                case REMOVE_TREE -> removeTree(path);
                case RENAME -> rename(path, anywhere(), Taken.REFUSED);
                case RENAME_DIRECTORY -> {
                    require(tree.get(path, Way.PLAIN).kind() == Kind.DIRECTORY);
                    rename(path, anywhere(), Taken.REFUSED);
                }
                case RENAME_ONTO -> rename(path, other(), Taken.REPLACED);
                case SWAP -> swap(path, other());
                case MAKE_DIRECTORY -> makeDirectories(path);
                case TOUCH -> touch(path);
                case CHMOD -> chmod(path);
                case LINK -> link(path);
                case FILE_FOR_DIRECTORY -> {
                    require(tree.get(path, Way.PLAIN).kind() == Kind.DIRECTORY);
                    removeTree(path);
                    write(path, ledger.fresh(chance));
                }
                case DIRECTORY_FOR_FILE -> {
                    file(path);
                    delete(path);
                    makeDirectories(path);
                    write(path.resolve(chance.of(names)), ledger.fresh(chance));
                }
                case COPY -> {
                    byte[] data = file(path).data();
                    ledger.touched(data);
                    put(anywhere(), data);
                }
                case SAME_BYTES -> put(path, chance.of(everywhere()));
                case SNEAKY_EDIT -> sneakyEdit(path);
            }
        }

        private Path other() throws IOException {
            List<Path> there = all();
            require(!there.isEmpty());
            return chance.of(there);
        }

        private List<byte[]> everywhere() throws IOException {
            List<byte[]> out = new ArrayList<>();
            for (Path path : all()) {
                Inode inode = tree.get(path, Way.PLAIN);
                if (inode.kind() == Kind.FILE && ledger.token(inode.data()).isPresent()) {
                    out.add(inode.data());
                }
            }
            require(!out.isEmpty());
            return out;
        }

        /// Bytes that exist already: not a new content.
        private void put(Path path, byte[] data) throws IOException {
            Optional<Inode> there = tree.find(path);
            if (there.isPresent() && there.get().kind() == Kind.FILE && Arrays.equals(there.get().data(), data)) {
                return;
            }
            require(there.isEmpty() || there.get().kind() == Kind.FILE);
            if (there.isEmpty()) {
                tree.make(path, Kind.FILE, 0644, "", Way.PLAIN);
            } else {
                ledger.replaced(there.get().data(), device.name(), path.toString());
            }
            tree.write(tree.get(path, Way.PLAIN), data);
            if (ledger.token(data).isPresent()) {
                ledger.written(data, device.name(), path.toString());
                ledger.touched(data);
            }
        }

        private void write(Path path, byte[] data) throws IOException {
            Optional<Inode> there = tree.find(path);
            if (there.isEmpty()) {
                parents(path);
                tree.make(path, Kind.FILE, 0644, "", Way.PLAIN);
            } else {
                require(there.get().kind() == Kind.FILE);
                ledger.replaced(there.get().data(), device.name(), path.toString());
            }
            tree.write(tree.get(path, Way.PLAIN), data);
            ledger.written(data, device.name(), path.toString());
        }

        private void parents(Path path) throws IOException {
            Path parent = Objects.requireNonNull(path.getParent());
            if (tree.find(parent).isEmpty() && chance.happens(0.7)) {
                makeDirectories(parent);
            }
        }

        private void makeDirectories(Path path) throws IOException {
            for (int i = SimDevice.ROOT.getNameCount() + 1; i <= path.getNameCount(); i++) {
                Path part = Objects.requireNonNull(path.getRoot()).resolve(path.subpath(0, i));
                if (tree.find(part).isEmpty()) {
                    tree.make(part, Kind.DIRECTORY, chance.happens(0.1) ? 0700 : 0755, "", Way.PLAIN);
                    ledger.placed(new byte[0], part.toString());
                }
            }
        }

        private Inode file(Path path) throws IOException {
            Inode inode = tree.get(path, Way.PLAIN);
            require(inode.kind() == Kind.FILE);
            return inode;
        }

        private Path temporary(Path path) {
            return path.resolveSibling("tmp" + temporary++);
        }

        /// Write beside it, rename over it.
        private void safeSave(Path path) throws IOException {
            Optional<Inode> there = tree.find(path);
            require(there.isEmpty() || there.get().kind() == Kind.FILE);
            parents(path);
            Path beside = temporary(path);
            byte[] data = ledger.fresh(chance);
            tree.write(tree.make(beside, Kind.FILE, 0644, "", Way.PLAIN), data);
            there.ifPresent(inode -> ledger.replaced(inode.data(), device.name(), path.toString()));
            tree.rename(beside, path, Taken.REPLACED, Way.PLAIN);
            ledger.written(data, device.name(), path.toString());
        }

        /// Rename it away, write it anew, delete the old one.
        private void backupSave(Path path) throws IOException {
            Inode old = file(path);
            Path beside = temporary(path);
            tree.rename(path, beside, Taken.REFUSED, Way.PLAIN);
            ledger.replaced(old.data(), device.name(), path.toString());
            write(path, ledger.fresh(chance));
            tree.remove(beside, Way.PLAIN);
        }

        /// Half of it is there for a while.
        private void slowWrite(Path path) throws IOException {
            byte[] data = ledger.fresh(chance);
            Optional<Inode> there = tree.find(path);
            require(there.isEmpty() || there.get().kind() == Kind.FILE);
            if (there.isEmpty()) {
                tree.make(path, Kind.FILE, 0644, "", Way.PLAIN);
            } else {
                ledger.replaced(there.get().data(), device.name(), path.toString());
            }
            Inode open = tree.get(path, Way.PLAIN);
            tree.write(open, ("half of " + new String(data, StandardCharsets.US_ASCII)).substring(0, 14)
                    .getBytes(StandardCharsets.US_ASCII));
            device.later(open, data);
        }

        private void delete(Path path) throws IOException {
            Inode inode = tree.get(path, Way.PLAIN);
            tree.remove(path, Way.PLAIN);
            ledger.replaced(inode.data(), device.name(), path.toString());
        }

        private void removeTree(Path path) throws IOException {
            List<Path> below = new ArrayList<>();
            View.walk(tree, path, (p, _) -> below.add(p));
            for (Path p : below.reversed()) {
                delete(p);
            }
            delete(path);
        }

        private void rename(Path from, Path to, Taken taken) throws IOException {
            Inode moved = tree.get(from, Way.PLAIN);
            Optional<Inode> there = tree.find(to);
            tree.rename(from, to, taken, Way.PLAIN);
            there.filter(inode -> !inode.equals(moved)).ifPresent(
                    inode -> ledger.replaced(inode.data(), device.name(), to.toString()));
            moved(to, moved);
            View.walk(tree, to, this::moved);
            world.trace().say(device.name(), "user renames " + from + " " + to);
        }

        private void moved(Path to, Inode inode) {
            ledger.touched(inode.data());
            ledger.placed(inode.data(), to.toString());
        }

        private void swap(Path one, Path other) throws IOException {
            require(!one.equals(other) && !one.startsWith(other) && !other.startsWith(one));
            Path between = temporary(one);
            rename(one, between, Taken.REFUSED);
            rename(other, one, Taken.REFUSED);
            rename(between, other, Taken.REFUSED);
        }

        private void touch(Path path) throws IOException {
            Inode inode = tree.get(path, Way.PLAIN);
            require(inode.kind() != Kind.SYMLINK);
            ledger.touched(inode.data());
            tree.setTime(inode, device.clock().wallNanos() - chance.between(0, 1_000_000_000_000L));
        }

        private void chmod(Path path) throws IOException {
            Inode inode = file(path);
            ledger.touched(inode.data());
            tree.setMode(inode, chance.happens(0.5) ? 0755 : 0644);
        }

        private void link(Path path) throws IOException {
            String target = switch (chance.below(4)) {
                case 0 -> "nowhere";
                case 1 -> SimDevice.OUTSIDE.toString();
                case 2 -> ".";
                default -> chance.of(names);
            };
            tree.make(path, Kind.SYMLINK, 0777, target, Way.PLAIN);
            ledger.placed(new byte[0], path.toString());
        }

        /// Same size, time set back: only the change time tells.
        private void sneakyEdit(Path path) throws IOException {
            Inode inode = file(path);
            byte[] data = ledger.fresh(chance);
            long mtime = tree.stat(inode).mtimeNanos();
            ledger.replaced(inode.data(), device.name(), path.toString());
            tree.write(inode, data);
            ledger.written(data, device.name(), path.toString());
            if (tree.profile().traits().mtimeGranularityNanos() == 1) {
                tree.setTime(inode, mtime);
            }
        }
    }

    private static void require(boolean possible) throws IOException {
        if (!possible) {
            throw new IOException("not possible here");
        }
    }
}
