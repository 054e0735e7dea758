package org.stratobox.sync.simulation.disk;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.localfs.DiskTraits;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LinkInPath;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.Room;
import org.stratobox.sync.simulation.disk.FileTree.Taken;
import org.stratobox.sync.simulation.disk.FileTree.Way;

/// The disk as the product sees it. Before each thing it does, somebody else may do something, or it may go wrong: see
/// [Surroundings].
public final class SimDisk implements LocalDisk {
    private final FileTree tree;
    private final Surroundings surroundings;

    /// @param tree what is on it
    /// @param surroundings acts before each operation
    public SimDisk(FileTree tree, Surroundings surroundings) {
        this.tree = tree;
        this.surroundings = surroundings;
    }

    /// Whatever else happens on the machine.
    public interface Surroundings {
        /// Called before the product does something; may change the tree, end the program, or make the call fail.
        ///
        /// @param operation about to be done
        /// @param path it is done to
        /// @throws IOException instead of it
        void before(Operation operation, Path path) throws IOException;

        /// Called after the product did something that changed the tree.
        ///
        /// @param operation that was done
        /// @param path it was done to
        void after(Operation operation, Path path);

        /// @return how much the disk holds
        Room room();

        /// @param bytes that are written now
        /// @throws IOException if there is no room for them
        void take(long bytes) throws IOException;
    }

    /// What the product does to a disk.
    public enum Operation {
        LIST, STAT, OPEN, READ, READ_LINK, LOOK, MAKE_DIRECTORY, OPEN_STAGED, WRITE, SET_TIME, SET_MODE, COPY_EXTRAS,
        MAKE_LINK, EXCHANGE, RENAME, REMOVE_DIRECTORY, DISCARD, FORCE, FORCE_DIRECTORY, ROOM, TRAITS
    }

    /// @return what is on it
    public FileTree tree() {
        return tree;
    }

    @Override
    public List<Child> list(Path directory) throws IOException {
        surroundings.before(Operation.LIST, directory);
        List<Child> children = new ArrayList<>();
        tree.list(tree.get(directory, Way.FOLLOWED))
                .forEach(named -> children.add(new Child(directory.resolve(named.name()), named.name(), true)));
        return children;
    }

    @Override
    public FileStat stat(Path path) throws IOException {
        surroundings.before(Operation.STAT, path);
        return tree.stat(tree.get(path, Way.FOLLOWED));
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        surroundings.before(Operation.OPEN, file);
        Inode inode = tree.get(file, Way.FOLLOWED);
        requireFile(inode);
        if (inode.isDenied) {
            throw new AccessDeniedException("denied");
        }
        return new SimChannel(tree, inode, surroundings, file, false);
    }

    private static void requireFile(Inode inode) throws FileSystemException {
        if (inode.kind != Kind.FILE) {
            throw new FileSystemException("kind", null, "not a regular file");
        }
    }

    @Override
    public String readLink(Path link) throws IOException {
        surroundings.before(Operation.READ_LINK, link);
        Inode inode = tree.get(link, Way.FOLLOWED);
        if (inode.kind != Kind.SYMLINK) {
            throw new NotLinkException("no link");
        }
        return inode.target;
    }

    @Override
    public Path real(Path root) throws IOException {
        if (tree.get(root, Way.PLAIN).kind != Kind.DIRECTORY) {
            throw new NotDirectoryException("not a directory");
        }
        return root;
    }

    @Override
    public DiskTraits traits(Path root) throws IOException {
        surroundings.before(Operation.TRAITS, root);
        return tree.profile().traits();
    }

    @Override
    public Optional<FileStat> look(Path path) throws IOException {
        surroundings.before(Operation.LOOK, path);
        try {
            return Optional.of(tree.stat(tree.get(path, Way.PLAIN)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    @Override
    public void makeDirectory(Path directory, int mode) throws IOException {
        surroundings.before(Operation.MAKE_DIRECTORY, directory);
        tree.make(directory, Kind.DIRECTORY, mode, "", Way.PLAIN);
        surroundings.after(Operation.MAKE_DIRECTORY, directory);
    }

    @Override
    public SeekableByteChannel openStaged(Path file) throws IOException {
        requireIn(file, STAGE);
        surroundings.before(Operation.OPEN_STAGED, file);
        Inode inode;
        try {
            inode = tree.get(file, Way.PLAIN);
        } catch (NoSuchFileException e) {
            inode = tree.make(file, Kind.FILE, 0600, "", Way.PLAIN);
        }
        requireFile(inode);
        return new SimChannel(tree, inode, surroundings, file, true);
    }

    private static void requireIn(Path path, String... parts) {
        for (String part : parts) {
            if (LocalDisk.isIn(path, part)) {
                return;
            }
        }
        throw new IllegalArgumentException("not in the own area");
    }

    @Override
    public void setTime(Path path, long mtimeNanos) throws IOException {
        surroundings.before(Operation.SET_TIME, path);
        tree.setTime(tree.get(path, Way.PLAIN), mtimeNanos);
        surroundings.after(Operation.SET_TIME, path);
    }

    @Override
    public void setMode(Path path, int mode) throws IOException {
        surroundings.before(Operation.SET_MODE, path);
        Inode inode = tree.get(path, Way.PLAIN);
        if (inode.kind == Kind.SYMLINK) {
            throw new FileSystemException("kind", null, "a link has no mode");
        }
        if (tree.profile().traits().modes()) {
            tree.setMode(inode, mode);
        }
        surroundings.after(Operation.SET_MODE, path);
    }

    @Override
    public void copyExtras(Path from, Path to) throws IOException {
        requireIn(to, STAGE);
        surroundings.before(Operation.COPY_EXTRAS, to);
        requireFile(tree.get(from, Way.PLAIN));
        requireFile(tree.get(to, Way.PLAIN));
    }

    @Override
    public void makeLink(Path link, String target) throws IOException {
        surroundings.before(Operation.MAKE_LINK, link);
        tree.make(link, Kind.SYMLINK, 0777, target, Way.PLAIN);
        surroundings.after(Operation.MAKE_LINK, link);
    }

    @Override
    public void exchange(Path one, Path other) throws IOException {
        if (LocalDisk.isIn(one, STAGE) || LocalDisk.isIn(other, STAGE)) {
            throw new IllegalArgumentException("never with a stage");
        }
        if (!tree.profile().traits().exchange()) {
            throw new UnsupportedOperationException("this disk cannot exchange names");
        }
        surroundings.before(Operation.EXCHANGE, one);
        tree.exchange(one, other);
        surroundings.after(Operation.EXCHANGE, one);
        surroundings.after(Operation.EXCHANGE, other);
    }

    @Override
    public void renameNoReplace(Path from, Path to) throws IOException {
        surroundings.before(Operation.RENAME, from);
        tree.rename(from, to, Taken.REFUSED, Way.PLAIN);
        surroundings.after(Operation.RENAME, from);
        surroundings.after(Operation.RENAME, to);
    }

    @Override
    public void removeDirectory(Path directory) throws IOException {
        surroundings.before(Operation.REMOVE_DIRECTORY, directory);
        if (tree.get(directory, Way.PLAIN).kind != Kind.DIRECTORY) {
            throw new NotDirectoryException("not a directory");
        }
        tree.remove(directory, Way.PLAIN);
        surroundings.after(Operation.REMOVE_DIRECTORY, directory);
    }

    @Override
    public void discard(Path file) throws IOException {
        requireIn(file, STAGE, TRASH);
        surroundings.before(Operation.DISCARD, file);
        try {
            if (tree.get(file, Way.PLAIN).isDirectory()) {
                throw new FileSystemException("kind", null, "Is a directory");
            }
            tree.remove(file, Way.PLAIN);
        } catch (NoSuchFileException e) {
            // it need not exist
        }
        surroundings.after(Operation.DISCARD, file);
    }

    @Override
    public void force(Collection<Path> files) throws IOException {
        for (Path file : files) {
            surroundings.before(Operation.FORCE, file);
            Inode inode = tree.get(file, Way.PLAIN);
            requireFile(inode);
            tree.platter().force(inode);
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        surroundings.before(Operation.FORCE_DIRECTORY, directory);
        Inode inode = tree.get(directory, Way.PLAIN);
        if (inode.kind() == Kind.SYMLINK) {
            throw new LinkInPath();
        }
        if (!inode.isDirectory()) {
            throw new NotDirectoryException("not a directory");
        }
        tree.platter().forceDirectory(inode);
    }

    @Override
    public Room room(Path directory) throws IOException {
        surroundings.before(Operation.ROOM, directory);
        tree.get(directory, Way.PLAIN);
        return surroundings.room();
    }

    /// Marks a directory as the root of a folder, as the product does when a folder is added.
    ///
    /// @param root of the folder
    /// @param text of the marker
    /// @throws IOException if it cannot be made
    public void mark(Path root, byte[] text) throws IOException {
        Path area = root.resolve(FolderMarker.OWN_PREFIX);
        tree.make(area, Kind.DIRECTORY, 0700, "", Way.PLAIN);
        tree.write(tree.make(area.resolve("folder"), Kind.FILE, 0600, "", Way.PLAIN), text);
        tree.platter().settle();
    }
}
