package org.stratobox.app.control;

import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Running;

/// What a process that holds a home offers to the others.
///
/// @param account open, closed after the server
/// @param running keeps it in sync, closed after the server
/// @param faults told what should not have happened
public record Served(Account account, Running running, Faults faults) {
    /// Who is told of what should not have happened.
    @FunctionalInterface
    public interface Faults {
        /// @param fault anything thrown
        /// @return a sentence without names for the user
        String tell(Throwable fault);
    }
}
