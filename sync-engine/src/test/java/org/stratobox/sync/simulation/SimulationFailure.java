package org.stratobox.sync.simulation;

import java.io.Serial;

/// Something happened that must never happen.
final class SimulationFailure extends AssertionError {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param invariant which rule, by its number in `sync.md` 6
    /// @param what happened
    SimulationFailure(String invariant, String what) {
        super(invariant + ": " + what);
    }

    SimulationFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
