package org.stratobox.sync.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a user chose for one device. Kept in its home; every value has a sound default.
///
/// @param pausedUntilMillis nothing is done before this time, milliseconds since 1970; empty for not paused
/// @param up bytes per second that may be sent; empty for no limit
/// @param down bytes per second that may be received; empty for no limit
/// @param schedule spans of the week with other limits, or with none of this at all
/// @param onBattery what to do while the computer runs on its battery
/// @param onMetered what to do while the connection is paid by volume
/// @param brakeFiles more deletions than this in one pass are held until the user says so
/// @param brakePercent as above, share of a folder's files; the smaller of both counts, but never less than ten files
/// @param trashDays how long what was displaced stays in the trash of this computer
/// @param keepAllDays how long every version is kept on the nodes before they are thinned out
/// @param linksOutside whether symbolic links that point out of a folder are made on this disk
public record Settings(Optional<Long> pausedUntilMillis, OptionalLong up, OptionalLong down, List<Span> schedule,
        Economy onBattery, Economy onMetered, int brakeFiles, int brakePercent, int trashDays, int keepAllDays,
        boolean linksOutside) {
    /// Paused until the user goes on.
    public static final long UNTIL_RESUMED = Long.MAX_VALUE;

    /// What a new device starts with.
    public static final Settings DEFAULT = new Settings(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(),
            List.of(), Economy.CAREFUL, Economy.CAREFUL, 50, 20, 30, 30, false);

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if a number is out of its range
    public Settings {
        schedule = List.copyOf(schedule);
        if (up.orElse(1) < 1 || down.orElse(1) < 1 || brakeFiles < 1 || brakePercent < 1 || brakePercent > 100
                || trashDays < 1 || keepAllDays < 7) {
            throw new IllegalArgumentException("a setting out of its range");
        }
    }

    /// How much is done.
    public enum Economy {
        /// As always.
        NORMAL,
        /// Small and new files only, and fewer looks at the disk.
        CAREFUL,
        /// Nothing.
        PAUSE
    }

    /// A part of every week.
    ///
    /// @param fromMinute of the week, 0 is Monday 00:00 local time
    /// @param toMinute after the last one, at most 10,080
    /// @param economy what is done then
    /// @param up bytes per second that may be sent then; empty for the usual
    /// @param down bytes per second that may be received then; empty for the usual
    public record Span(int fromMinute, int toMinute, Economy economy, OptionalLong up, OptionalLong down) {
        /// @throws IllegalArgumentException if it is no part of a week
        public Span {
            if (fromMinute < 0 || toMinute <= fromMinute || toMinute > 7 * 24 * 60) {
                throw new IllegalArgumentException("not a part of a week");
            }
        }
    }
}
