package org.stratobox.sync.pace;

import java.time.Duration;

/// How long after a look through a whole folder the next one is due; pure (`sync-disk.md` 2.2). Also due at the start, after
/// a wake-up and after any doubt of the watcher.
///
/// @param watched if changes are seen as they happen
/// @param unwatched if they are not, as on network drives
public record RescanPolicy(Duration watched, Duration unwatched) {
    /// 60 min and 10 min, each give or take a quarter.
    public static final RescanPolicy DEFAULT = new RescanPolicy(Duration.ofMinutes(60), Duration.ofMinutes(10));
    /// At most a fiftieth of the time is spent looking.
    private static final int SHARE = 50;
    private static final int ON_BATTERY = 4;

    /// Whether changes are seen as they happen.
    public enum Watched {
        /// They are.
        YES,
        /// They are not.
        NO
    }

    /// @param isWatched whether changes are seen as they happen
    /// @param lastTook how long the last look took
    /// @param power of this computer
    /// @param jitter from 0 (inclusive) to 1 (exclusive), new every time
    /// @return how long after the end of the last look the next one is due
    public Duration interval(Watched isWatched, Duration lastTook, Power power, double jitter) {
        Duration base = isWatched == Watched.YES ? watched : unwatched;
        Duration spread = Duration.ofMillis((long) (base.toMillis() * (0.75 + 0.5 * jitter)));
        Duration patient = power.isScarce() ? spread.multipliedBy(ON_BATTERY) : spread;
        Duration fair = lastTook.multipliedBy(SHARE);
        return patient.compareTo(fair) > 0 ? patient : fair;
    }
}
