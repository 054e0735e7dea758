package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.sync.api.History;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes a pass back.
@Command(name = "undo", mixinStandardHelpOptions = true, description = "Take back what happened at once, everywhere. What was changed since stays as it is.")
final class UndoCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--plan", order = 1, description = "Only show what it would do.")
    private boolean planOnly;

    @Parameters(paramLabel = "PASS", description = "Its number, as shown by: stratobox log")
    private long pass;

    UndoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            History history = home.account().history();
            if (planOnly) {
                return TakenBack.answer(session, history.planUndo(pass), "There is nothing to take back.",
                        "Nothing was changed. It would become");
            }
            try (ProgressLine progress = session.progress()) {
                History.TakeBack back = history.undo(pass, progress);
                progress.erase();
                home.wake();
                return TakenBack.answer(session, back, "There was nothing to take back.",
                        "Taken back. Undoing this is possible, too (stratobox log)");
            }
        });
    }
}
