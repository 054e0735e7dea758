package org.stratobox.app.cli;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.Settings.Economy;
import org.stratobox.sync.api.Settings.Span;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Hours of the week with limits of their own.
@Command(name = "schedule", mixinStandardHelpOptions = true, description = "Hours of the week with limits of their own.", synopsisSubcommandLabel = "list|add|clear")
final class ScheduleCommand {
    private static final int DAY = 24 * 60;
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");

    private final Session session;

    ScheduleCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Show them.")
    int list() throws StratoboxException {
        return session.withHome(home -> session.answer(shown(home.account().settings())));
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Add hours, such as: schedule add mon-fri 9:00-17:00 --up 200k")
    int add(@Parameters(paramLabel = "DAYS", description = "mon, mon-fri, sat-sun or daily") String days,
            @Parameters(paramLabel = "HOURS", description = "9:00-17:00; 22:00-6:00 goes over midnight") String hours,
            @Option(names = "--economy", paramLabel = "HOW", defaultValue = "normal", description = "normal, careful (small new files only) or pause") String economy,
            @Option(names = "--up", paramLabel = "RATE", description = "send at most so much in a second") @Nullable String up,
            @Option(names = "--down", paramLabel = "RATE", description = "receive at most so much in a second") @Nullable String down)
            throws StratoboxException {
        List<Span> added = spans(days.toLowerCase(Locale.ROOT), hours, new Span(0, 1, economy(economy), rate(up),
                rate(down)));
        return session.withHome(home -> {
            SettingsDraft draft = new SettingsDraft(home.account().settings());
            List<Span> all = new ArrayList<>(draft.schedule);
            all.addAll(added);
            draft.schedule = all;
            home.account().changeSettings(draft.settings());
            return session.answer(shown(draft.settings()));
        });
    }

    @Command(name = "clear", mixinStandardHelpOptions = true, description = "Forget them all: the usual limits count at any time.")
    int clear() throws StratoboxException {
        return session.withHome(home -> {
            SettingsDraft draft = new SettingsDraft(home.account().settings());
            draft.schedule = List.of();
            home.account().changeSettings(draft.settings());
            return session.answer(shown(draft.settings()));
        });
    }

    private static Answer shown(Settings settings) {
        record Schedule(List<Span> schedule) {}
        return Answer.of(new Schedule(settings.schedule()), out -> {
            if (settings.schedule().isEmpty()) {
                out.println("No hours of the week are special.");
            }
            Table table = new Table("FROM", "TO", "HOW", "SEND", "RECEIVE");
            settings.schedule().forEach(s -> table.row(time(s.fromMinute()), time(s.toMinute()),
                    SettingKey.word(s.economy()), usual(s.up()), usual(s.down())));
            table.print(out);
        });
    }

    private static String usual(OptionalLong rate) {
        return rate.isPresent() ? SettingKey.rate(rate) : "as usual";
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%s %02d:%02d", DayOfWeek.of(minute / DAY % 7 + 1).name().substring(0, 3)
                .toLowerCase(Locale.ROOT), minute % DAY / 60, minute % 60);
    }

    private static List<Span> spans(String days, String hours, Span like) throws StratoboxException {
        Matcher matcher = HOURS.matcher(hours);
        String[] ends = days.equals("daily") ? new String[]{"mon", "sun"} : days.split("-", 2);
        if (!matcher.matches()) {
            throw unreadable();
        }
        int from = minute(matcher.group(1), matcher.group(2));
        int to = minute(matcher.group(3), matcher.group(4));
        int length = to > from ? to - from : to - from + DAY;
        List<Span> spans = new ArrayList<>();
        int last = day(ends[ends.length - 1]);
        for (int day = day(ends[0]); spans.size() < 14; day = (day + 1) % 7) {
            add(spans, day * DAY + from, length, like);
            if (day == last) {
                return spans;
            }
        }
        throw unreadable();
    }

    /// What goes over the end of the week goes on at its beginning.
    private static void add(List<Span> spans, int from, int length, Span like) {
        int end = Math.min(from + length, 7 * DAY);
        spans.add(new Span(from, end, like.economy(), like.up(), like.down()));
        if (from + length > end) {
            spans.add(new Span(0, from + length - end, like.economy(), like.up(), like.down()));
        }
    }

    private static int minute(String hour, String minute) throws StratoboxException {
        int of = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        if (of > DAY || Integer.parseInt(minute) > 59) {
            throw unreadable();
        }
        return of;
    }

    private static int day(String name) throws StratoboxException {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name.length() >= 2 && day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
                return day.getValue() - 1;
            }
        }
        throw unreadable();
    }

    private static OptionalLong rate(@Nullable String text) throws StratoboxException {
        try {
            return text == null ? OptionalLong.empty() : SettingKey.rate(text);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static Economy economy(String text) throws StratoboxException {
        try {
            return SettingKey.economy(text);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static StratoboxException unreadable() {
        return Sentences.usage("Hours look like: schedule add mon-fri 9:00-17:00 --up 200k, or sat-sun 22:00-6:00"
                + " --economy pause. Nothing was changed.");
    }
}
