package org.stratobox.sync.health;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.stratobox.sync.event.Progress;
import org.stratobox.sync.task.Ticker;

/// Counts what a check reads, and tells it a few times a second. Thread-safe.
final class CheckMeter {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

    private final Ticker ticker;
    private final Consumer<Progress> listener;
    private final long start;
    /// All below guarded by `this`.
    private long told;
    private long bytes;
    private long bytesTotal;
    private long done;
    private long total;

    CheckMeter(Ticker ticker, Consumer<Progress> listener) {
        this.ticker = ticker;
        this.listener = listener;
        this.start = ticker.nanos();
        this.told = start;
    }

    synchronized void expect(long things, long size) {
        total += things;
        bytesTotal += size;
    }

    synchronized long bytes() {
        return bytes;
    }

    /// @param size bytes of one thing that was read
    void read(long size) {
        news(size).ifPresent(listener);
    }

    private synchronized Optional<Progress> news(long size) {
        bytes += size;
        done++;
        long now = ticker.nanos();
        if (now - told < INTERVAL) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(new Progress(Progress.Phase.CHECKING, done, total, bytes, bytesTotal,
                TimeUnit.NANOSECONDS.toMillis(now - start)));
    }
}
