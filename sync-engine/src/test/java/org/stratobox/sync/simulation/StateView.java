package org.stratobox.sync.simulation;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.NameTag;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;

/// The merged state as an index holds it, read from outside.
final class StateView {
    private StateView() {}

    /// @return path to entry, tombstones included
    static SortedMap<String, Entry> of(SyncIndex index, FolderId folder) {
        SortedMap<String, Entry> all = new TreeMap<>();
        try {
            below(index.entries(), index.entries().root(folder), "", all);
        } catch (IndexException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static void below(EntryIndex entries, long directory, String prefix, Map<String, Entry> out)
            throws IndexException {
        for (Map.Entry<NameTag, Row> child : entries.children(directory).entrySet()) {
            Known known = entries.known(child.getValue().id());
            String path = prefix + known.name();
            known.state().ifPresent(entry -> out.put(path, entry));
            below(entries, known.row(), path + "/", out);
        }
    }
}
