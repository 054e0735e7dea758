package org.stratobox.sync.reconcile;

import java.util.Comparator;

import org.stratobox.sync.model.Entry;

/// Who wins between two versions that know nothing of each other: wall time, then device, then content. The rest only
/// makes the order total, so that the result never depends on which one came first.
final class EntryOrder {
    static final Comparator<Entry> WINNER_LAST = Comparator.comparingLong(Entry::wallMillis)
            .thenComparing(Entry::author).thenComparing(e -> e.content().identity()).thenComparing(Entry::kind)
            .thenComparingInt(Entry::mode).thenComparing(Entry::fileId).thenComparingLong(Entry::mtimeMillis)
            .thenComparing(e -> e.moved().map(moved -> moved.to().text()).orElse(""))
            .thenComparing(e -> e.moved().map(moved -> moved.content().hex() + moved.version()).orElse(""));

    private EntryOrder() {}

    static Entry winner(Entry a, Entry b) {
        return WINNER_LAST.compare(a, b) >= 0 ? a : b;
    }
}
