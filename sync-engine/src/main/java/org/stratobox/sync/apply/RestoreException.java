package org.stratobox.sync.apply;

import java.io.Serial;

/// Nothing more can be written. What is complete stays under its names. Messages are sentences for the user without paths.
public final class RestoreException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Reason {
        /// The target is no directory, or nothing can be written to it.
        TARGET_UNUSABLE,
        /// The disk of the target has no room left.
        DISK_FULL
    }

    private final Reason reason;

    /// @param reason what went wrong
    /// @param message a sentence
    public RestoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// @param reason what went wrong
    /// @param message a sentence
    /// @param cause the failure below
    public RestoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// @return what went wrong
    public Reason reason() {
        return reason;
    }
}
