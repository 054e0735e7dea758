package org.stratobox.app.cli;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Stops syncing for a while; survives restarts.
@Command(name = "pause", mixinStandardHelpOptions = true, description = "Sync nothing for a while, or until you say so.")
final class PauseCommand implements Callable<Integer> {
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    private final Session session;

    @Parameters(paramLabel = "HOW LONG", arity = "0..1", defaultValue = "until-resumed", description = "30m, 2h, 18:00, tomorrow (8:00), or until-resumed (the default).")
    private String length = "until-resumed";

    PauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        long until = until(length.strip().toLowerCase(Locale.ROOT), session.now());
        return session.withHome(home -> {
            SettingsDraft draft = new SettingsDraft(home.account().settings());
            draft.pausedUntilMillis = Optional.of(until);
            home.account().changeSettings(draft.settings());
            record Paused(long pausedUntilMillis) {}
            return session.answer(Answer.of(new Paused(until), out -> out.println("Paused " + words(session, until)
                    + ". What you change meanwhile stays on this computer only. Go on with: stratobox resume")));
        });
    }

    /// @return such as `until 2026-11-19 14:00`
    static String words(Session session, long untilMillis) {
        return untilMillis == Settings.UNTIL_RESUMED ? "until you go on" : "until " + session.time(untilMillis);
    }

    static long until(String text, ZonedDateTime now) throws StratoboxException {
        if (text.equals("until-resumed")) {
            return Settings.UNTIL_RESUMED;
        }
        if (text.equals("tomorrow")) {
            return now.plusDays(1).with(MORNING).toInstant().toEpochMilli();
        }
        Optional<Long> span = Moment.span(text);
        long present = now.toInstant().toEpochMilli();
        long until = span.isPresent() ? present + span.get() : Moment.parse(text, now);
        if (until <= present && text.matches("\\d{1,2}:\\d{2}")) {
            // a time of the day is the last one, and the next one is meant
            until = Instant.ofEpochMilli(until).atZone(now.getZone()).plusDays(1).toInstant().toEpochMilli();
        }
        if (until <= present) {
            throw Sentences.usage("Until when? Say 30m, 2h, 18:00, tomorrow or until-resumed. Nothing was changed.");
        }
        return until;
    }
}
