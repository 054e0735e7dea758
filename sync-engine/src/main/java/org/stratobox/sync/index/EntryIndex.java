package org.stratobox.sync.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.object.TreeEntry;

/// The entries of the synced folders as this device last stored them: the *base* of `sync.md` 2. Directories are rows that
/// other rows name as their parent; a directory is *dirty* from a change below it until its tree object is sealed anew.
///
/// Calls belong inside [SyncIndex#transact] when they write; readers see the state of the last commit or of their own
/// transaction.
public interface EntryIndex {
    /// @param folder a folder of the account
    /// @return the row of its root directory, made if absent
    /// @throws IndexException if the index cannot be used
    long root(FolderId folder) throws IndexException;

    /// @param name as on disk, NFC
    /// @return its look-up key
    NameTag tag(String name);

    /// @param directory row of a directory
    /// @return its children with their evidence, tombstones included, without opening sealed values
    /// @throws IndexException if the index cannot be used
    Map<NameTag, Row> children(long directory) throws IndexException;

    /// @param row of an entry
    /// @return the entry with its name
    /// @throws IndexException if there is none or the index cannot be used
    TreeEntry load(long row) throws IndexException;

    /// @param directory row of a directory
    /// @return its children, sorted by the bytes of their names as a tree object wants them
    /// @throws IndexException if the index cannot be used
    List<TreeEntry> loadChildren(long directory) throws IndexException;

    /// Inserts or replaces an entry and marks the directories above it dirty. A directory that is replaced keeps its row
    /// and its children.
    ///
    /// @param directory row of the parent
    /// @param entry with its name; the subtree of a directory is ignored
    /// @param evidence of what was read
    /// @return the row
    /// @throws IndexException if the index cannot be used
    long put(long directory, TreeEntry entry, Evidence evidence) throws IndexException;

    /// Replaces the evidence of an entry whose content is unchanged.
    ///
    /// @param row of the entry
    /// @param evidence of what was read
    /// @throws IndexException if the index cannot be used
    void touch(long row, Evidence evidence) throws IndexException;

    /// @param directory row of a directory
    /// @return rows directly below it that have something below themselves and are dirty
    /// @throws IndexException if the index cannot be used
    List<Long> dirtyChildren(long directory) throws IndexException;

    /// @param directory row of a directory
    /// @return the capability of its tree object, or empty while it is dirty
    /// @throws IndexException if the index cannot be used
    Optional<Capability> subtree(long directory) throws IndexException;

    /// Marks a directory clean.
    ///
    /// @param directory row of a directory, none of whose child directories is dirty
    /// @param tree capability of its tree object
    /// @throws IndexException if the index cannot be used
    void setSubtree(long directory, Capability tree) throws IndexException;

    /// Marks every directory dirty, for when it is not certain that the tree objects of clean ones were stored.
    ///
    /// @throws IndexException if the index cannot be used
    void markAllDirty() throws IndexException;

    /// @param folder a folder of the account
    /// @return number of live entries that are not directories, and the sum of their sizes
    /// @throws IndexException if the index cannot be used
    Totals totals(FolderId folder) throws IndexException;

    /// Forgets a folder's rows; the mesh keeps what it has.
    ///
    /// @param folder a folder of the account
    /// @throws IndexException if the index cannot be used
    void forget(FolderId folder) throws IndexException;

    /// A row without its sealed value.
    ///
    /// @param id of the row
    /// @param kind of the entry
    /// @param evidence of what was last read
    record Row(long id, EntryKind kind, Evidence evidence) {}

    /// Sums over a folder.
    ///
    /// @param entries live files and symbolic links
    /// @param bytes sum of their sizes
    record Totals(long entries, long bytes) {}
}
