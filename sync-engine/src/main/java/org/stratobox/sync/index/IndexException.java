package org.stratobox.sync.index;

import java.io.Serial;

/// The index could not be read or written. User data is not in it, so nothing is lost; a damaged index is rebuilt.
public final class IndexException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Reason {
        /// The file is damaged, foreign or of a newer version: set it aside and rebuild.
        UNUSABLE,
        /// No room on the disk of the home.
        DISK_FULL,
        /// Another process holds the index.
        BUSY,
        /// Anything else.
        FAILED
    }

    private final Reason reason;

    /// @param reason what went wrong
    /// @param message for the log
    /// @param cause the failure below
    public IndexException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// @param reason what went wrong
    /// @param message for the log
    public IndexException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// @return what went wrong
    public Reason reason() {
        return reason;
    }
}
