package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Account.Listing;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.Past.Deleted;
import org.stratobox.sync.api.RestorePreview.FolderSummary;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Lists what the nodes hold. Prints while it reads: a listing of a million entries is never in memory.
@Command(name = "ls", mixinStandardHelpOptions = true, description = "List what is stored, without downloading it.")
final class LsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Origin origin = new Origin();

    @Option(names = "--at", paramLabel = "TIME", order = 13, description = "As it was at this time: " + Moment.HELP
            + ".")
    private @Nullable String at;

    @Option(names = "--deleted", order = 14, description = "List what is known to be deleted instead.")
    private boolean deleted;

    @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "", description = "Only what is below it. "
            + Places.HELP)
    private String path = "";

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        Optional<Long> time = Moment.parse(Optional.ofNullable(at), session.now());
        try (Origin.Opened opened = origin.open(session)) {
            Origin.Place place = origin.place(opened, path);
            if (deleted) {
                return gone(opened, place, time);
            }
            if (session.isJson()) {
                json(opened, place, time);
            } else {
                human(opened, place, time);
            }
            return ExitCode.DONE.number();
        }
    }

    private static void list(Origin.Opened opened, Origin.Place place, Optional<Long> time, Consumer<Listing> to)
            throws StratoboxException {
        String folder = place.folder().orElse("");
        if (time.isPresent()) {
            opened.files().past().list(new Past.Place(folder, place.path(), time), to);
        } else {
            opened.files().list(folder, place.path(), to);
        }
    }

    private int gone(Origin.Opened opened, Origin.Place place, Optional<Long> time) throws StratoboxException {
        String folder = place.folder()
                .orElseThrow(() -> Sentences.usage("Which folder? Name it, as in: stratobox ls --deleted FOLDER:"));
        List<Deleted> found = new ArrayList<>();
        opened.files().past().deleted(new Past.Place(folder, place.path(), time), found::add);
        record Gone(String folder, List<Deleted> deleted) {}
        Table table = new Table("DELETED", "BY", "PATH");
        found.forEach(d -> table.row(session.time(d.atMillis()), d.device(), d.path()));
        return session.answer(Answer.of(new Gone(folder, found), out -> {
            out.println(found.isEmpty()
                    ? "Nothing was deleted there."
                    : "Get it back with: stratobox revert PATH --undelete");
            table.print(out);
        }));
    }

    private void human(Origin.Opened opened, Origin.Place place, Optional<Long> time) throws StratoboxException {
        PrintStream out = session.screen().out();
        Optional<String> folder = place.folder();
        if (folder.isPresent()) {
            list(opened, place, time, entry -> line(entry, out));
            return;
        }
        opened.files().preview().folders().stream().map(FolderSummary::name)
                .forEach(name -> out.println(Figures.printable(name) + "/"));
    }

    private void line(Listing entry, PrintStream out) {
        String time = session.time(entry.mtimeMillis());
        String size = entry.kind().equals("file") ? Figures.size(entry.size()) : "";
        out.println(letters(entry) + String.format(Locale.ROOT, " %8s  ", size) + time + "  "
                + Figures.printable(entry.path()) + (entry.kind().equals("directory") ? "/" : ""));
    }

    private static String letters(Listing entry) {
        StringBuilder letters = new StringBuilder(10);
        letters.append(switch (entry.kind()) {
            case "directory" -> 'd';
            case "symlink" -> 'l';
            default -> '-';
        });
        for (int bit = 8; bit >= 0; bit--) {
            letters.append((entry.mode() >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return letters.toString();
    }

    /// Finishes the object in any case: a program that reads it must not hang on half of one.
    private void json(Origin.Opened opened, Origin.Place place, Optional<Long> time) throws StratoboxException {
        try (JsonGenerator json = JsonMapper.shared().writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(session.screen().out())) {
            json.writeStartObject();
            if (place.folder().isPresent()) {
                json.writeStringProperty("folder", place.folder().get());
                json.writeArrayPropertyStart("entries");
                list(opened, place, time, entry -> write(entry, json));
                json.writeEndArray();
            } else {
                json.writeArrayPropertyStart("folders");
                opened.files().preview().folders().forEach(f -> json.writeString(f.name()));
                json.writeEndArray();
            }
            json.writeBooleanProperty("ok", true);
            json.writeNumberProperty("exitCode", ExitCode.DONE.number());
            json.writeEndObject();
        }
        session.screen().out().println();
    }

    private static void write(Listing entry, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("path", entry.path());
        json.writeStringProperty("kind", entry.kind());
        json.writeNumberProperty("size", entry.size());
        json.writeNumberProperty("mtimeMillis", entry.mtimeMillis());
        json.writeNumberProperty("mode", entry.mode());
        json.writeEndObject();
    }
}
