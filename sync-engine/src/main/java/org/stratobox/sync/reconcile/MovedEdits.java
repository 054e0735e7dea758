package org.stratobox.sync.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;

/// Edits made while somebody else moved the file follow it to its new name (`sync.md` 1, moves).
final class MovedEdits {
    private static final int MAX_HOPS = 16;

    private MovedEdits() {}

    /// @return whether the live version is an edit of the very version that the tombstone says was moved
    static boolean mayFollow(Entry live, Entry tombstone) {
        return live.kind() == EntryKind.FILE
                && tombstone.moved().filter(moved -> live.version().covers(moved.version())).isPresent();
    }

    /// @param all the joined state, in which each edit still lives at its old path
    /// @param tombstones old path -> the tombstone the edit met, under the joined vector
    static <X extends Exception> void follow(Overlay<X> all, Map<RelativePath, Entry> tombstones) throws X {
        // In the order of paths, so that the result does not depend on the order of joining.
        for (Map.Entry<RelativePath, Entry> met : new TreeMap<>(tombstones).entrySet()) {
            follow(all, met.getKey(), met.getValue());
        }
    }

    private static <X extends Exception> void follow(Overlay<X> all, RelativePath path, Entry tombstone) throws X {
        Optional<Entry> there = all.get(path);
        if (there.isEmpty() || !mayFollow(there.get(), tombstone)) {
            return;
        }
        Entry edit = there.get();
        Moved moved = tombstone.moved().orElseThrow();
        Optional<RelativePath> to = destination(all, moved.to(), edit);
        if (to.isEmpty()) {
            return;
        }
        Entry target = all.get(to.get()).orElseThrow();
        if (target.content().identity().equals(moved.content())) {
            all.put(to.get(), new Entry(edit.kind(), target.fileId(), edit.content(), edit.size(), edit.mtimeMillis(),
                    edit.mode(), target.version().join(edit.version()), edit.author(), edit.wallMillis(),
                    Optional.empty()));
            all.put(path, tombstone.withVersion(tombstone.version().join(edit.version())));
        }
    }

    /// The file may have been moved again.
    private static <X extends Exception> Optional<RelativePath> destination(Overlay<X> all, RelativePath first,
            Entry edit) throws X {
        RelativePath here = first;
        for (int hops = 0; hops < MAX_HOPS; hops++) {
            Optional<Entry> found = all.get(here);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get().isLive()) {
                return found.get().kind() == EntryKind.FILE && found.get().fileId().equals(edit.fileId())
                        ? Optional.of(here)
                        : Optional.empty();
            }
            if (found.get().moved().isEmpty()) {
                return Optional.empty();
            }
            here = found.get().moved().get().to();
        }
        return Optional.empty();
    }
}
