package org.stratobox.sync.reconcile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// A state under change: what was known, and the entries that replace it.
///
/// @param <X> how asking what was known can fail
final class Overlay<X extends Exception> {
    private final KnownEntries<X> known;
    private final Map<RelativePath, Entry> changes = new HashMap<>();

    Overlay(KnownEntries<X> known) {
        this.known = known;
    }

    Optional<Entry> get(RelativePath path) throws X {
        Entry changed = changes.get(path);
        return changed == null ? known.get(path) : Optional.of(changed);
    }

    void put(RelativePath path, Entry entry) {
        changes.put(path, entry);
    }

    Map<RelativePath, Entry> changes() {
        return changes;
    }

    /// Whether what was known and did not change has something live below a path; changes are looked at by their parents.
    boolean wasLiveBelow(RelativePath path) throws X {
        return known.anyLiveBelow(path, below -> !changes.containsKey(below));
    }
}
