package org.stratobox.app.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account.Listing;
import org.stratobox.sync.api.RestorePreview.FolderSummary;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Lists what the nodes hold. Prints while it reads: a listing of a million entries is never in memory.
@Command(name = "ls", mixinStandardHelpOptions = true, description = "List what is stored, without downloading it.")
final class LsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Session session;

    @Mixin
    private final Origin origin = new Origin();

    @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "", description = "Only what is below it.")
    private String path = "";

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        try (Origin.Opened opened = origin.open(session)) {
            Origin.Place place = origin.place(opened, path);
            if (session.isJson()) {
                json(opened, place);
            } else {
                human(opened, place);
            }
            return ExitCode.DONE.number();
        }
    }

    private void human(Origin.Opened opened, Origin.Place place) throws StratoboxException {
        PrintStream out = session.screen().out();
        Optional<String> folder = place.folder();
        if (folder.isPresent()) {
            opened.files().list(folder.get(), place.path(), entry -> line(entry, out));
            return;
        }
        opened.files().preview().folders().stream().map(FolderSummary::name)
                .forEach(name -> out.println(Figures.printable(name) + "/"));
    }

    private void line(Listing entry, PrintStream out) {
        ZoneId zone = session.machine().zone();
        String time = TIME.format(Instant.ofEpochMilli(entry.mtimeMillis()).atZone(zone));
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
    private void json(Origin.Opened opened, Origin.Place place) throws StratoboxException {
        try (JsonGenerator json = JsonMapper.shared().writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(session.screen().out())) {
            json.writeStartObject();
            if (place.folder().isPresent()) {
                json.writeStringProperty("folder", place.folder().get());
                json.writeArrayPropertyStart("entries");
                opened.files().list(place.folder().get(), place.path(), entry -> write(entry, json));
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
