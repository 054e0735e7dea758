package org.stratobox.sync.watch;

import java.util.Optional;

/// How watching a folder goes.
public sealed interface WatchState {
    /// Directories are being counted and told to the system.
    record Starting() implements WatchState {}

    /// Changes are seen.
    ///
    /// @param directories there were at the start
    /// @param notice for the user, if the limit of the system is near, or reached: then some directories are not seen
    record Watching(long directories, Optional<WatchNotice> notice) implements WatchState {}

    /// @return whether all changes are seen, as far as the system can promise that
    default boolean isComplete() {
        return this instanceof Watching(long _, Optional<WatchNotice> notice)
                && notice.filter(n -> n.kind() == WatchNotice.Kind.LIMIT_REACHED).isEmpty();
    }

    /// Changes are not seen and are found by scans only. Worth another try after an hour.
    ///
    /// @param notice for the user: why
    record Off(WatchNotice notice) implements WatchState {}
}
