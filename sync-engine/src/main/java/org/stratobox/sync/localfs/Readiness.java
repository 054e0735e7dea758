package org.stratobox.sync.localfs;

import java.time.Duration;

/// Whether a file may be read now (`sync.md` 3, "still being written").
public sealed interface Readiness {
    /// It may.
    ///
    /// @param basis why; of a [Basis#SNAPSHOT] the reader takes what he gets if the file did not change under his eyes
    record Ready(Basis basis) implements Readiness {}

    /// Not yet.
    ///
    /// @param time how long from now
    /// @param reason why
    record Wait(Duration time, Reason reason) implements Readiness {}

    /// Why a file may be read.
    enum Basis {
        /// It was left alone long enough.
        RESTED,
        /// Nobody has it open for writing.
        CLOSED,
        /// It was waited for long enough; it may never rest.
        SNAPSHOT
    }

    /// Why a file has to wait.
    enum Reason {
        /// Somebody has it open for writing.
        OPEN,
        /// It was touched a moment ago, and nobody can tell whether it is complete.
        FRESH,
        /// It was emptied a moment ago, as programs do before they write.
        EMPTIED
    }
}
