package org.stratobox.sync.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.engine.EngineParts;
import org.stratobox.sync.engine.SimulatedAccounts;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.simulation.disk.DiskProfile;
import org.stratobox.sync.simulation.disk.FileTree;
import org.stratobox.sync.simulation.disk.FileTree.Way;
import org.stratobox.sync.simulation.disk.Inode;
import org.stratobox.sync.simulation.disk.SimDisk;
import org.stratobox.sync.simulation.world.Scheduler.Program;
import org.stratobox.sync.simulation.world.VirtualTime;
import org.stratobox.sync.simulation.world.World;

/// A computer with a synced folder: its disk outlives the program, which may be killed at any step and started again.
final class SimDevice implements SimIndex.Listener {
    /// The synced folder.
    static final Path ROOT = Path.of("/sim/folder");
    /// A directory beside it that nobody may touch.
    static final Path OUTSIDE = Path.of("/sim/outside");
    private final World world;
    private final String name;
    private final DeviceState state;
    private final Steps steps;
    private final VirtualTime.WallClock clock;
    private final FileTree tree;
    private final Path homes;
    private int life;
    private Program program;
    private @Nullable Account account;
    private @Nullable SyncIndex index;
    private boolean isPassing;
    private int transacting;
    private final List<Long> commits = new ArrayList<>();
    private Optional<SyncReport> lastReport = Optional.empty();
    private Optional<String> lastFailure = Optional.empty();
    private final List<Unfinished> unfinished = new ArrayList<>();

    /// What happens at each step of a program, and the nodes it reaches.
    interface Steps {
        /// @param device whose program is about to do something
        /// @param what it is
        /// @param path on its disk, if it is there
        void step(SimDevice device, String what, Optional<Path> path);

        /// @return the way to a node
        MeshNode node(SimDevice device, NodeSpec spec);

        /// @return what is broken on purpose
        Mutant mutant();

        /// @return what else happens on its disk
        SimDisk.Surroundings surroundings(SimDevice device);
    }

    SimDevice(World world, int number, DeviceState state, DiskProfile profile, Path homes, Steps steps) {
        this.world = world;
        this.name = "D" + number;
        this.state = state;
        this.steps = steps;
        this.homes = homes;
        clock = world.time().new WallClock(0);
        tree = new FileTree(profile, clock::wallNanos);
        program = world.scheduler().start(name);
        try {
            for (Path directory : List.of(Path.of("/sim"), ROOT, OUTSIDE)) {
                tree.make(directory, Kind.DIRECTORY, 0755, "", Way.PLAIN);
            }
            tree.write(tree.make(OUTSIDE.resolve("mine"), Kind.FILE, 0644, "", Way.PLAIN), new byte[]{'m'});
            byte[] marker = SimulatedAccounts.marker(state, world.chance()::bytes).text();
            new SimDisk(tree, Quiet.DISK).mark(ROOT, marker);
            SimulatedAccounts.makeHome(home(), ROOT);
        } catch (IOException | StratoboxException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    FileTree tree() {
        return tree;
    }

    VirtualTime.WallClock clock() {
        return clock;
    }

    Program program() {
        return program;
    }

    boolean isPassing() {
        return isPassing;
    }

    boolean isTransacting() {
        return transacting > 0;
    }

    /// @return the merged state as its index holds it
    SortedMap<String, Entry> merged() {
        SyncIndex open = index;
        return open == null ? new TreeMap<>() : StateView.of(open, SimulatedAccounts.folder(state));
    }

    Optional<SyncReport> lastReport() {
        return lastReport;
    }

    Optional<String> lastFailure() {
        return lastFailure;
    }

    private Path home() {
        return homes.resolve(name + "." + life);
    }

    /// Starts a pass over the folder; starts the program if it does not run.
    void pass() {
        isPassing = true;
        world.trace().say(name, "pass");
        program.execute(() -> {
            try {
                lastReport = Optional.of(account().sync(_ -> {}));
                lastFailure = Optional.empty();
                world.trace().say(name, "passed" + lastReport.get().left());
            } catch (StratoboxException e) {
                lastReport = Optional.empty();
                lastFailure = Optional.of(String.valueOf(e.getMessage()));
                world.trace().say(name, "failed: " + e.getMessage());
            }
            isPassing = false;
        });
    }

    private Account account() throws StratoboxException {
        Account open = account;
        if (open == null) {
            EngineParts parts = Machine.parts(world, program, clock, spec -> steps.node(this, spec),
                    disk(), this::openIndex);
            open = SimulatedAccounts.open(parts, home(), state);
            account = open;
        }
        return open;
    }

    private LocalDisk disk() {
        LocalDisk disk = new SimDisk(tree, steps.surroundings(this));
        return steps.mutant() == Mutant.NONE ? disk : MutantDisk.around(disk, steps.mutant());
    }

    private SyncIndex openIndex(Path file, LocalKey key) throws IndexException {
        SyncIndex opened = SqliteIndex.open(file, key);
        index = opened;
        commits.clear();
        return SimIndex.around(
                steps.mutant() == Mutant.NONE ? opened : MutantIndex.around(opened, steps.mutant()), this);
    }

    @Override
    public void before(String what) {
        steps.step(this, "index " + what, Optional.empty());
    }

    @Override
    public void transacting(boolean begins) {
        transacting += begins ? 1 : -1;
    }

    @Override
    public void committed(boolean isDurable) {
        long length = walLength();
        // a shorter log was written into the file, which is as good as forced
        if (isDurable || (!commits.isEmpty() && length < commits.getLast())) {
            commits.clear();
        }
        commits.add(length);
    }

    private long walLength() {
        try {
            Path wal = home().resolve("index.db-wal");
            return Files.exists(wal) ? Files.size(wal) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A program of the user has a file open and will write the rest of it.
    void later(Inode open, byte[] data) {
        unfinished.add(new Unfinished(open, new String(data, StandardCharsets.ISO_8859_1)));
    }

    /// A slow writer ends, wherever its file is now.
    ///
    /// @param ledger is told what is written
    void finishWriting(Ledger ledger) {
        for (Unfinished write : unfinished) {
            ledger.replaced(write.open().data(), name, "a file that was open");
            tree.write(write.open(), write.data());
            // a file that was displaced meanwhile is looked at in the trash, not here
            View.walk(tree, ROOT, (path, inode) -> {
                if (inode.equals(write.open())) {
                    ledger.written(write.data(), name, path.toString());
                }
            });
            world.trace().say(name, "user finished writing");
        }
        unfinished.clear();
    }

    private record Unfinished(Inode open, String text) {
        byte[] data() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /// Starts again after the program was killed; what it wrote is there.
    void restart() {
        reborn();
    }

    /// Starts again after the machine lost power: what was not forced may be gone.
    void restartAfterPowerCut() {
        long kept = commits.isEmpty() ? walLength() : world.chance().of(commits);
        tree.platter().cutPower(world.chance());
        reborn();
        try (FileChannel wal = FileChannel.open(home().resolve("index.db-wal"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            if (kept < wal.size()) {
                wal.truncate(kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reborn() {
        Path old = home();
        life++;
        try {
            SimulatedAccounts.copyHome(old, home());
            if (steps.mutant() == Mutant.HEAD_FORGOTTEN) {
                Files.deleteIfExists(home().resolve("head"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeIndex();
        program = world.scheduler().start(name);
        account = null;
        isPassing = false;
        transacting = 0;
    }

    private void closeIndex() {
        if (index != null) {
            index.close();
            index = null;
        }
    }

    /// The simulation is over.
    void end() {
        closeIndex();
    }

    @Override
    public String toString() {
        return name;
    }
}
