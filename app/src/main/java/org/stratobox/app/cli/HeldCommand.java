package org.stratobox.app.cli;

import java.util.List;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Brakes.HeldChange;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;

/// What waits for the user because it would delete much.
@Command(name = "held", mixinStandardHelpOptions = true, description = "List deletions that wait for your word because they are many; exit 7 if there are any.")
final class HeldCommand implements Callable<Integer> {
    private final Session session;

    HeldCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        record Waiting(List<HeldChange> held) {}
        return session.withHome(home -> {
            List<HeldChange> held = home.account().brakes().held();
            return session.answer(held.isEmpty() ? ExitCode.DONE : ExitCode.BRAKE,
                    Answer.of(new Waiting(held), out -> {
                        if (held.isEmpty()) {
                            out.println("Nothing is held back.");
                        }
                        Holding.human(held, out);
                    }));
        });
    }
}
