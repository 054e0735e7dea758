package org.stratobox.sync.watch;

import org.stratobox.sync.model.RelativePath;

/// What a watcher says about a folder. Weak evidence: it names places to look at and proves nothing.
public sealed interface Hint {
    /// Something is at this path that was not there before, or differs from before.
    ///
    /// @param path of the entry; its directory is what has to be looked at
    record Touched(RelativePath path) implements Hint {
        @Override
        public String toString() {
            return "Touched";
        }
    }

    /// Nothing is at this path any more, it seems.
    ///
    /// @param path of the entry; its directory is what has to be looked at
    record Gone(RelativePath path) implements Hint {
        @Override
        public String toString() {
            return "Gone";
        }
    }

    /// Hints were lost or may have been: everything has to be looked at.
    ///
    /// @param cause why
    record Everything(Cause cause) implements Hint {}

    /// Why everything has to be looked at.
    enum Cause {
        /// Watching has just begun; what happened before it did was not seen.
        BEGUN,
        /// The watcher lost events, failed or ended.
        DOUBT,
        /// More directories changed than are worth naming.
        MANY,
        /// Somebody asked for it.
        ASKED
    }
}
