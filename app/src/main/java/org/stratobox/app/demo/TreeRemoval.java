package org.stratobox.app.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Removes a tree that this program made, read-only directories included. Never follows a link.
public final class TreeRemoval {
    private TreeRemoval() {}

    /// @param root removed with everything below
    /// @throws IOException if something could not be removed
    public static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                makeWritable(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            // an unreadable directory is tried again once it was made readable.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (!Files.isDirectory(file) || Files.isReadable(file)) {
                    throw failure;
                }
                makeWritable(file);
                remove(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void makeWritable(Path directory) throws IOException {
        var view = Optional.ofNullable(Files.getFileAttributeView(directory, PosixFileAttributeView.class));
        if (view.isPresent()) {
            view.get().setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
