package org.stratobox.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.History;
import org.stratobox.sync.api.History.From;
import org.stratobox.sync.api.History.PutBack;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts files to what they were, in place.
@Command(name = "revert", description = "Put a file or a folder to what it was, in place and on every device. What is replaced stays a version; restore writes beside instead.")
final class RevertCommand implements Callable<Integer> {
    private final Session session;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--plan", order = 4, description = "Only show what it would do.")
    private boolean planOnly;

    // the usual option for the version of the program would take the name from the versions of a file
    @Option(names = {"-h",
        "--help"}, usageHelp = true, order = 99, description = "Show this help message and exit.")
    @SuppressWarnings("unused") // set and read by picocli
    private boolean help;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = Places.HELP)
    private List<String> paths = new ArrayList<>();

    RevertCommand(Session session) {
        this.session = session;
    }

    /// To what.
    static final class Which {
        @Option(names = "--at", paramLabel = "TIME", order = 1, description = "What it was at this time: " + Moment.HELP
                + ".")
        private @Nullable String at;

        @Option(names = "--version", paramLabel = "ID", order = 2, description = "This version of one file, as shown by: stratobox versions PATH")
        private @Nullable String version;

        @Option(names = "--undelete", order = 3, description = "What it was before it was deleted.")
        private boolean undelete;
    }

    @Override
    public Integer call() throws StratoboxException {
        From from = from();
        return session.withHome(home -> {
            PutBack what = what(Places.of(session, home), from);
            History history = home.account().history();
            if (planOnly) {
                return TakenBack.answer(session, history.planPutBack(what), "It is already so.",
                        "Nothing was changed. It would become");
            }
            try (ProgressLine progress = session.progress()) {
                History.TakeBack back = history.putBack(what, progress);
                progress.erase();
                home.wake();
                return TakenBack.answer(session, back, "It was already so.",
                        "Put to what it was" + when(from) + ". Undoing this is possible (stratobox log)");
            }
        });
    }

    private From from() throws StratoboxException {
        if (which.version != null) {
            return new From.OfVersion(which.version);
        }
        return which.undelete
                ? new From.BeforeDeletion()
                : new From.Moment(
                        Moment.parse(Optional.ofNullable(which.at), session.now()).orElse(session.nowMillis()));
    }

    private String when(From from) {
        return from instanceof From.Moment(long millis) ? " at " + session.time(millis) : "";
    }

    private PutBack what(Places places, From from) throws StratoboxException {
        List<Places.Place> all = new ArrayList<>();
        for (String path : paths) {
            all.add(places.of(path));
        }
        String folder = all.getFirst().folder();
        if (all.stream().anyMatch(p -> !p.folder().equals(folder))) {
            throw Sentences.usage("These paths are in several folders. Nothing was changed; do one folder at a time.");
        }
        if (from instanceof From.OfVersion && all.size() > 1) {
            throw Sentences.usage("A version belongs to one file. Nothing was changed; name one path.");
        }
        return new PutBack(folder, all.stream().map(Places.Place::path).toList(), from);
    }
}
