package org.stratobox.sync.mesh.rest;

import java.time.Duration;

import org.stratobox.sync.mesh.Pace;

/// When to give up on a node. A slow node is not a dead one: time grows with the size.
///
/// @param base for connecting, for every silence, and for a call without a body
/// @param bytesPerSecond the slowest rate at which a body may travel
public record Timeouts(Duration base, int bytesPerSecond) {
    /// 10 s + size / (64 KiB/s).
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), 64 << 10);

    /// @param bytes of the body
    /// @return how long a call may take; longer where its bytes are held back
    public Duration of(long bytes) {
        return base.plusMillis(bytes * 1000 / bytesPerSecond).plus(Pace.extra(bytes));
    }
}
