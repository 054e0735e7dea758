package org.stratobox.sync.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.stratobox.sync.task.Ticker;

/// Notices that the computer slept, or that its clock was set: the wall clock moved much more than the monotonic one, which
/// stands still during sleep. Used by one thread.
public final class Suspension {
    /// More is not drift or a correction.
    public static final Duration NOTEWORTHY = Duration.ofSeconds(20);

    private final InstantSource clock;
    private final Ticker ticker;
    private Instant wall;
    private long tick;

    /// @param clock wall time
    /// @param ticker monotonic time
    public Suspension(InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.wall = clock.instant();
        this.tick = ticker.nanos();
    }

    /// Asked at least every minute or two.
    ///
    /// @return whether the computer woke up since the last time; also if its clock was set forward
    public boolean wokeUp() {
        Instant wallNow = clock.instant();
        long tickNow = ticker.nanos();
        Duration slept = Duration.between(wall, wallNow).minusNanos(tickNow - tick);
        wall = wallNow;
        tick = tickNow;
        return slept.compareTo(NOTEWORTHY) > 0;
    }
}
