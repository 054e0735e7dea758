package org.stratobox.sync.apply;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent.Change;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// Base of one folder as the steps of a batch see it: the index, and on top of it what steps before changed and what is not
/// in the index yet. Used by one thread.
final class Base {
    private static final int CACHED = 10_000;

    private final SyncIndex index;
    private final FolderId folder;
    /// What steps of the batch make of base, from their planning on.
    private final Map<RelativePath, Optional<Entry>> planned = new HashMap<>();
    /// Evidence of what steps of the batch did.
    private final Map<RelativePath, Evidence> seen = new HashMap<>();
    private final Map<RelativePath, Long> directories = new HashMap<>();

    Base(SyncIndex index, FolderId folder) {
        this.index = index;
        this.folder = folder;
    }

    /// What is known of a path, now.
    record Now(Optional<Entry> entry, Evidence evidence) {}

    Now now(RelativePath path) throws IndexException {
        Optional<Evidence> fresh = Optional.ofNullable(seen.get(path));
        Optional<Entry> ahead = planned.getOrDefault(path, Optional.empty());
        if (fresh.isPresent() && ahead.isPresent()) {
            return new Now(ahead, fresh.get());
        }
        Optional<Known> known = find(path);
        Optional<Entry> entry = planned.containsKey(path) ? ahead : known.flatMap(Known::base);
        return new Now(entry, fresh.orElseGet(() -> known.map(Known::evidence).orElse(Evidence.ABSENT)));
    }

    /// @return whether base is what a plan expects; nothing and a tombstone are the same to a disk, not to a plan
    boolean is(RelativePath path, Optional<Entry> expected) throws IndexException {
        return planned.containsKey(path)
                ? planned.get(path).equals(expected)
                : find(path).flatMap(Known::base).equals(expected);
    }

    void plan(RelativePath path, Optional<Entry> becomes) {
        planned.put(path, becomes);
    }

    void saw(RelativePath path, Evidence evidence) {
        seen.put(path, evidence);
    }

    /// Begins the next batch: everything that was done is in the index.
    void settle() {
        planned.clear();
        seen.clear();
    }

    /// Writes changes into the index; inside a transaction.
    ///
    /// @param changes all done
    /// @param evidence of what is there now; nothing is there where it is missing
    void write(List<Change> changes, Map<RelativePath, Evidence> evidence) throws IndexException {
        EntryIndex entries = index.entries();
        for (Change change : changes) {
            Evidence shown = evidence.getOrDefault(change.path(), Evidence.ABSENT);
            if (change.evidenceOf().isPresent()) {
                shown = find(change.evidenceOf().get()).map(Known::evidence).orElse(Evidence.ABSENT);
            }
            entries.putBase(row(change.path()), change.becomes(), shown);
        }
    }

    private Optional<Known> find(RelativePath path) throws IndexException {
        if (path.isRoot()) {
            return Optional.of(index.entries().known(index.entries().root(folder)));
        }
        RelativePath parent = path.parent().orElseThrow();
        Long directory = directories.get(parent);
        if (directory == null) {
            Optional<Long> row = index.entries().locate(folder, parent);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            directory = remember(parent, row.get());
        }
        return index.entries().find(directory, path.name());
    }

    private long remember(RelativePath path, long row) {
        if (directories.size() >= CACHED) {
            directories.clear();
        }
        directories.put(path, row);
        return row;
    }

    private long row(RelativePath path) throws IndexException {
        if (path.isRoot()) {
            return index.entries().root(folder);
        }
        Long known = directories.get(path);
        return known != null ? known : index.entries().ensure(row(path.parent().orElseThrow()), path.name());
    }
}
