package org.stratobox.app.demo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Compares two trees in everything Stratobox promises to bring back: kinds, names, every byte, the nine mode bits, the
/// modification times of files and directories to the millisecond, link targets, empty directories.
public final class TreeComparison {
    private final Path left;
    private final Path right;
    private final String marker;
    private final List<String> differences = new ArrayList<>();
    private long entries;
    private long bytes;

    private TreeComparison(Path left, Path right, String marker) {
        this.left = left;
        this.right = right;
        this.marker = marker;
    }

    /// @param left an existing directory; itself compared only by what is in it
    /// @param right another
    /// @param marker name at the top that belongs to the program and not to the tree, in either
    /// @return what differs
    /// @throws IOException if either cannot be read
    public static Result compare(Path left, Path right, String marker) throws IOException {
        var comparison = new TreeComparison(left, right, marker);
        comparison.directory(left, right);
        return new Result(comparison.entries, comparison.bytes, List.copyOf(comparison.differences));
    }

    private void directory(Path a, Path b) throws IOException {
        Set<Path> here = names(a);
        Set<Path> there = names(b);
        if (a.equals(left)) {
            here.remove(Path.of(marker));
            there.remove(Path.of(marker));
        }
        for (Path name : here) {
            if (there.remove(name)) {
                entry(a.resolve(name), b.resolve(name));
            } else {
                differ(a.resolve(name), left, "missing");
            }
        }
        there.forEach(name -> differ(b.resolve(name), right, "not in the original"));
    }

    private static Set<Path> names(Path directory) throws IOException {
        var names = new TreeSet<Path>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            children.forEach(child -> names.add(Objects.requireNonNull(child.getFileName())));
        }
        return names;
    }

    private void entry(Path a, Path b) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the comparison was stopped");
        }
        entries++;
        BasicFileAttributes one = attributes(a);
        BasicFileAttributes two = attributes(b);
        if (!kind(one).equals(kind(two))) {
            differ(a, left, kind(one) + " became " + kind(two));
        } else if (one.isSymbolicLink()) {
            links(a, b);
        } else {
            meta(a, one, two);
            if (one.isDirectory()) {
                directory(a, b);
            } else {
                content(a, b, one.size());
            }
        }
    }

    private void links(Path a, Path b) throws IOException {
        if (!Files.readSymbolicLink(a).equals(Files.readSymbolicLink(b))) {
            differ(a, left, "the link points elsewhere");
        }
    }

    private void meta(Path a, BasicFileAttributes one, BasicFileAttributes two) {
        if (one.lastModifiedTime().toMillis() != two.lastModifiedTime().toMillis()) {
            differ(a, left, "time " + one.lastModifiedTime() + " became " + two.lastModifiedTime());
        }
        if (one instanceof PosixFileAttributes p && two instanceof PosixFileAttributes q
                && !p.permissions().equals(q.permissions())) {
            differ(a, left, "mode " + p.permissions() + " became " + q.permissions());
        }
    }

    private void content(Path a, Path b, long size) throws IOException {
        bytes += size;
        long at = Files.mismatch(a, b);
        if (at >= 0) {
            differ(a, left, "bytes differ from position " + at);
        }
    }

    private void differ(Path entry, Path root, String how) {
        differences.add(root.relativize(entry) + ": " + how);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        Class<? extends BasicFileAttributes> kind = path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFileAttributes.class
                : BasicFileAttributes.class;
        return Files.readAttributes(path, kind, LinkOption.NOFOLLOW_LINKS);
    }

    private static String kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "link";
        }
        return attributes.isDirectory() ? "directory" : attributes.isRegularFile() ? "file" : "special file";
    }

    /// What a comparison found.
    ///
    /// @param entries entries compared
    /// @param bytes bytes compared
    /// @param differences one line each, starting with a path
    public record Result(long entries, long bytes, List<String> differences) {
        /// @return whether the trees are the same
        public boolean isIdentical() {
            return differences.isEmpty();
        }
    }
}
