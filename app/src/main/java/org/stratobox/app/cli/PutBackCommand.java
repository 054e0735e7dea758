package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Undoes a held change.
@Command(name = "put-back", mixinStandardHelpOptions = true, description = "Undo deletions that were held back: everything is put back to where it was.")
final class PutBackCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "As shown by: stratobox held")
    private String id = "";

    PutBackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            home.account().brakes().putBack(id);
            home.wake();
            return session.answer(Answer.sentence("Everything of it is put back. " + home.next() + "."));
        });
    }
}
