package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.localfs.DiskTraits;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.Room;

/// A disk in front of another. Every change passes [#before], every look [#reading].
class ForwardingDisk implements LocalDisk {
    private final LocalDisk disk;

    ForwardingDisk(LocalDisk disk) {
        this.disk = disk;
    }

    /// Which change.
    enum Change {
        MAKE_DIRECTORY,
        OPEN_STAGED,
        SET_TIME,
        SET_MODE,
        EXTRAS,
        MAKE_LINK,
        EXCHANGE,
        RENAME,
        REMOVE_DIRECTORY,
        DISCARD,
        FORCE,
        FORCE_DIRECTORY
    }

    /// @param path that changes; the last one where there are two
    void before(Change change, Path path) throws IOException {
        // a test's own
    }

    void after(Change change, Path path) throws IOException {
        // a test's own
    }

    void reading(Path path) throws IOException {
        // a test's own
    }

    @FunctionalInterface
    private interface Doing {
        void run() throws IOException;
    }

    private void change(Change change, Path path, Doing doing) throws IOException {
        before(change, path);
        doing.run();
        after(change, path);
    }

    @Override
    public Path real(Path root) throws IOException {
        return disk.real(root);
    }

    @Override
    public DiskTraits traits(Path root) throws IOException {
        return disk.traits(root);
    }

    @Override
    public Optional<FileStat> look(Path path) throws IOException {
        reading(path);
        return disk.look(path);
    }

    @Override
    public List<Child> list(Path directory) throws IOException {
        reading(directory);
        return disk.list(directory);
    }

    @Override
    public FileStat stat(Path path) throws IOException {
        reading(path);
        return disk.stat(path);
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        reading(file);
        return disk.open(file);
    }

    @Override
    public String readLink(Path link) throws IOException {
        reading(link);
        return disk.readLink(link);
    }

    @Override
    public Room room(Path directory) throws IOException {
        return disk.room(directory);
    }

    @Override
    public void makeDirectory(Path directory, int mode) throws IOException {
        change(Change.MAKE_DIRECTORY, directory, () -> disk.makeDirectory(directory, mode));
    }

    @Override
    public SeekableByteChannel openStaged(Path file) throws IOException {
        before(Change.OPEN_STAGED, file);
        SeekableByteChannel channel = disk.openStaged(file);
        after(Change.OPEN_STAGED, file);
        return channel;
    }

    @Override
    public void setTime(Path path, long mtimeNanos) throws IOException {
        change(Change.SET_TIME, path, () -> disk.setTime(path, mtimeNanos));
    }

    @Override
    public void setMode(Path path, int mode) throws IOException {
        change(Change.SET_MODE, path, () -> disk.setMode(path, mode));
    }

    @Override
    public void copyExtras(Path from, Path to) throws IOException {
        change(Change.EXTRAS, to, () -> disk.copyExtras(from, to));
    }

    @Override
    public void makeLink(Path link, String target) throws IOException {
        change(Change.MAKE_LINK, link, () -> disk.makeLink(link, target));
    }

    @Override
    public void exchange(Path one, Path other) throws IOException {
        change(Change.EXCHANGE, other, () -> disk.exchange(one, other));
    }

    @Override
    public void renameNoReplace(Path from, Path to) throws IOException {
        change(Change.RENAME, to, () -> disk.renameNoReplace(from, to));
    }

    @Override
    public void removeDirectory(Path directory) throws IOException {
        change(Change.REMOVE_DIRECTORY, directory, () -> disk.removeDirectory(directory));
    }

    @Override
    public void discard(Path file) throws IOException {
        change(Change.DISCARD, file, () -> disk.discard(file));
    }

    @Override
    public void force(Collection<Path> files) throws IOException {
        if (!files.isEmpty()) {
            change(Change.FORCE, files.iterator().next(), () -> disk.force(files));
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        change(Change.FORCE_DIRECTORY, directory, () -> disk.forceDirectory(directory));
    }
}
