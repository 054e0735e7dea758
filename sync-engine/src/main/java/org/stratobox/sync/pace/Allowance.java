package org.stratobox.sync.pace;

import java.util.OptionalLong;

/// How much may be done.
public sealed interface Allowance {
    /// @return everything
    static Allowance free() {
        return new Limited(OptionalLong.empty(), OptionalLong.empty());
    }

    /// Work goes on.
    ///
    /// @param up bytes per second that may be sent, at least 1, or empty for no limit
    /// @param down bytes per second that may be received, at least 1, or empty for no limit
    record Limited(OptionalLong up, OptionalLong down) implements Allowance {
        /// Checks the rates.
        public Limited {
            if (up.orElse(1) < 1 || down.orElse(1) < 1) {
                throw new IllegalArgumentException("a rate is at least one byte per second; to stop, pause");
            }
        }
    }

    /// Nothing is scanned, hashed, sent or received.
    record Paused() implements Allowance {}

    /// @param other another wish
    /// @return what both allow
    default Allowance and(Allowance other) {
        if (this instanceof Limited(OptionalLong up, OptionalLong down)
                && other instanceof Limited(OptionalLong otherUp, OptionalLong otherDown)) {
            return new Limited(lower(up, otherUp), lower(down, otherDown));
        }
        return new Paused();
    }

    private static OptionalLong lower(OptionalLong left, OptionalLong right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        return OptionalLong.of(Math.min(left.getAsLong(), right.getAsLong()));
    }
}
