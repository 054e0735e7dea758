package org.stratobox.app.cli;

import java.util.List;
import java.util.concurrent.Callable;

import org.stratobox.sync.api.Past.Kind;
import org.stratobox.sync.api.Past.Version;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The kept versions of a file.
@Command(name = "versions", mixinStandardHelpOptions = true, description = "List the kept versions of a file, also under older names.")
final class VersionsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PATH", description = Places.HELP + " It may be deleted.")
    private String path = "";

    VersionsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            Places.Place place = Places.of(session, home).of(path);
            record All(String folder, String path, List<Version> versions) {}
            List<Version> versions = home.account().history().past().versions(place.folder(), place.path());
            return session.answer(Answer.of(new All(place.folder(), place.path(), versions), out -> {
                table(versions).print(out);
                out.println("Print one: stratobox cat PATH --version ID. Put it in place: stratobox revert PATH"
                        + " --version ID");
            }));
        });
    }

    private Table table(List<Version> versions) {
        Table table = new Table("VERSION", "WRITTEN", "SIZE", "DEVICE", "PATH");
        versions.forEach(v -> table.row(v.id(), session.time(v.writtenMillis()),
                v.kind() == Kind.FILE ? Figures.size(v.size()) : TakenBack.word(v.kind()).strip(), v.device(),
                v.path()));
        return table;
    }
}
