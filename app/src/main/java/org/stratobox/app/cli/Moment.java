package org.stratobox.app.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.StratoboxException;

/// A point in time as a person writes it.
final class Moment {
    /// What `--at` and its like say of themselves.
    static final String HELP = "2026-11-19 (the end of that day), \"2026-11-19 14:00\", yesterday, \"yesterday 9:30\", 14:00, or 2h, 3d (ago)";

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("u-M-d", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ROOT);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6}) ?(s|m|h|d|w)[a-z]*( ago)?");

    private Moment() {}

    /// @param text as in [#HELP], or with a zone: `2026-01-31T18:30:00+01:00`
    /// @param now the present, in the zone of times without one
    /// @return milliseconds since 1970; empty for no text
    static Optional<Long> parse(Optional<String> text, ZonedDateTime now) throws StratoboxException {
        return text.isPresent() ? Optional.of(parse(text.get(), now)) : Optional.empty();
    }

    static long parse(String text, ZonedDateTime now) throws StratoboxException {
        String clean = text.strip().toLowerCase(Locale.ROOT);
        try {
            Optional<Long> span = span(clean);
            if (span.isPresent()) {
                return now.toInstant().toEpochMilli() - span.get();
            }
            return at(clean, now).toInstant().toEpochMilli();
        } catch (DateTimeException _) {
            throw Sentences.usage("A time looks like " + HELP + "; not like " + text + ". Nothing was done.");
        }
    }

    /// @param clean such as `30m`, `2 hours`, `3d ago`
    /// @return milliseconds; empty if it is not a span of time
    static Optional<Long> span(String clean) {
        Matcher matcher = SPAN.matcher(clean);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "s" -> 1000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            default -> 7 * 86_400_000L;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) * unit);
    }

    private static ZonedDateTime at(String clean, ZonedDateTime now) {
        if (clean.equals("now") || clean.equals("today")) {
            return now;
        }
        if (clean.matches("\\d{4}-\\d{2}-\\d{2}[t ].*(z|[+-]\\d{2}:\\d{2})")) {
            return OffsetDateTime.parse(clean.replace(' ', 't').toUpperCase(Locale.ROOT)).toZonedDateTime();
        }
        if (clean.matches("\\d{1,2}:\\d{2}(:\\d{2})?")) {
            ZonedDateTime today = now.with(LocalTime.parse(clean, TIME));
            return today.isAfter(now) ? today.minusDays(1) : today;
        }
        String[] parts = clean.split("t(?=\\d)|\\s+", 2);
        LocalDate day = switch (parts[0]) {
            case "today" -> now.toLocalDate();
            case "yesterday" -> now.toLocalDate().minusDays(1);
            default -> LocalDate.parse(parts[0], DATE);
        };
        return day.atTime(parts.length == 1 ? LocalTime.MAX : LocalTime.parse(parts[1].strip(), TIME))
                .atZone(now.getZone());
    }

    /// @param millis since 1970
    /// @param zone of people here
    /// @return such as `2026-11-19 14:00`
    static String show(long millis, ZoneId zone) {
        return SHOWN.format(Instant.ofEpochMilli(millis).atZone(zone));
    }
}
