package org.stratobox.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.RestorePreview;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Gets files back, with this device's home or with nothing but a phrase and an address.
@Command(name = "restore", mixinStandardHelpOptions = true, description = "Get files back; needs only the recovery phrase and one node, or this device's home.")
final class RestoreCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Origin origin = new Origin();

    @Option(names = "--to", paramLabel = "DIR", defaultValue = "stratobox-restored", order = 1, description = "Where to write (default: stratobox-restored). What is there stays as it is.")
    private Path target = Path.of("stratobox-restored");

    @Option(names = "--at", paramLabel = "TIME", order = 13, description = "State as of this time: " + Moment.HELP
            + ".")
    private @Nullable String at;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "What to bring back (default: everything).")
    private List<String> paths = new ArrayList<>();

    RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        Optional<Long> time = Moment.parse(Optional.ofNullable(at), session.now());
        try (Origin.Opened opened = origin.open(session); ProgressLine progress = session.progress()) {
            RestoreRequest request = request(opened, time);
            RestorePreview preview = opened.files().preview();
            if (!session.isJson()) {
                new PreviewText(preview, session.nowMillis()).human(session.screen().out());
                session.screen().out().flush();
            }
            RestoreReport report = opened.files().restore(request, progress);
            progress.erase();
            return session.answer(report.left().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL,
                    new Restored(request.target(), preview, report, session.nowMillis()));
        }
    }

    private RestoreRequest request(Origin.Opened opened, Optional<Long> time) throws StratoboxException {
        Set<Optional<String>> folders = new LinkedHashSet<>();
        List<String> below = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of("") : paths) {
            Origin.Place place = origin.place(opened, path);
            folders.add(place.folder());
            if (!place.path().isEmpty()) {
                below.add(place.path());
            }
        }
        if (folders.size() > 1) {
            throw Sentences
                    .usage("These paths are in several folders. Nothing was written; restore one folder at a time.");
        }
        boolean isWhole = below.size() < paths.size();
        return new RestoreRequest(target.toAbsolutePath().normalize(), folders.iterator().next(),
                isWhole ? List.of() : below, time);
    }

    private record Restored(Path target, RestorePreview preview, RestoreReport report, long nowMillis)
            implements
                Answer {
        @Override
        public void human(PrintStream out) {
            out.println("Restored " + Figures.count(report.files(), "file") + ", " + Figures.size(report.bytes())
                    + " in " + Figures.duration(report.millis()) + " ("
                    + Figures.rate(report.bytes(), report.millis()) + ") to " + target);
            if (report.kept() > 0) {
                out.println("Already there with the same content: " + Figures.count(report.kept(), "file") + ".");
            }
            if (report.beside() > 0) {
                out.println("Put beside a different file of the same name: " + Figures.count(report.beside(), "file")
                        + ".");
            }
            report.badNodes()
                    .forEach(node -> out.println("This node gave wrong or missing data: " + Figures.printable(node)
                            + ". Other nodes filled in."));
            if (!report.left().isEmpty()) {
                out.println("Not restored, everything else is:");
                Problems.human(report.left(), out);
            }
        }

        @Override
        public void json(ObjectNode json) {
            json.put("to", target.toString()).put("files", report.files()).put("kept", report.kept())
                    .put("beside", report.beside()).put("bytes", report.bytes()).put("millis", report.millis());
            report.badNodes().forEach(json.putArray("badNodes")::add);
            Problems.json(report.left(), json);
            new PreviewText(preview, nowMillis).json(json.putObject("preview"));
        }
    }
}
