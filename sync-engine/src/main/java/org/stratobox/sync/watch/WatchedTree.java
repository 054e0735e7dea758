package org.stratobox.sync.watch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.localfs.FolderMarker;

import io.methvin.watcher.visitor.FileTreeVisitor;

/// The directories of a folder that are watched: all but our own. Links are not followed. Directories that cannot be read
/// or vanish are left out; scans name them.
final class WatchedTree implements FileTreeVisitor {
    @Override
    public void recursiveVisitFiles(Path from, Callback onDirectory, Callback onFile) throws IOException {
        Files.walkFileTree(from, new Visitor() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (isOwn(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                onDirectory.call(directory);
                return FileVisitResult.CONTINUE;
            }

            // What was put into a new directory before it was watched would else be seen by nobody, if the directory was
            // looked at in between.
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                onFile.call(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// @param most counting ends there
    /// @param stop whether nobody wants to know any more
    /// @return how many directories would be watched
    static long count(Path root, long most, BooleanSupplier stop) throws IOException {
        AtomicLong count = new AtomicLong();
        Files.walkFileTree(root, new Visitor() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (isOwn(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                boolean isEnough = count.incrementAndGet() >= most || stop.getAsBoolean();
                return isEnough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return count.get();
    }

    private static boolean isOwn(Path directory) {
        Path name = directory.getFileName();
        return name != null && name.toString().startsWith(FolderMarker.OWN_PREFIX);
    }

    private static class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
