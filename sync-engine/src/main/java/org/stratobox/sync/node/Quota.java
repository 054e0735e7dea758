package org.stratobox.sync.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// How much of a node is taken, counted while it runs. Thread-safe.
final class Quota {
    private final long limit;
    private final AtomicLong used;

    private Quota(long limit, long used) {
        this.limit = limit;
        this.used = new AtomicLong(used);
    }

    /// @param limit in bytes, or empty for none; then nothing is measured beforehand
    /// @param root is walked once if there is a limit
    static Quota of(OptionalLong limit, Path root) throws IOException {
        return limit.isEmpty() ? new Quota(Long.MAX_VALUE, 0) : new Quota(limit.getAsLong(), measure(root));
    }

    private static long measure(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.mapToLong(Quota::length).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long length(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isLimited() {
        return limit != Long.MAX_VALUE;
    }

    long used() {
        return used.get();
    }

    long free() {
        // without a limit nothing was measured beforehand, so more may have been given back than was taken
        return isLimited() ? Math.max(0, limit - used.get()) : Long.MAX_VALUE;
    }

    /// @return whether there was room, which now is taken
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
