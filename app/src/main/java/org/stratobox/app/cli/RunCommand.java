package org.stratobox.app.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.stratobox.app.control.ControlClient;
import org.stratobox.app.control.ControlServer;
import org.stratobox.app.control.Served;
import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Keeps everything in sync until the process is told to stop.
@Command(name = "run", mixinStandardHelpOptions = true, description = "Keep everything in sync until stopped with Ctrl-C or by systemd. Other commands work meanwhile.")
final class RunCommand implements Callable<Integer> {
    private static final int TRIES = 120;
    private static final int TRY_EVERY_MILLIS = 500;

    private final Session session;

    @Option(names = {"-v",
        "--verbose"}, order = 1, description = "Say what happens also where no person watches. Names of files appear in it.")
    private boolean verbose;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        RunLines lines = new RunLines(session, verbose || session.screen().terminal());
        try (Account account = open()) {
            try (Running running = account.run(lines)) {
                lines.follow(running);
                untilStopped(account, running);
            }
        } catch (InterruptedException _) {
            // the one way it ends: told to stop, and everything is closed
        } catch (StratoboxException e) {
            if (e.reason() != Reason.CANCELLED) {
                throw e;
            }
        }
        if (verbose || session.screen().terminal()) {
            session.screen().err().println("Stopped. It goes on from here next time.");
        }
        return ExitCode.DONE.number();
    }

    private void untilStopped(Account account, Running running) throws InterruptedException {
        try (ControlServer _ = ControlServer.open(session.home(), session.machine().runtime(),
                new Served(account, running, session::unexpected), session.surroundings().workers())) {
            new CountDownLatch(1).await();
        } catch (IOException _) {
            session.screen().err().println("Note: other commands cannot talk to this one and will say that the home is "
                    + "in use: its directory must be private to you and allow sockets. Everything is synced nevertheless.");
            new CountDownLatch(1).await();
        }
    }

    /// A short command may hold the home just now; a service must not fail because of that.
    private Account open() throws StratoboxException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            Optional<ControlClient.Remote> other = ControlClient.connect(session.home());
            if (other.isPresent()) {
                other.get().account().close();
                throw new StratoboxException(Reason.HOME_IN_USE,
                        "Stratobox is running already with this home. Nothing was changed.");
            }
            try {
                return session.unlock();
            } catch (StratoboxException e) {
                if (e.reason() != Reason.HOME_IN_USE || attempt == TRIES) {
                    throw e;
                }
                new CountDownLatch(1).await(TRY_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
