package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StatusReport.NodeState;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The true state of this device, or of one file.
@Command(name = "status", mixinStandardHelpOptions = true, description = "State of each folder and node, or of one file; exit 0 only when everything is up to date and safe.")
final class StatusCommand implements Callable<Integer> {
    private static final int UNSAFE_SHOWN = 20;

    private final Session session;

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "Why is this not synced? " + Places.HELP)
    private @Nullable String path;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            if (path != null) {
                PathStatus status = new PathStatus(session, home.account(), Places.of(session, home).of(path));
                return session.answer(status.isSafe() ? ExitCode.DONE : ExitCode.PARTIAL, status);
            }
            StatusReport report = home.account().status();
            StatusText text = new StatusText(session, report, home.running().map(Running::state), details(home));
            return session.answer(code(report, text), text);
        });
    }

    private StatusText.Details details(Session.OpenHome home) throws StratoboxException {
        Account account = home.account();
        return new StatusText.Details(
                account.settings().pausedUntilMillis().filter(until -> until > session.nowMillis()),
                account.brakes().held(), account.unsafe(UNSAFE_SHOWN));
    }

    private static ExitCode code(StatusReport report, StatusText text) {
        if (!text.details().held().isEmpty()) {
            return ExitCode.BRAKE;
        }
        if (text.isSafe()) {
            return ExitCode.DONE;
        }
        boolean isOffline = report.nodes().stream().noneMatch(NodeState::reachable);
        return isOffline ? ExitCode.NO_NODE : ExitCode.PARTIAL;
    }
}
