package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

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

    /// Creates several directories in one, with one write to the disk at the end instead of one each.
    static void createAll(Path parent, List<String> names) throws IOException {
        boolean created = false;
        for (String name : names) {
            Path directory = parent.resolve(name);
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                created = true;
            }
        }
        if (created) {
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
