package org.stratobox.app.demo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Copies a tree with modes, times and symbolic links. Only reads the original. Sockets, devices, pipes and what cannot be
/// read are left out and named.
public final class TreeCopy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;
    private final Path except;
    private final List<String> leftOut = new ArrayList<>();

    private TreeCopy(Path from, Path to, Path except) {
        this.from = from;
        this.to = to;
        this.except = except;
    }

    /// @param from an existing directory
    /// @param to an existing empty directory
    /// @param except a directory below `from` that is left out without a word
    /// @return what was left out, one line each
    /// @throws IOException if the copy cannot be written
    public static List<String> copy(Path from, Path to, Path except) throws IOException {
        var copy = new TreeCopy(from, to, except);
        Files.walkFileTree(from, copy);
        return List.copyOf(copy.leftOut);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (directory.equals(except)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (!directory.equals(from)) {
            Files.createDirectory(target(directory));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the copy was stopped");
        }
        if (attributes.isOther()) {
            return leaveOut(file, "neither file, folder nor link");
        }
        if (attributes.isRegularFile() && !Files.isReadable(file)) {
            return leaveOut(file, "not readable");
        }
        if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(target(file), Files.readSymbolicLink(file));
        } else {
            Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
        return FileVisitResult.CONTINUE;
    }

    /// Modes and times of a directory come last: a read-only one could not be filled, and filling changes the time.
    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
            throws IOException {
        if (failure != null) {
            leaveOut(directory, "not readable to the end");
        }
        Path target = target(directory);
        BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class);
        Optional<PosixFileAttributeView> source = posix(directory);
        Optional<PosixFileAttributeView> sink = posix(target);
        if (source.isPresent() && sink.isPresent()) {
            sink.get().setPermissions(source.get().readAttributes().permissions());
        }
        Files.setLastModifiedTime(target, attributes.lastModifiedTime());
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return leaveOut(file, "not readable");
    }

    private FileVisitResult leaveOut(Path file, String reason) {
        leftOut.add(from.relativize(file) + ": " + reason);
        return FileVisitResult.CONTINUE;
    }

    private Path target(Path source) {
        return to.resolve(from.relativize(source));
    }

    private static Optional<PosixFileAttributeView> posix(Path path) {
        return Optional.ofNullable(Files.getFileAttributeView(path, PosixFileAttributeView.class));
    }
}
