package org.stratobox.sync.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.TreeEntry;

/// The entries of the synced folders, each path with two sides (`sync.md` 2): its *state*, the merged entry that this
/// device publishes, and its *base*, what this device's disk had when it last touched the path. They are nearly always the
/// same. Directories are rows that other rows name as their parent; a directory is *dirty* from a change of state below it
/// until its tree object is sealed anew.
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
    /// @return both sides of it
    /// @throws IndexException if there is none or the index cannot be used
    Known known(long row) throws IndexException;

    /// @param directory row of a directory
    /// @param name as on disk, NFC
    /// @return what is known of it, if anything
    /// @throws IndexException if the index cannot be used
    Optional<Known> find(long directory, String name) throws IndexException;

    /// @param folder a folder of the account
    /// @param path below its root, or the root
    /// @return its row, if there is one
    /// @throws IndexException if the index cannot be used
    Optional<Long> locate(FolderId folder, RelativePath path) throws IndexException;

    /// @param row of an entry
    /// @return its path from the root of its folder
    /// @throws IndexException if there is none or the index cannot be used
    RelativePath path(long row) throws IndexException;

    /// @param directory row of a directory
    /// @return the state of its children, sorted by the bytes of their names as a tree object wants them; names of which
    ///         nothing is known to any other device are left out
    /// @throws IndexException if the index cannot be used
    List<TreeEntry> loadChildren(long directory) throws IndexException;

    /// Inserts or replaces an entry on both sides and marks the directories above it dirty. A directory that is replaced
    /// keeps its row and its children.
    ///
    /// @param directory row of the parent
    /// @param entry with its name; the subtree of a directory is ignored
    /// @param evidence of what was read
    /// @return the row
    /// @throws IndexException if the index cannot be used
    long put(long directory, TreeEntry entry, Evidence evidence) throws IndexException;

    /// Inserts or replaces the state of a path; its base stays what it was. Marks the directories above it dirty.
    ///
    /// @param directory row of the parent
    /// @param name of the entry
    /// @param state the merged entry
    /// @return the row
    /// @throws IndexException if the index cannot be used
    long putState(long directory, String name, Entry state) throws IndexException;

    /// Replaces the base of a path: what the disk has now. Its state stays.
    ///
    /// @param row of the entry
    /// @param base what the disk has, a tombstone for nothing; empty if it never had anything
    /// @param evidence of it
    /// @throws IndexException if the index cannot be used
    void putBase(long row, Optional<Entry> base, Evidence evidence) throws IndexException;

    /// Gives a settled entry the id of the file it turned out to be, before its version was published.
    ///
    /// @param row of the entry
    /// @param fileId of the file that was moved here
    /// @throws IndexException if the index cannot be used
    void replaceFileId(long row, FileId fileId) throws IndexException;

    /// A row for a path of which nothing else is known, so that there can be rows below it.
    ///
    /// @param directory row of the parent
    /// @param name of the entry
    /// @return its row, made if absent
    /// @throws IndexException if the index cannot be used
    long ensure(long directory, String name) throws IndexException;

    /// @param folder a folder of the account
    /// @param visitor takes every path whose base is not its state; parents before what is in them
    /// @throws IndexException if the index cannot be used
    void forEachDifference(FolderId folder, DifferenceVisitor visitor) throws IndexException;

    /// @param row of a path
    /// @return kind of its state; a tombstone where nothing is or nothing is known
    /// @throws IndexException if there is none or the index cannot be used
    EntryKind stateKind(long row) throws IndexException;

    /// @param row of a path
    /// @return whether the state has something live below it
    /// @throws IndexException if the index cannot be used
    boolean hasLiveBelow(long row) throws IndexException;

    /// @param row of a path
    /// @return paths of everything live in the state below it
    /// @throws IndexException if the index cannot be used
    List<RelativePath> liveBelow(long row) throws IndexException;

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
    /// @return number of files and links on this disk, and the sum of their sizes
    /// @throws IndexException if the index cannot be used
    Totals totals(FolderId folder) throws IndexException;

    /// Forgets a folder's rows; the mesh keeps what it has.
    ///
    /// @param folder a folder of the account
    /// @throws IndexException if the index cannot be used
    void forget(FolderId folder) throws IndexException;

    /// A row without its sealed values.
    ///
    /// @param id of the row
    /// @param kind of the base: a tombstone if nothing is on the disk
    /// @param evidence of what was last read
    record Row(long id, EntryKind kind, Evidence evidence) {}

    /// Both sides of a path.
    ///
    /// @param row of the path
    /// @param name last component of the path
    /// @param base what the disk had, a tombstone for nothing; empty if it never had anything
    /// @param evidence of the base
    /// @param state the merged entry; empty if no device knows one
    record Known(long row, String name, Optional<Entry> base, Evidence evidence, Optional<Entry> state) {
        /// @return whether both sides are the same
        public boolean isSettled() {
            return base.equals(state);
        }
    }

    /// Takes paths whose two sides differ.
    @FunctionalInterface
    interface DifferenceVisitor {
        /// @param path from the root of the folder
        /// @param known both sides
        /// @throws IndexException to stop
        void visit(RelativePath path, Known known) throws IndexException;
    }

    /// Sums over a folder.
    ///
    /// @param entries live files and symbolic links
    /// @param bytes sum of their sizes
    record Totals(long entries, long bytes) {}
}
