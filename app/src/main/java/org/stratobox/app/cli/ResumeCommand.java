package org.stratobox.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;

/// Ends a pause.
@Command(name = "resume", mixinStandardHelpOptions = true, description = "End a pause.")
final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            SettingsDraft draft = new SettingsDraft(home.account().settings());
            boolean wasPaused = draft.pausedUntilMillis.isPresent();
            draft.pausedUntilMillis = Optional.empty();
            home.account().changeSettings(draft.settings());
            home.wake();
            return session.answer(Answer.sentence((wasPaused ? "The pause is over." : "It was not paused.")
                    + (home.running().isPresent() ? "" : " Nothing runs now; start it with: stratobox run")));
        });
    }
}
