package org.stratobox.sync.task;

/// A monotonic clock for measuring how long something takes. It has no relation to the time of day; only differences
/// mean something, and they may wrap: compare with `a - b < 0`, never with `a < b`.
@FunctionalInterface
public interface Ticker {
    /// @return nanoseconds since an arbitrary moment
    long nanos();
}
