package org.stratobox.sync.pace;

/// Asks the system what the computer lives on. Thread-safe; cheap enough for once a minute; never fails.
@FunctionalInterface
public interface PowerState {
    /// Nothing can be told.
    PowerState UNKNOWN = () -> Power.UNKNOWN;

    /// @return as it is now
    Power now();
}
