package org.stratobox.sync.merge;

import java.util.Optional;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// Is told of every change of a folder's state, inside the transaction that makes it.
@FunctionalInterface
public interface StateChanges {
    /// Nobody wants to know.
    StateChanges IGNORED = (_, _, _) -> {};

    /// @param path from the root of the folder
    /// @param before what its state was; empty if nothing was known of it
    /// @param after what it is now
    /// @throws IndexException to roll back
    void changed(RelativePath path, Optional<Entry> before, Optional<Entry> after) throws IndexException;
}
