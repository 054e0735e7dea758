package org.stratobox.app.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// How much is below a directory.
///
/// @param files regular files
/// @param bytes their sizes together
public record TreeSize(long files, long bytes) {
    /// @param root a directory; what cannot be read is not counted
    /// @param except a directory that is left out with everything below
    /// @return its size
    /// @throws IOException if the root cannot be read
    public static TreeSize of(Path root, Path except) throws IOException {
        var count = new long[2];
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(except) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    count[0]++;
                    count[1] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return new TreeSize(count[0], count[1]);
    }
}
