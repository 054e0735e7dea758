package org.stratobox.crypto;

import java.io.Serial;

/// Anything that keys, phrases or sealed objects can be wrong about. The message is for a log: it never holds a key,
/// a word, a name or a path.
public final class CryptoException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// What went wrong, for callers that must react differently.
    public enum Reason {
        /// Bytes are not a sealed object of ours: length, magic, version, suite or reserved fields.
        MALFORMED,
        /// The bytes are not the ones the content id names.
        WRONG_CID,
        /// The key commitment differs: not ours, another type, or another key.
        WRONG_KEY,
        /// The authentication tag or the padding is wrong: somebody changed the bytes.
        TAMPERED,
        /// A phrase, a password or a parameter is not acceptable.
        REJECTED,
        /// A signature does not verify.
        BAD_SIGNATURE
    }

    private final Reason reason;

    /// @param reason what went wrong
    /// @param message for the log, in English, without secrets
    public CryptoException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// @param reason what went wrong
    /// @param message for the log, in English, without secrets
    /// @param cause the failure below
    public CryptoException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// @return what went wrong
    public Reason reason() {
        return reason;
    }
}
