package org.stratobox.sync.index;

import java.util.List;

import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// Paths that the user does not want on this disk (`sync-disk.md` 2.6). A path stands for everything below it. The file of
/// the index shows no names.
public interface SelectionTable {
    /// Marks a path. On the disk of the index when this returns, also after a power cut: the mark has to be there before the
    /// file leaves the disk, so that a crash between the two does not look like a deletion.
    ///
    /// @param folder a folder of the account
    /// @param path below its root
    /// @throws IndexException if the index cannot be used
    void add(FolderId folder, RelativePath path) throws IndexException;

    /// @param folder a folder of the account
    /// @param path exactly that path
    /// @throws IndexException if the index cannot be used
    void remove(FolderId folder, RelativePath path) throws IndexException;

    /// @param folder a folder of the account
    /// @return every marked path, sorted
    /// @throws IndexException if the index cannot be used
    List<RelativePath> all(FolderId folder) throws IndexException;

    /// @param folder a folder of the account that is not synced here any more
    /// @throws IndexException if the index cannot be used
    void forget(FolderId folder) throws IndexException;
}
