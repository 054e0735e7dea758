package org.stratobox.app.error;

import org.stratobox.sync.api.StratoboxException;

/// How a command ended, for scripts (`desktop.md`, "Command line").
public enum ExitCode {
    /// Done and safe.
    DONE(0),
    /// Failed; nothing was lost.
    FAILED(1),
    /// Wrong use: nothing was tried.
    USAGE(2),
    /// Done in part; what was left is named.
    PARTIAL(3),
    /// Another process holds the home.
    HOME_IN_USE(4),
    /// Wrong phrase or passphrase.
    WRONG_SECRET(5),
    /// No node could be reached.
    NO_NODE(6),
    /// A brake stopped the work.
    BRAKE(7),
    /// Stopped by the user: what shells report for Ctrl-C.
    CANCELLED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// @return what the process returns
    public int number() {
        return number;
    }

    /// @param reason of a failure of the engine
    /// @return the exit code that stands for it
    public static ExitCode of(StratoboxException.Reason reason) {
        return switch (reason) {
            case USAGE -> USAGE;
            case FAILED -> FAILED;
            case HOME_IN_USE -> HOME_IN_USE;
            case WRONG_SECRET -> WRONG_SECRET;
            case NO_NODE -> NO_NODE;
            case BRAKE -> BRAKE;
            case CANCELLED -> CANCELLED;
        };
    }
}
