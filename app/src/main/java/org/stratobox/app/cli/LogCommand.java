package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.api.History.Cause;
import org.stratobox.sync.api.History.Change;
import org.stratobox.sync.api.History.Counts;
import org.stratobox.sync.api.History.LogFilter;
import org.stratobox.sync.api.History.Pass;
import org.stratobox.sync.api.Past.Kind;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What happened.
@Command(name = "log", mixinStandardHelpOptions = true, description = "What happened to your folders, newest first.")
final class LogCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--pass", paramLabel = "PASS", order = 1, description = "Show every change of this one.")
    private @Nullable Long pass;

    @Option(names = "--folder", paramLabel = "NAME", order = 2, description = "Only this folder.")
    private @Nullable String folder;

    @Option(names = "--since", paramLabel = "TIME", order = 3, description = "Not older than this: " + Moment.HELP
            + ".")
    private @Nullable String since;

    @Option(names = "--from-others", order = 4, description = "Only what other devices did.")
    private boolean fromOthers;

    @Option(names = {"-n",
        "--limit"}, paramLabel = "N", defaultValue = "20", order = 5, description = "At most so many (default: 20).")
    private int limit = 20;

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "Only what changed it or something in it. "
            + Places.HELP)
    private @Nullable String path;

    LogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> pass == null
                ? session.answer(passes(home.account().history().log(filter(home))))
                : session.answer(changes(home.account().history().changes(pass))));
    }

    private LogFilter filter(Session.OpenHome home) throws StratoboxException {
        Optional<Places.Place> place = path == null
                ? Optional.empty()
                : Optional.of(Places.of(session, home).of(path));
        return new LogFilter(place.map(Places.Place::folder).or(() -> Optional.ofNullable(folder)),
                fromOthers ? List.of(Cause.DEVICE) : List.of(),
                place.map(Places.Place::path).filter(below -> !below.isEmpty()),
                Moment.parse(Optional.ofNullable(since), session.now()).orElse(0L), Math.max(1, limit));
    }

    private Answer passes(List<Pass> passes) {
        record Log(List<Pass> passes) {}
        Table table = new Table("PASS", "WHEN", "FOLDER", "WHAT", "WHO");
        passes.forEach(p -> table.row(Long.toString(p.id()), session.time(p.atMillis()), p.folder(), counts(p.counts()),
                who(p)));
        return Answer.of(new Log(passes), out -> {
            if (passes.isEmpty()) {
                out.println("Nothing of that is known.");
            }
            table.print(out);
        });
    }

    private static String counts(Counts counts) {
        StringBuilder text = new StringBuilder();
        append(text, counts.created(), "new");
        append(text, counts.changed(), "changed");
        append(text, counts.deleted(), "deleted");
        return text.isEmpty() ? "nothing" : text.toString();
    }

    private static void append(StringBuilder text, long count, String word) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(word);
        }
    }

    private static String who(Pass pass) {
        String kept = pass.undoable() ? "" : " (cannot be undone any more)";
        return kept.isEmpty() ? cause(pass) : cause(pass) + kept;
    }

    private static String cause(Pass pass) {
        return switch (pass.cause()) {
            case LOCAL -> "you, here";
            case DEVICE -> pass.device().orElse("another device");
            case UNDO -> pass.undone().map(id -> "pass " + id + " undone").orElse("undone");
            case PUT_BACK -> "put back to what it was";
        };
    }

    private static Answer changes(List<Change> changes) {
        record Changes(List<Change> changes) {}
        return Answer.of(new Changes(changes), out -> {
            if (changes.isEmpty()) {
                out.println("What it changed is not kept any more.");
            }
            changes.forEach(c -> out.println(verb(c) + "  " + Figures.printable(c.path()) + "  ("
                    + Figures.size(c.bytes()) + ")"));
        });
    }

    private static String verb(Change change) {
        if (change.before().filter(k -> k != Kind.DELETED).isEmpty()) {
            return "new    ";
        }
        return change.after().filter(k -> k != Kind.DELETED).isEmpty() ? "deleted" : "changed";
    }
}
