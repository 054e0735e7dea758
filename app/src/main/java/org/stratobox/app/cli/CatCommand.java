package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes one stored file to standard output.
@Command(name = "cat", mixinStandardHelpOptions = true, description = "Print a stored file.")
final class CatCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Origin origin = new Origin();

    @Parameters(paramLabel = "PATH", description = "The file.")
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
            opened.files().cat(folder, place.path(), session.screen().out());
            return ExitCode.DONE.number();
        }
    }
}
