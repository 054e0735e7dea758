package org.stratobox.sync.reconcile;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// What is known of a folder: path -> newest entry, tombstones included (`sync.md` 1). A path that is absent was never
/// heard of. Immutable; two states are equal if they hold equal entries.
///
/// @param entries entry of each path; never of the folder itself
public record FolderState(Map<RelativePath, Entry> entries) {
    private static final FolderState EMPTY = new FolderState(Map.of());

    /// Copies the map.
    ///
    /// @throws IllegalArgumentException if the folder itself has an entry
    public FolderState {
        if (entries.containsKey(RelativePath.ROOT)) {
            throw new IllegalArgumentException("the folder itself has no entry");
        }
        entries = Collections.unmodifiableMap(new HashMap<>(entries));
    }

    /// @return the state that knows nothing
    public static FolderState empty() {
        return EMPTY;
    }

    /// @param path a path
    /// @return its entry, tombstones included
    public Optional<Entry> get(RelativePath path) {
        return Optional.ofNullable(entries.get(path));
    }

    /// @param changes entries that replace or join the ones of their paths, without any rule
    /// @return the state with them
    public FolderState with(Map<RelativePath, Entry> changes) {
        Map<RelativePath, Entry> all = new HashMap<>(entries);
        all.putAll(changes);
        return new FolderState(all);
    }

    /// What a disk should show: every live entry, and every directory above one, even where the state says that the
    /// directory is deleted or knows nothing of it. Such a directory has no entry here and vanishes with its last entry.
    ///
    /// @return path -> entry, empty for a directory that is only shown; parents before children
    public SortedMap<RelativePath, Optional<Entry>> shown() {
        SortedMap<RelativePath, Optional<Entry>> shown = new TreeMap<>();
        entries.forEach((path, entry) -> {
            if (entry.isLive()) {
                shown.put(path, Optional.of(entry));
                Optional<RelativePath> above = path.parent();
                while (above.isPresent() && !above.get().isRoot() && !shown.containsKey(above.get())) {
                    shown.put(above.get(), get(above.get()).filter(Entry::isLive));
                    above = above.get().parent();
                }
            }
        });
        return shown;
    }
}
