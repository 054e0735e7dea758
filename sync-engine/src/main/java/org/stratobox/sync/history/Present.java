package org.stratobox.sync.history;

import java.util.List;
import java.util.Optional;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// A folder as it is on this device now, for deciding what can be taken back.
public interface Present {
    /// @param path below the root
    /// @return its merged state, a tombstone included; empty if nothing is known of it
    /// @throws IndexException if the index cannot be used
    Optional<Entry> at(RelativePath path) throws IndexException;

    /// @param path below the root
    /// @return whether this disk has that very state, as far as is known
    /// @throws IndexException if the index cannot be used
    boolean isSettled(RelativePath path) throws IndexException;

    /// @param path below the root
    /// @return everything live below it
    /// @throws IndexException if the index cannot be used
    List<RelativePath> liveBelow(RelativePath path) throws IndexException;
}
