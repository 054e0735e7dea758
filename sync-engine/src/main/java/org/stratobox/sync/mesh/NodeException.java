package org.stratobox.sync.mesh;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/// Why a node did not do what it was asked. Messages are for the log and hold neither credentials nor user data.
public abstract sealed class NodeException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private NodeException(String message, Throwable cause) {
        super(message, cause);
    }

    private NodeException(String message) {
        super(message);
    }

    /// @return whether the same request may succeed later without anybody changing anything
    public boolean isTransient() {
        return false;
    }

    /// The node says, reliably, that it does not hold the object.
    public static final class NotFound extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param message for the log
        public NotFound(String message) {
            super(message);
        }
    }

    /// The node will not do it for us: credentials, permissions, append-only. Repeating does not help.
    public static final class Refused extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param message for the log
        public Refused(String message) {
            super(message);
        }
    }

    /// No room: disk full, quota, object too large for what is left.
    public static final class Full extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param message for the log
        public Full(String message) {
            super(message);
        }
    }

    /// Too many requests; come back later.
    public static final class Throttled extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;
        private final transient Optional<Duration> retryAfter;

        /// @param message for the log
        /// @param retryAfter how long the node asks us to wait, if it said so
        public Throttled(String message, Optional<Duration> retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        /// @return how long the node asks us to wait, if it said so
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /// No answer, or an answer that only says "not now": connection refused or lost, time-out, 5xx.
    public static final class Unreachable extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param message for the log
        public Unreachable(String message) {
            super(message);
        }

        /// @param message for the log
        /// @param cause the failure below
        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /// The node answered with something that cannot be right: wrong length, a page of HTML, bytes that do not fit
    /// their name. Its word is not to be trusted for this object.
    public static final class Corrupt extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param message for the log
        public Corrupt(String message) {
            super(message);
        }
    }

    /// The place holds something that is not a Stratobox node, or an unknown format version.
    public static final class Foreign extends NodeException {
        @Serial
        private static final long serialVersionUID = 1L;

        /// @param message for the log
        public Foreign(String message) {
            super(message);
        }
    }
}
