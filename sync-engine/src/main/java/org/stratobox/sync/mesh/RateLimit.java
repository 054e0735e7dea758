package org.stratobox.sync.mesh;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import org.stratobox.sync.task.Ticker;

/// A bucket of tokens, one per byte, that fills at a rate that may change at any time. It holds what comes in a second, and
/// at least one grain. Thread-safe; who waits does so without holding a lock and notices a new rate within half a second.
public final class RateLimit {
    /// Bytes that travel at once.
    public static final int GRAIN = 64 << 10;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LONGEST_NAP = Duration.ofMillis(500);

    private final Ticker ticker;
    private final Sleeper sleeper;
    private final Object lock = new Object();
    /// Guarded by `lock`, like everything below; bytes per second.
    private OptionalLong rate;
    /// Bytes; below zero while debts are paid.
    private double tokens;
    private long filled;

    /// @param ticker monotonic time
    /// @param sleeper waits
    /// @param bytesPerSecond at least 1, or empty for no limit
    public RateLimit(Ticker ticker, Sleeper sleeper, OptionalLong bytesPerSecond) {
        this.ticker = ticker;
        this.sleeper = sleeper;
        this.filled = ticker.nanos();
        this.rate = requireRate(bytesPerSecond);
        this.tokens = room();
    }

    /// @param bytesPerSecond at least 1, or empty for no limit; holds at once
    public void change(OptionalLong bytesPerSecond) {
        synchronized (lock) {
            fill();
            boolean wasFree = rate.isEmpty();
            rate = requireRate(bytesPerSecond);
            tokens = wasFree ? room() : Math.min(tokens, room());
        }
    }

    /// @return bytes per second, or empty for no limit
    public OptionalLong rate() {
        synchronized (lock) {
            return rate;
        }
    }

    /// Waits until bytes may travel.
    ///
    /// @param bytes how many; more than the bucket holds are let through when it is full, and waited for by the next
    /// @throws InterruptedException if the thread was interrupted meanwhile; nothing was taken then
    public void take(long bytes) throws InterruptedException {
        while (true) {
            Duration nap;
            synchronized (lock) {
                fill();
                double wanted = Math.min((double) bytes, room());
                if (rate.isEmpty() || tokens >= wanted) {
                    tokens -= bytes;
                    return;
                }
                nap = napFor(wanted - tokens);
            }
            sleeper.sleep(nap);
        }
    }

    /// Takes without waiting.
    ///
    /// @param bytes how many
    /// @return whether there were enough, which now are taken
    boolean takeAtOnce(long bytes) {
        synchronized (lock) {
            fill();
            boolean enough = rate.isEmpty() || tokens >= bytes;
            tokens -= enough ? bytes : 0;
            return enough;
        }
    }

    /// Bytes that have travelled without asking; whoever comes next waits for them.
    ///
    /// @param bytes how many
    void charge(long bytes) {
        synchronized (lock) {
            fill();
            tokens -= bytes;
        }
    }

    private Duration napFor(double missing) {
        long nanos = (long) Math.ceil(missing * NANOS / rate.orElse(NANOS));
        return nanos < LONGEST_NAP.toNanos() ? Duration.ofNanos(Math.max(1, nanos)) : LONGEST_NAP;
    }

    private void fill() {
        long now = ticker.nanos();
        long passed = Math.max(0, now - filled);
        filled = now;
        tokens = rate.isEmpty() ? room() : Math.min(room(), tokens + (double) passed * rate.getAsLong() / NANOS);
    }

    private double room() {
        return Math.max(GRAIN, rate.orElse(0));
    }

    private static OptionalLong requireRate(OptionalLong rate) {
        if (rate.isPresent() && rate.getAsLong() < 1) {
            throw new IllegalArgumentException("a rate is at least one byte per second; to stop, pause");
        }
        return rate;
    }
}
