package org.stratobox.sync.mesh;

import java.time.Duration;

/// How stubborn to be: exponential back-off with full jitter (`sync-disk.md` 4.3), and an end.
///
/// @param tries how often a call is made at most, at least 1
/// @param base upper bound of the first wait; it doubles with every further one
/// @param cap upper bound of any wait; a node that asks for more is left alone for now
public record RetryPolicy(int tries, Duration base, Duration cap) {
    /// Five tries, waits of at most 0.5 s, 1 s, 2 s, 4 s; a node may ask for 30 s.
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(30));

    /// Checks the bounds.
    public RetryPolicy {
        if (tries < 1 || !base.isPositive() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("not a retry policy");
        }
    }

    /// @param failures how many there were, at least 1
    /// @param jitter decides between nothing and the bound
    /// @return how long to wait
    Duration delay(int failures, Jitter jitter) {
        long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis((long) (bound * jitter.next()));
    }
}
