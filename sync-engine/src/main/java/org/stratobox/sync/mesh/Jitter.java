package org.stratobox.sync.mesh;

/// Where delays get their randomness from; it need not be unpredictable, only different on different machines.
/// Implementations are safe for use by several threads.
@FunctionalInterface
public interface Jitter {
    /// @return a number from 0 (inclusive) to 1 (exclusive)
    double next();
}
