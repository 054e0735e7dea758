package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Directories whose entries survive a power cut.
final class DurableDirectory {
    private DurableDirectory() {}

    /// Creates a directory, and those above it, unless they are there.
    static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectory(directory);
        } catch (NoSuchFileException e) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw e;
            }
            create(parent);
            create(directory);
            return;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        Path parent = directory.getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    /// Makes the names in a directory durable. Windows has no such call and keeps its directories by journal.
    static void sync(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
