package org.stratobox.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes one stored file to standard output.
@Command(name = "cat", description = "Print a stored file.")
final class CatCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Origin origin = new Origin();

    @Option(names = "--at", paramLabel = "TIME", order = 13, description = "As it was at this time: " + Moment.HELP
            + ".")
    private @Nullable String at;

    @Option(names = "--version", paramLabel = "ID", order = 14, description = "This version, as shown by: stratobox versions PATH")
    private @Nullable String version;

    // the usual option for the version of the program would take the name from the versions of a file
    @Option(names = {"-h",
        "--help"}, usageHelp = true, order = 99, description = "Show this help message and exit.")
    @SuppressWarnings("unused") // set and read by picocli
    private boolean help;

    @Parameters(paramLabel = "PATH", description = "The file. " + Places.HELP)
    private String path = "";

    CatCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        if (session.isJson()) {
            throw Sentences
                    .usage("cat prints the file itself and has no --json. Use ls --json for what is known of it.");
        }
        try (Origin.Opened opened = origin.open(session)) {
            Origin.Place place = origin.place(opened, path);
            String folder = place.folder()
                    .orElseThrow(() -> Sentences.usage("Which file? Start the path with the name of its folder."));
            print(opened.files(), folder, place.path());
            return ExitCode.DONE.number();
        }
    }

    private void print(Restorable files, String folder, String file) throws StratoboxException {
        if (version != null) {
            files.past().catVersion(folder, file, version, session.screen().out());
        } else if (at != null) {
            long millis = Moment.parse(at, session.now());
            files.past().cat(new Past.Place(folder, file, Optional.of(millis)), session.screen().out());
        } else {
            files.cat(folder, file, session.screen().out());
        }
    }
}
