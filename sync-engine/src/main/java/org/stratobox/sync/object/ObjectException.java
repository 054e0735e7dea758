package org.stratobox.sync.object;

import java.io.Serial;

/// Bytes that are not a valid object. The message names the rule that was broken and never the data.
public final class ObjectException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// Which kind of rule was broken.
    public enum Reason {
        /// The bytes end too early, go on too long, or are not CBOR that version 1 uses (floats, tags, indefinite lengths).
        MALFORMED,
        /// The same value has a shorter or better ordered form.
        NOT_CANONICAL,
        /// More bytes, elements or levels than the format allows.
        TOO_LARGE,
        /// A key below 64 that this version does not know.
        UNKNOWN_KEY,
        /// A key that must be there is not.
        MISSING_KEY,
        /// A number, name or other value outside its range.
        BAD_VALUE,
        /// Parts that are right alone do not fit each other: lengths that do not add up, an entry in the wrong bucket.
        INCONSISTENT
    }

    private final Reason reason;

    /// @param reason which kind of rule was broken
    /// @param message for the log, in English, without data
    public ObjectException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// @return which kind of rule was broken
    public Reason reason() {
        return reason;
    }
}
