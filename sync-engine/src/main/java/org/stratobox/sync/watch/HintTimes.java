package org.stratobox.sync.watch;

import java.time.Duration;

/// How patient [Hints] are (`sync.md` 3, `sync-disk.md` 2.2, 2.5).
///
/// @param quiet how long a directory must have been left alone before it is looked at
/// @param longest how long it waits at most while it changes all the time
/// @param settle how long something must have been missing before its deletion is believed
/// @param spacing between two looks at the whole folder
/// @param most directories that are named one by one; more make it the whole folder
public record HintTimes(Duration quiet, Duration longest, Duration settle, Duration spacing, int most) {
    /// Edits after 250 ms and never later than 3 s; deletions after 3 s, three times the second within which programs delete
    /// and write anew when they save; 10 s between looks at everything; 256 directories.
    public static final HintTimes DEFAULT = new HintTimes(Duration.ofMillis(250), Duration.ofSeconds(3),
            Duration.ofSeconds(3), Duration.ofSeconds(10), 256);

    /// Checks the bounds.
    public HintTimes {
        if (quiet.isNegative() || longest.compareTo(quiet) < 0 || settle.isNegative() || spacing.isNegative()
                || most < 1) {
            throw new IllegalArgumentException("not the times of hints");
        }
    }
}
