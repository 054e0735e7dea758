package org.stratobox.sync.api;

import java.io.Serial;

/// Why the engine did not do what it was asked. The message is a sentence for the user: what happened, whether the data
/// is safe, what to do. It may name a path or an address that the user gave; it never holds a word or a key, and it is not
/// written to a log.
public final class StratoboxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// What went wrong, for callers that must react differently; the command line maps each to an exit code.
    public enum Reason {
        /// The request makes no sense: a wrong address, a folder that is not there, a home that exists already.
        USAGE,
        /// Something failed; nothing was lost.
        FAILED,
        /// Another process uses this home.
        HOME_IN_USE,
        /// The phrase or the passphrase is wrong.
        WRONG_SECRET,
        /// No node, or too few nodes, could be reached.
        NO_NODE,
        /// A brake stopped the work before it did harm.
        BRAKE,
        /// The user or the system asked to stop.
        CANCELLED
    }

    private final Reason reason;

    /// @param reason what went wrong
    /// @param message a sentence for the user
    public StratoboxException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// @param reason what went wrong
    /// @param message a sentence for the user
    /// @param cause the failure below
    public StratoboxException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// @return what went wrong
    public Reason reason() {
        return reason;
    }
}
