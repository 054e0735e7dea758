package org.stratobox.sync.history;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// What a folder holds in one state of the account.
public interface FolderContents {
    /// Visits what is at or below some paths, a directory always before what is in it.
    ///
    /// @param paths what is wanted; the root for everything
    /// @param visitor takes every live entry there
    /// @param <X> how the visitor may fail
    /// @return the paths at which there is nothing
    /// @throws X as the visitor does
    /// @throws HistoryException if a part of the state cannot be had and the visitor does not go on
    /// @throws InterruptedException if the thread is interrupted
    <X extends Exception> List<RelativePath> forEach(Collection<RelativePath> paths, EntryVisitor<X> visitor)
            throws X, HistoryException, InterruptedException;

    /// @param path of anything but the root
    /// @return the live entry there
    /// @throws HistoryException if a part of the state on the way to it cannot be had
    /// @throws InterruptedException if the thread is interrupted
    Optional<Entry> find(RelativePath path) throws HistoryException, InterruptedException;
}
