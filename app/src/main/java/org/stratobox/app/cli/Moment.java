package org.stratobox.app.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.StratoboxException;

/// A point in time as a person writes it.
final class Moment {
    private Moment() {}

    /// @param text `2026-01-31` (the end of that day), `2026-01-31T18:30` or `2026-01-31 18:30:15`, or with an offset
    /// @param zone of times without an offset
    /// @return milliseconds since 1970; empty for no text
    static Optional<Long> parse(Optional<String> text, ZoneId zone) throws StratoboxException {
        return text.isPresent() ? Optional.of(parse(text.get().strip().replace(' ', 'T'), zone)) : Optional.empty();
    }

    private static long parse(String text, ZoneId zone) throws StratoboxException {
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text).atTime(LocalTime.MAX).atZone(zone).toInstant().toEpochMilli();
            }
            boolean hasOffset = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return hasOffset
                    ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                    : LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException _) {
            throw Sentences
                    .usage("A time looks like 2026-01-31, 2026-01-31T18:30 or 2026-01-31T18:30:00+01:00, not like "
                            + text + ". Nothing was done.");
        }
    }
}
