package org.stratobox.app.cli;

import java.util.Optional;

/// Asks the person at the terminal for a secret.
@FunctionalInterface
public interface Prompt {
    /// @param question shown before the answer, which is not shown while it is typed
    /// @return the answer, which the caller clears; empty if there is nobody to ask
    Optional<char[]> hidden(String question);
}
