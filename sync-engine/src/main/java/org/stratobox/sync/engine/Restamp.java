package org.stratobox.sync.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.TreeEntry;

/// Gives what this home wrote under an identity that was used elsewhere to its new identity. Two copies of one home count on
/// from the same number: the second's third edit would seem to have seen the first's second one, and would swallow it.
/// Whatever was written after the last head that both share gets a counter of the new device instead.
final class Restamp {
    private final SyncIndex index;
    private final DeviceId old;
    private final DeviceId successor;
    private long limit;
    private long counter;
    private final Map<Long, Long> numbers = new HashMap<>();

    Restamp(SyncIndex index, DeviceId old, DeviceId successor) {
        this.index = index;
        this.old = old;
        this.successor = successor;
    }

    /// @param last the newest head that both copies share
    /// @param folders of this device
    void after(ChainPoint last, List<FolderId> folders) throws IndexException {
        OptionalLong shared = index.trust().counterAt(last.seq());
        index.transact(() -> {
            if (shared.isPresent()) {
                limit = shared.getAsLong();
                for (FolderId folder : folders) {
                    directory(index.entries().root(folder));
                }
            }
            index.trust().forgetCounters();
        });
        // a transaction cannot promise to be on the disk; what it wrote is there with this
        Authoring.start(index, counter);
    }

    private void directory(long row) throws IndexException {
        EntryIndex entries = index.entries();
        for (Row child : List.copyOf(entries.children(row).values())) {
            Known known = entries.known(child.id());
            Optional<Entry> state = known.state().filter(this::isLate);
            Optional<Entry> base = known.base().filter(this::isLate);
            if (known.isSettled() && state.isPresent()) {
                entries.put(row, TreeEntry.of(known.name(), restamped(state.get())), child.evidence());
            } else {
                if (state.isPresent()) {
                    entries.putState(row, known.name(), restamped(state.get()));
                }
                if (base.isPresent()) {
                    entries.putBase(known.row(), Optional.of(restamped(base.get())), child.evidence());
                }
            }
            directory(child.id());
        }
    }

    private boolean isLate(Entry entry) {
        return entry.version().get(old) > limit;
    }

    /// The same old number becomes the same new one wherever it is met.
    private Entry restamped(Entry entry) {
        long number = numbers.computeIfAbsent(entry.version().get(old), _ -> ++counter);
        SortedMap<DeviceId, Long> counters = new TreeMap<>(entry.version().toMap());
        counters.remove(old);
        if (limit > 0) {
            counters.put(old, limit);
        }
        counters.put(successor, number);
        Entry moved = entry.withVersion(VersionVector.of(counters));
        return new Entry(moved.kind(), moved.fileId(), moved.content(), moved.size(), moved.mtimeMillis(), moved.mode(),
                moved.version(), entry.author().equals(old) ? successor : entry.author(), moved.wallMillis(),
                moved.moved());
    }
}
