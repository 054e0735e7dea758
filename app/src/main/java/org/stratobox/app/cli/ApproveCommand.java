package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lets a held change through.
@Command(name = "approve", aliases = "release", mixinStandardHelpOptions = true, description = "Let deletions that were held back through: they were meant.")
final class ApproveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "As shown by: stratobox held")
    private String id = "";

    ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            home.account().brakes().release(id);
            home.wake();
            return session.answer(Answer.sentence(
                    "Approved. " + home.next() + ". What is deleted stays in the trash for a while."));
        });
    }
}
