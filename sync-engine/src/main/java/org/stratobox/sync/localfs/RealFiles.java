package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The disk of this machine.
public final class RealFiles implements LocalFiles {
    private static final boolean UNIX = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final String UNIX_ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino,dev";
    private static final int TYPE_MASK = 0170000;

    /// What an entry of the directory at hand takes in memory from the listing to its tree object, bytes; measured.
    private static final long BYTES_PER_ENTRY = 3000;

    private final long most;

    /// Reads this machine's disks; directories may be as large as the memory of this process allows.
    public RealFiles() {
        this(Runtime.getRuntime().maxMemory() / BYTES_PER_ENTRY);
    }

    /// @param most entries a directory may have
    public RealFiles(long most) {
        this.most = most;
    }

    @Override
    public List<Child> list(Path directory) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            List<Child> children = new ArrayList<>();
            for (Path path : stream) {
                if (children.size() >= most) {
                    throw new DirectoryTooLarge(most);
                }
                Path last = path.getFileName();
                String name = last.toString();
                // a name whose bytes are not UTF-8 becomes replacement characters, which encode to other bytes
                boolean decodable = name.indexOf('\uFFFD') < 0 || last.equals(last.getFileSystem().getPath(name));
                children.add(new Child(path, name, decodable));
            }
            return children;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public FileStat stat(Path path) throws IOException {
        if (!UNIX) {
            return basic(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }
        Map<String, Object> a = Files.readAttributes(path, UNIX_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (int) number(a, "mode");
        return new FileStat(kind(mode & TYPE_MASK), number(a, "size"), time(a, "lastModifiedTime"),
                time(a, "ctime"), number(a, "ino"), number(a, "dev"), mode & 0777);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number n ? n.longValue() : 0;
    }

    private static long time(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof FileTime t ? nanos(t) : 0;
    }

    private static FileStat.Kind kind(int type) {
        return switch (type) {
            case 0100000 -> FileStat.Kind.FILE;
            case 0040000 -> FileStat.Kind.DIRECTORY;
            case 0120000 -> FileStat.Kind.SYMLINK;
            default -> FileStat.Kind.OTHER;
        };
    }

    private static FileStat basic(BasicFileAttributes a) {
        FileStat.Kind kind = a.isRegularFile()
                ? FileStat.Kind.FILE
                : a.isDirectory()
                        ? FileStat.Kind.DIRECTORY
                        : a.isSymbolicLink() ? FileStat.Kind.SYMLINK : FileStat.Kind.OTHER;
        return new FileStat(kind, a.size(), nanos(a.lastModifiedTime()), 0, 0, 0, a.isDirectory() ? 0755 : 0644);
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String readLink(Path link) throws IOException {
        return Files.readSymbolicLink(link).toString();
    }
}
