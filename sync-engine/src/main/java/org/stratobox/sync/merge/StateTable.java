package org.stratobox.sync.merge;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.reconcile.KnownEntries;
import org.stratobox.sync.reconcile.StateJoin;

/// The state of one folder as the index holds it. Calls that write belong inside a transaction of the index; thread-safe
/// like the index.
public final class StateTable {
    private final EntryIndex entries;
    private final FolderId folder;
    private final StateJoin join;
    private final StateChanges changes;

    /// @param entries of all folders
    /// @param folder which one
    /// @param join how states meet
    public StateTable(EntryIndex entries, FolderId folder, StateJoin join) {
        this(entries, folder, join, StateChanges.IGNORED);
    }

    /// @param entries of all folders
    /// @param folder which one
    /// @param join how states meet
    /// @param changes is told of every change
    public StateTable(EntryIndex entries, FolderId folder, StateJoin join, StateChanges changes) {
        this.entries = entries;
        this.folder = folder;
        this.join = join;
        this.changes = changes;
    }

    /// @return the rows
    public EntryIndex entries() {
        return entries;
    }

    /// Records what the disk has now as a version of this device: it is the base, and it joins the state.
    ///
    /// @param directory row of the parent
    /// @param name of the entry
    /// @param version made from the base
    /// @param evidence of what was read
    /// @return the row
    /// @throws IndexException if it could not be recorded
    public long record(long directory, String name, Entry version, Evidence evidence) throws IndexException {
        Optional<Known> known = entries.find(directory, name);
        if (isPlain(directory, known, version)) {
            long plain = entries.put(directory, TreeEntry.of(name, version), evidence);
            changes.changed(entries.path(plain), known.flatMap(Known::state), Optional.of(version));
            return plain;
        }
        long row = known.isPresent() ? known.get().row() : entries.ensure(directory, name);
        RelativePath path = entries.path(row);
        entries.putBase(row, Optional.of(version), evidence);
        if (known.isPresent() && isUnseen(known.get(), version)) {
            apply(join.collision(new InIndex(), path, version));
        } else {
            merge(Map.of(path, version));
        }
        return row;
    }

    /// Whether the state holds something of this very device that its disk does not show yet, such as its conflict copy: the
    /// counter of the new version covers it although nobody has seen it.
    private static boolean isUnseen(Known known, Entry version) {
        Optional<Entry> state = known.state().filter(Entry::isLive);
        return state.isPresent() && version.version().covers(state.get().version())
                && known.base().filter(base -> base.version().covers(state.get().version())).isEmpty();
    }

    /// Whether the version simply replaces the state: nothing else is known here that the disk does not show yet, and the
    /// state stays a tree.
    private boolean isPlain(long directory, Optional<Known> known, Entry version) throws IndexException {
        if (known.isPresent() && !known.get().isSettled()) {
            return false;
        }
        boolean leaf = version.kind() == EntryKind.FILE || version.kind() == EntryKind.SYMLINK;
        if (known.isPresent() && leaf && known.get().state().filter(e -> e.kind() == version.kind()).isEmpty()
                && entries.hasLiveBelow(known.get().row())) {
            return false;
        }
        return !version.isLive() || entries.stateKind(directory) == EntryKind.DIRECTORY;
    }

    /// Joins entries of another state into this one.
    ///
    /// @param other entries that differ, or may differ
    /// @return how many entries of the state changed
    /// @throws IndexException if they could not be recorded
    public int merge(Map<RelativePath, Entry> other) throws IndexException {
        return apply(join.changes(new InIndex(), other));
    }

    private int apply(Map<RelativePath, Entry> changed) throws IndexException {
        long root = entries.root(folder);
        Map<RelativePath, Long> directories = new TreeMap<>();
        directories.put(RelativePath.ROOT, root);
        for (Map.Entry<RelativePath, Entry> change : new TreeMap<>(changed).entrySet()) {
            long directory = row(change.getKey().parent().orElseThrow(), directories);
            Optional<Entry> before = entries.find(directory, change.getKey().name()).flatMap(Known::state);
            entries.putState(directory, change.getKey().name(), change.getValue());
            changes.changed(change.getKey(), before, Optional.of(change.getValue()));
        }
        return changed.size();
    }

    private long row(RelativePath directory, Map<RelativePath, Long> known) throws IndexException {
        Long there = known.get(directory);
        if (there != null) {
            return there;
        }
        long row = entries.ensure(row(directory.parent().orElseThrow(), known), directory.name());
        known.put(directory, row);
        return row;
    }

    /// @param path a path
    /// @return the merged entry, tombstones included
    /// @throws IndexException if the index cannot be used
    public Optional<Entry> state(RelativePath path) throws IndexException {
        Optional<Long> row = entries.locate(folder, path);
        return row.isPresent() ? entries.known(row.get()).state() : Optional.empty();
    }

    private final class InIndex implements KnownEntries<IndexException> {
        @Override
        public Optional<Entry> get(RelativePath path) throws IndexException {
            return state(path);
        }

        @Override
        public boolean anyLiveBelow(RelativePath path, Predicate<RelativePath> counts) throws IndexException {
            Optional<Long> row = entries.locate(folder, path);
            return row.isPresent() && entries.hasLiveBelow(row.get())
                    && entries.liveBelow(row.get()).stream().anyMatch(counts);
        }
    }
}
