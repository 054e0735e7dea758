package org.stratobox.sync.pack;

import java.io.Serial;
import java.util.List;

/// Why a pack or an object could not be stored or read. Messages are for the log.
public sealed class PackException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private PackException(String message) {
        super(message);
    }

    private PackException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Too few nodes took it. Nothing is lost: the caller still has the bytes and may store them again; what was stored
    /// is found present then.
    public static final class NotSafe extends PackException {
        @Serial
        private static final long serialVersionUID = 1L;
        private final int stored;
        private final int needed;
        private final transient List<NodeFailure> failures;

        NotSafe(int stored, int needed, List<NodeFailure> failures) {
            super("stored on " + stored + " places, " + needed + " are needed: " + failures);
            this.stored = stored;
            this.needed = needed;
            this.failures = List.copyOf(failures);
        }

        /// @return on how many places it is
        public int stored() {
            return stored;
        }

        /// @return on how many it has to be
        public int needed() {
            return needed;
        }

        /// @return why the others did not take it
        public List<NodeFailure> failures() {
            return failures;
        }
    }

    /// Too few nodes gave right bytes back **now**; it never means that the bytes are gone for good.
    public static final class Unreadable extends PackException {
        @Serial
        private static final long serialVersionUID = 1L;
        private final transient List<NodeFailure> failures;

        Unreadable(String message, List<NodeFailure> failures) {
            super(message + ": " + failures);
            this.failures = List.copyOf(failures);
        }

        /// @return what the nodes answered
        public List<NodeFailure> failures() {
            return failures;
        }
    }

    /// The bytes are right, that is they fit their name, but they are not a pack of this account or they do not fit
    /// their record.
    public static final class Malformed extends PackException {
        @Serial
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
