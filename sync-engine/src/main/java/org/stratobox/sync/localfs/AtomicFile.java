package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Replacing a small file so that a crash or a power cut leaves the old or the new bytes, never a mixture: temporary file
/// beside it, fsync, atomic rename, fsync of the directory. Files are readable by their owner only.
public final class AtomicFile {
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private AtomicFile() {}

    /// @param file to create or replace
    /// @param bytes its new content
    /// @throws IOException if it could not be written; the old content is still there
    public static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        // left over by a crash: never the only copy of anything
        Files.deleteIfExists(temporary);
        createPrivate(temporary);
        try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory"));
    }

    /// @param directory made with its parents if absent, readable by its owner only
    /// @throws IOException if it cannot be made
    public static void createPrivateDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, POSIX ? permissions("rwx------") : new FileAttribute<?>[0]);
        }
    }

    /// Makes the names in a directory durable where the system can.
    ///
    /// @param directory whose entries changed
    /// @throws IOException if the system reports a failure
    public static void syncDirectory(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// Removes a file of the product's own that can be made again.
    ///
    /// @param file need not exist
    /// @throws IOException if it is there and cannot be removed
    public static void discard(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /// Renames a file of the product's own, replacing what was set aside before.
    ///
    /// @param file to rename
    /// @param aside its new name
    /// @throws IOException if it cannot be renamed
    public static void setAside(Path file, Path aside) throws IOException {
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void createPrivate(Path file) throws IOException {
        Files.createFile(file, POSIX ? permissions("rw-------") : new FileAttribute<?>[0]);
    }

    private static FileAttribute<?>[] permissions(String text) {
        return new FileAttribute<?>[]{
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))};
    }
}
