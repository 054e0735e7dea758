package org.stratobox.sync.history;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// Takes the entries of a folder, one after the other.
///
/// @param <X> how it may fail
@FunctionalInterface
public interface EntryVisitor<X extends Exception> {
    /// @param path where it is
    /// @param entry what is there; a tombstone only from those who say so
    /// @throws X to stop
    /// @throws HistoryException to stop
    /// @throws InterruptedException if the thread is interrupted
    void visit(RelativePath path, Entry entry) throws X, HistoryException, InterruptedException;

    /// Told that a directory's list of entries, or a part of it, cannot be had. The others are visited nevertheless, unless
    /// this throws; by default it does.
    ///
    /// @param directory whose entries are missing
    /// @param why they cannot be had
    /// @throws X to stop
    /// @throws HistoryException to stop
    /// @throws InterruptedException if the thread is interrupted
    default void unreadable(RelativePath directory, HistoryException why)
            throws X, HistoryException, InterruptedException {
        throw why;
    }
}
