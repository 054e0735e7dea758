package org.stratobox.sync.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.Settings.Economy;
import org.stratobox.sync.api.Settings.Span;
import org.stratobox.sync.pace.Power;

/// What the settings allow at a moment; pure.
///
/// @param paused whether nothing may be done
/// @param until when that ends by itself; empty if it is not known
/// @param up bytes per second, or no limit
/// @param down bytes per second, or no limit
record Allowed(boolean paused, Optional<Instant> until, OptionalLong up, OptionalLong down) {
    /// @param settings of the user
    /// @param now with the user's time zone
    /// @param power what the computer lives on
    static Allowed at(Settings settings, ZonedDateTime now, Power power) {
        Optional<Instant> pausedUntil = settings.pausedUntilMillis().filter(t -> t > now.toInstant().toEpochMilli())
                .map(Instant::ofEpochMilli);
        if (pausedUntil.isPresent()) {
            return new Allowed(true, pausedUntil, settings.up(), settings.down());
        }
        boolean saving = (power.supply() == Power.Supply.BATTERY && settings.onBattery() == Economy.PAUSE)
                || (power.network() == Power.Network.METERED && settings.onMetered() == Economy.PAUSE);
        Optional<Span> span = span(settings, minuteOfWeek(now));
        boolean scheduled = span.filter(s -> s.economy() == Economy.PAUSE).isPresent();
        Optional<Instant> end = span.map(s -> now.toInstant()
                .plus(Duration.ofMinutes(s.toMinute() - (long) minuteOfWeek(now))));
        return new Allowed(saving || scheduled, saving ? Optional.empty() : end,
                lower(settings.up(), span.map(Span::up).orElse(OptionalLong.empty())),
                lower(settings.down(), span.map(Span::down).orElse(OptionalLong.empty())));
    }

    private static Optional<Span> span(Settings settings, int minute) {
        return settings.schedule().stream().filter(s -> s.fromMinute() <= minute && minute < s.toMinute()).findFirst();
    }

    private static int minuteOfWeek(ZonedDateTime now) {
        return ((now.getDayOfWeek().getValue() - 1) * 24 + now.getHour()) * 60 + now.getMinute();
    }

    private static OptionalLong lower(OptionalLong usual, OptionalLong now) {
        if (usual.isEmpty() || now.isEmpty()) {
            return usual.isEmpty() ? now : usual;
        }
        return OptionalLong.of(Math.min(usual.getAsLong(), now.getAsLong()));
    }
}
