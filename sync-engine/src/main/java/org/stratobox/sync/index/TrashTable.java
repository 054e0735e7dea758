package org.stratobox.sync.index;

import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// What was displaced on this disk and is kept (`sync-disk.md` 3.5).
public interface TrashTable {
    /// @param folder whose disk
    /// @param item now in the trash
    /// @return the row
    /// @throws IndexException if the index cannot be used
    long add(FolderId folder, Item item) throws IndexException;

    /// @param folder whose disk
    /// @return all of it, the oldest first
    /// @throws IndexException if the index cannot be used
    List<Kept> all(FolderId folder) throws IndexException;

    /// @param folder whose disk
    /// @param before milliseconds since 1970
    /// @return what was displaced before that and not looked at since ([#setSettled])
    /// @throws IndexException if the index cannot be used
    List<Kept> unsettled(FolderId folder, long before) throws IndexException;

    /// @param row of something that nobody has written to since it was displaced
    /// @throws IndexException if the index cannot be used
    void setSettled(long row) throws IndexException;

    /// @param row of something that is not in the trash any more
    /// @throws IndexException if the index cannot be used
    void remove(long row) throws IndexException;

    /// Something in the trash.
    ///
    /// @param original where it was, from the folder's root
    /// @param place where it is, from the folder's root
    /// @param entry the version it is of; empty if nobody knows
    /// @param identity when it was displaced
    /// @param displacedMillis when that was, milliseconds since 1970
    record Item(RelativePath original, RelativePath place, Optional<Entry> entry, Identity identity,
            long displacedMillis) {}

    /// A row.
    ///
    /// @param row its id
    /// @param item what it is
    record Kept(long row, Item item) {}
}
