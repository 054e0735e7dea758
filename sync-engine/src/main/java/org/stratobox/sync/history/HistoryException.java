package org.stratobox.sync.history;

import java.io.Serial;

import org.stratobox.crypto.CryptoException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.pack.PackException;

/// Why an object of the account could not be had. Messages are for the log and name neither files nor keys.
public sealed class HistoryException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private HistoryException(String message) {
        super(message);
    }

    private HistoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The index names no pack that holds the object: an index object was not read yet or is lost.
    public static final class Unknown extends HistoryException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// Says so.
        public Unknown() {
            super("no pack is known to hold the object");
        }
    }

    /// Too few nodes give right bytes now. It never means that they are gone for good.
    public static final class Unreadable extends HistoryException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param cause what the nodes answered
        public Unreadable(PackException cause) {
            super("the nodes do not give the object now", cause);
        }

        /// @param message what was wrong with what the nodes gave
        public Unreadable(String message) {
            super(message);
        }
    }

    /// The bytes are the ones that were asked for and still are not what they should be. No other copy helps.
    public static final class Damaged extends HistoryException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param cause it does not open
        public Damaged(CryptoException cause) {
            super("the object does not open", cause);
        }

        /// @param cause it opens and is not a valid object
        public Damaged(ObjectException cause) {
            super("the object is not valid", cause);
        }

        /// @param message which rule is broken
        public Damaged(String message) {
            super(message);
        }
    }

    /// The local index failed; the mesh was not asked.
    public static final class IndexFailed extends HistoryException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final IndexException index;

        /// @param cause the failure below
        public IndexFailed(IndexException cause) {
            super("the local index failed", cause);
            index = cause;
        }

        /// @return the failure below
        public IndexException index() {
            return index;
        }
    }
}
