package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Wants files on this disk again.
@Command(name = "keep", mixinStandardHelpOptions = true, description = "Have files on this disk again that were taken off it.")
final class KeepCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PATH", description = Places.HELP)
    private String path = "";

    KeepCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            Places.Place place = Places.of(session, home).of(path);
            home.account().selection().keepHere(place.folder(), place.path());
            home.wake();
            return session.answer(Answer.sentence(place + " is kept on this disk. " + home.next() + "."));
        });
    }
}
