package org.stratobox.sync.index;

import java.util.Collection;
import java.util.List;

import org.stratobox.sync.model.FolderId;

/// The journal of changes to users' disks. Rows are added in a transaction that is on the disk before the first of them is
/// carried out ([SyncIndex#transactDurably]), and removed in the one that writes the new base.
public interface IntentTable {
    /// @param folder whose disk
    /// @param intent about to be carried out
    /// @return the row
    /// @throws IndexException if the index cannot be used
    long add(FolderId folder, Intent intent) throws IndexException;

    /// @param folder whose disk
    /// @return what is not known to be done, in the order it was added
    /// @throws IndexException if the index cannot be used
    List<Intent.Open> open(FolderId folder) throws IndexException;

    /// @param rows done, or known not to have begun
    /// @throws IndexException if the index cannot be used
    void remove(Collection<Long> rows) throws IndexException;
}
