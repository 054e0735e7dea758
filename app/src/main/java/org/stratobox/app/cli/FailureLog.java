package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.stratobox.app.error.FailureCode;

/// Where unexpected failures are written down, without names.
@FunctionalInterface
public interface FailureLog {
    /// @param home of this device; nothing is written if it does not exist
    /// @param code what happened
    /// @return the file, if one was written
    Optional<Path> write(Path home, FailureCode code);
}
