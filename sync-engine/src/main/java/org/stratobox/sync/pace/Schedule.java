package org.stratobox.sync.pace;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is allowed in each hour of the week, by the clock on the wall; pure.
///
/// @param hours 168 allowances, from Monday 0:00
public record Schedule(List<Allowance> hours) {
    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    /// Everything, always.
    public static final Schedule ALWAYS = new Schedule(Collections.nCopies(WEEK, Allowance.free()));

    /// Checks the length.
    public Schedule {
        hours = List.copyOf(hours);
        if (hours.size() != WEEK) {
            throw new IllegalArgumentException("a week has 168 hours");
        }
    }

    /// @param days on which
    /// @param from first hour, 0 to 23
    /// @param to hour before which it ends, 1 to 24; at or before `from` it ends on the next day
    /// @param allowance what is allowed then
    /// @return a copy in which the hours are changed
    public Schedule with(Set<DayOfWeek> days, int from, int to, Allowance allowance) {
        if (from < 0 || from >= DAY || to < 1 || to > DAY) {
            throw new IllegalArgumentException("hours are from 0 to 24");
        }
        List<Allowance> changed = new ArrayList<>(hours);
        int length = to > from ? to - from : to + DAY - from;
        for (DayOfWeek day : days) {
            int start = (day.getValue() - 1) * DAY + from;
            for (int i = 0; i < length; i++) {
                changed.set((start + i) % WEEK, allowance);
            }
        }
        return new Schedule(changed);
    }

    /// @param time on the wall
    /// @return what is allowed then
    public Allowance at(LocalDateTime time) {
        return hours.get(index(time));
    }

    /// @param time on the wall
    /// @return when something else is allowed for the first time after it, or empty if never
    public Optional<LocalDateTime> nextChange(LocalDateTime time) {
        Allowance now = at(time);
        LocalDateTime hour = time.truncatedTo(ChronoUnit.HOURS);
        for (int i = 1; i < WEEK; i++) {
            LocalDateTime later = hour.plusHours(i);
            if (!at(later).equals(now)) {
                return Optional.of(later);
            }
        }
        return Optional.empty();
    }

    private static int index(LocalDateTime time) {
        return (time.getDayOfWeek().getValue() - 1) * DAY + time.getHour();
    }
}
