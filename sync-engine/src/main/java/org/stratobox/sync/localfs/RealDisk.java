package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.stratobox.sync.localfs.Renaming.How;

/// The disks of this machine.
public final class RealDisk implements LocalDisk {
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] PRIVATE = POSIX
            ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
            : new FileAttribute<?>[0];

    private final LocalFiles files;
    private final Map<Path, DiskTraits> traits = new ConcurrentHashMap<>();

    /// Directories may be as large as the memory of this process allows.
    public RealDisk() {
        this(new RealFiles());
    }

    /// @param files reads
    public RealDisk(LocalFiles files) {
        this.files = files;
    }

    @Override
    public List<Child> list(Path directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public FileStat stat(Path path) throws IOException {
        return files.stat(path);
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        return files.open(file);
    }

    @Override
    public String readLink(Path link) throws IOException {
        return files.readLink(link);
    }

    @Override
    public Path real(Path root) throws IOException {
        return root.toRealPath();
    }

    @Override
    public DiskTraits traits(Path root) throws IOException {
        DiskTraits known = traits.get(root);
        if (known == null) {
            known = new DiskProbe(this, root).traits();
            traits.put(root, known);
        }
        return known;
    }

    /// Work with one name in a directory that is held.
    @FunctionalInterface
    private interface InDirectory<T> {
        T run(Path held) throws IOException;
    }

    private static <T> T in(Path path, InDirectory<T> work) throws IOException {
        try (HeldDirectory parent = HeldDirectory.of(parent(path))) {
            return work.run(parent.child(path));
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a real path is below the top of the file system");
    }

    @Override
    public Optional<FileStat> look(Path path) throws IOException {
        try {
            return Optional.of(in(path, files::stat));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    @Override
    public void makeDirectory(Path directory, int mode) throws IOException {
        in(directory, held -> {
            // the mode is set again, because the process masks what it is made with
            Path made = POSIX
                    ? Files.createDirectory(held, PosixFilePermissions.asFileAttribute(permissions(mode)))
                    : Files.createDirectory(held);
            return setModeHere(made, mode);
        });
    }

    @Override
    public SeekableByteChannel openStaged(Path file) throws IOException {
        require(LocalDisk.isIn(file, STAGE));
        return in(file, held -> FileChannel.open(held, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), PRIVATE));
    }

    private static void require(boolean own) {
        if (!own) {
            throw new IllegalArgumentException("only a file of the product's own may be written or removed");
        }
    }

    @Override
    public void setTime(Path path, long mtimeNanos) throws IOException {
        in(path, held -> {
            Files.getFileAttributeView(held, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(mtimeNanos, TimeUnit.NANOSECONDS), null, null);
            return held;
        });
    }

    @Override
    public void setMode(Path path, int mode) throws IOException {
        in(path, held -> {
            if (files.stat(held).kind() == FileStat.Kind.SYMLINK) {
                throw new FileSystemException("", null, "a link has no mode");
            }
            return setModeHere(held, mode);
        });
    }

    private static Path setModeHere(Path held, int mode) throws IOException {
        if (POSIX) {
            Files.getFileAttributeView(held, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(permissions(mode));
        }
        return held;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    @Override
    public void copyExtras(Path from, Path to) throws IOException {
        require(LocalDisk.isIn(to, STAGE));
        in(from, source -> in(to, target -> Extras.copy(source, target)));
    }

    @Override
    public void makeLink(Path link, String target) throws IOException {
        in(link, held -> Files.createSymbolicLink(held, held.getFileSystem().getPath(target)));
    }

    @Override
    public void exchange(Path one, Path other) throws IOException {
        if (LocalDisk.isIn(one, STAGE) || LocalDisk.isIn(other, STAGE)) {
            throw new IllegalArgumentException("a stage never holds user data");
        }
        boolean done = in(one, a -> in(other, b -> Renaming.rename(a, b, How.EXCHANGE)));
        if (!done) {
            throw new UnsupportedOperationException("this disk cannot exchange names");
        }
    }

    @Override
    public void renameNoReplace(Path from, Path to) throws IOException {
        in(from, a -> in(to, b -> {
            if (!Renaming.rename(a, b, How.NO_REPLACE)) {
                renameInTwoSteps(a, b);
            }
            return b;
        }));
    }

    /// A hard link takes a name only if it is free; directories and disks without links are looked at first.
    private void renameInTwoSteps(Path from, Path to) throws IOException {
        FileStat moving = files.stat(from);
        if (moving.kind() == FileStat.Kind.FILE && moving.fileKey() != 0 && linked(from, to)) {
            Files.delete(from);
            return;
        }
        try {
            files.stat(to);
        } catch (NoSuchFileException e) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        throw new FileAlreadyExistsException("");
    }

    private static boolean linked(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }

    @Override
    public void removeDirectory(Path directory) throws IOException {
        in(directory, held -> {
            if (files.stat(held).kind() != FileStat.Kind.DIRECTORY) {
                throw new NotDirectoryException("");
            }
            // what takes its place within a microsecond is a file that Java would unlink: so ask for a directory's removal
            return DirectoryRemoval.remove(held);
        });
    }

    @Override
    public void discard(Path file) throws IOException {
        require(LocalDisk.isIn(file, STAGE) || LocalDisk.isIn(file, TRASH));
        in(file, held -> {
            try {
                if (files.stat(held).kind() == FileStat.Kind.DIRECTORY) {
                    throw new DirectoryNotEmptyException("");
                }
                return Files.deleteIfExists(held);
            } catch (NoSuchFileException e) {
                return false;
            }
        });
    }

    @Override
    public void force(Collection<Path> all) throws IOException {
        DiskFlush.flush(List.copyOf(all));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (!POSIX) {
            return;
        }
        try (HeldDirectory held = HeldDirectory.of(directory)) {
            AtomicFile.syncDirectory(held.path());
        }
    }

    @Override
    public Room room(Path directory) throws IOException {
        FileStore store = Files.getFileStore(directory);
        return new Room(store.getUsableSpace(), store.getTotalSpace());
    }
}
