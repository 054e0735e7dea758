package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Selection.Freed;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes files off this disk.
@Command(name = "free", mixinStandardHelpOptions = true, description = "Take files off this disk, once the nodes have proven to hold them. They stay on the nodes and on other devices.")
final class FreeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PATH", description = Places.HELP)
    private String path = "";

    FreeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            Places.Place place = Places.of(session, home).of(path);
            try (ProgressLine progress = session.progress()) {
                Freed freed = home.account().selection().freeUp(place.folder(), place.path(), progress);
                progress.erase();
                return session.answer(freed.left().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL,
                        Answer.of(freed, out -> {
                            out.println("Freed " + Figures.size(freed.bytes()) + " of this disk ("
                                    + Figures.count(freed.files(), "file")
                                    + "). Get them again with: stratobox keep PATH");
                            if (!freed.left().isEmpty()) {
                                out.println("Still here:");
                                Problems.human(freed.left(), out);
                            }
                        }));
            }
        });
    }
}
