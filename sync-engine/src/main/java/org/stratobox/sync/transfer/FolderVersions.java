package org.stratobox.sync.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.merge.StateTable;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.reconcile.Difference;

/// Records the versions that one pass makes in one folder, and finds out which of them were moves: a path that vanished and
/// one that appeared in the same pass with the same content (`sync.md` 1, moves). Thread-safe; calls that write belong
/// inside a transaction.
final class FolderVersions {
    /// More new files than this in one pass are not looked at for moves; they are stored once anyway.
    private static final int MOST_CREATED = 200_000;

    private final StateTable state;
    private final Author author;
    /// Content -> what appeared with it. Guarded by this.
    private final Map<Digest256, List<Appeared>> created = new HashMap<>();
    private int createdCount;
    /// Guarded by this.
    private final List<Late> inPlaceOfDirectories = new ArrayList<>();

    private record Late(Found found, Entry version, Evidence evidence) {}

    /// Where a version was found.
    ///
    /// @param directory row of the parent
    /// @param name of the entry
    /// @param appeared whether nothing was there before
    record Found(long directory, String name, boolean appeared) {}

    /// @param inode 0 where the system has none
    private record Appeared(long row, long inode) {}

    FolderVersions(StateTable state, Author author) {
        this.state = state;
        this.author = author;
    }

    EntryIndex entries() {
        return state.entries();
    }

    /// @return the row, or 0 if it has none yet
    long record(Found found, Entry version, Evidence evidence) throws IndexException {
        if (version.kind() != EntryKind.DIRECTORY && holdsSomething(found)) {
            synchronized (this) {
                inPlaceOfDirectories.add(new Late(found, version, evidence));
            }
            return 0;
        }
        long row = state.record(found.directory, found.name, version, evidence);
        if (found.appeared && version.kind() == EntryKind.FILE) {
            appeared(row, version, evidence);
        }
        return row;
    }

    /// Whether what was in a directory of that name is not recorded as deleted yet: that comes first, and may be held back.
    private boolean holdsSomething(Found found) throws IndexException {
        Optional<Known> known = entries().find(found.directory, found.name);
        return known.isPresent() && known.get().base().filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent()
                && entries().children(known.get().row()).values().stream()
                        .anyMatch(child -> child.kind() != EntryKind.TOMBSTONE);
    }

    /// Records what took the place of directories, after what was in them is recorded as deleted.
    void recordLate() throws IndexException {
        List<Late> late;
        synchronized (this) {
            late = List.copyOf(inPlaceOfDirectories);
            inPlaceOfDirectories.clear();
        }
        for (Late one : late) {
            record(one.found, one.version, one.evidence);
        }
    }

    private synchronized void appeared(long row, Entry version, Evidence evidence) {
        if (createdCount < MOST_CREATED) {
            createdCount++;
            created.computeIfAbsent(version.content().identity(), _ -> new ArrayList<>(1))
                    .add(new Appeared(row, evidence.fileKey()));
        }
    }

    /// Records that a path is gone, with everything below it; each name has an own tombstone.
    ///
    /// @param directory row of the parent
    /// @param gone its row
    /// @return how many entries are gone
    long delete(long directory, Row gone) throws IndexException {
        Known known = entries().known(gone.id());
        long count = 0;
        Optional<Entry> base = known.base().filter(Entry::isLive);
        if (base.isPresent()) {
            Optional<Moved> moved = moved(base.get(), gone.evidence().fileKey());
            state.record(directory, known.name(), author.tombstone(base.get(), moved), Evidence.ABSENT);
            count++;
        }
        for (Row child : entries().children(gone.id()).values()) {
            if (child.kind() != EntryKind.TOMBSTONE) {
                count += delete(gone.id(), child);
            }
        }
        return count;
    }

    /// @param gone row of something that vanished
    /// @return whether the very file, or one that was in the directory, appeared elsewhere: then it is no deletion
    boolean movedAway(Row gone) throws IndexException {
        if (gone.kind() == EntryKind.FILE) {
            Optional<Entry> base = entries().known(gone.id()).base();
            return base.isPresent() && hasAppeared(base.get(), gone.evidence().fileKey());
        }
        for (Row child : entries().children(gone.id()).values()) {
            if (child.kind() != EntryKind.TOMBSTONE && movedAway(child)) {
                return true;
            }
        }
        return false;
    }

    private synchronized boolean hasAppeared(Entry from, long inode) {
        return inode != 0 && created.getOrDefault(from.content().identity(), List.of()).stream()
                .anyMatch(a -> a.inode == inode);
    }

    private Optional<Moved> moved(Entry from, long inode) throws IndexException {
        Optional<Long> row = take(from, inode);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Known to = entries().known(row.get());
        Optional<Entry> there = to.base().filter(e -> to.isSettled() && e.sameContent(from));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        entries().replaceFileId(to.row(), from.fileId());
        return Optional.of(new Moved(entries().path(to.row()), from.version(), from.content().identity()));
    }

    /// The file with the same inode if there is one, else any with the same content; empty files are too many to tell apart
    /// by what is in them.
    private synchronized Optional<Long> take(Entry from, long inode) {
        List<Appeared> same = created.getOrDefault(from.content().identity(), List.of());
        if (from.kind() != EntryKind.FILE || same.isEmpty()) {
            return Optional.empty();
        }
        Optional<Appeared> best = same.stream().filter(a -> inode != 0 && a.inode == inode).findFirst()
                .or(() -> Optional.of(same.getFirst()).filter(_ -> from.size() > 0));
        best.ifPresent(same::remove);
        return best.map(Appeared::row);
    }

    /// @param gone paths that vanished
    /// @return those that did not appear elsewhere
    synchronized List<Difference> withoutMoved(List<Difference> gone) {
        Map<Digest256, Integer> left = new HashMap<>();
        created.forEach((content, places) -> left.put(content, places.size()));
        return gone.stream().filter(d -> {
            Entry was = d.base().orElseThrow();
            boolean elsewhere = was.kind() == EntryKind.FILE && left.getOrDefault(was.content().identity(), 0) > 0;
            if (elsewhere) {
                left.merge(was.content().identity(), -1, Integer::sum);
            }
            return !elsewhere;
        }).toList();
    }
}
