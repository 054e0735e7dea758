package org.stratobox.sync.localfs;

import java.nio.file.Path;

/// Whether a file is being written by somebody. Thread-safe.
@FunctionalInterface
public interface OpenWriters {
    /// Never able to tell.
    OpenWriters UNKNOWN = _ -> Answer.UNKNOWN;

    /// @param file a regular file, looked at a moment ago
    /// @return whether anybody has it open for writing; never blocks and never fails
    Answer ask(Path file);

    /// What the system says.
    enum Answer {
        /// Nobody has it open for writing.
        NONE,
        /// Somebody has it open for writing.
        SOME,
        /// It cannot be told here.
        UNKNOWN
    }
}
