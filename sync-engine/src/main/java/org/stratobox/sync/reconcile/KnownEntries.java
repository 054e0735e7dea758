package org.stratobox.sync.reconcile;

import java.util.Optional;
import java.util.function.Predicate;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// The part of a folder's state that a join asks about, wherever it is kept. In it no live entry is below a live file.
///
/// @param <X> how asking can fail
public interface KnownEntries<X extends Exception> {
    /// @param path a path
    /// @return its entry, tombstones included
    /// @throws X if it cannot be told
    Optional<Entry> get(RelativePath path) throws X;

    /// @param path a path
    /// @param counts which paths matter
    /// @return whether something live is below that path, among those that matter
    /// @throws X if it cannot be told
    boolean anyLiveBelow(RelativePath path, Predicate<RelativePath> counts) throws X;
}
