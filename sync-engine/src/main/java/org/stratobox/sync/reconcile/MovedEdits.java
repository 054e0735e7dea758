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
    static void follow(Map<RelativePath, Entry> all, Map<RelativePath, Entry> tombstones) {
        // In the order of paths, so that the result does not depend on the order of joining.
        new TreeMap<>(tombstones).forEach((path, tombstone) -> follow(all, path, tombstone));
    }

    private static void follow(Map<RelativePath, Entry> all, RelativePath path, Entry tombstone) {
        Entry edit = all.get(path);
        Moved moved = tombstone.moved().orElseThrow();
        if (edit == null || !mayFollow(edit, tombstone)) {
            return;
        }
        destination(all, moved.to(), edit).ifPresent(to -> {
            Entry target = all.get(to);
            if (target != null && target.content().identity().equals(moved.content())) {
                all.put(to, new Entry(edit.kind(), target.fileId(), edit.content(), edit.size(), edit.mtimeMillis(),
                        edit.mode(), target.version().join(edit.version()), edit.author(), edit.wallMillis(),
                        Optional.empty()));
                all.put(path, tombstone.withVersion(tombstone.version().join(edit.version())));
            }
        });
    }

    /// The file may have been moved again.
    private static Optional<RelativePath> destination(Map<RelativePath, Entry> all, RelativePath first, Entry edit) {
        RelativePath here = first;
        for (int hops = 0; hops < MAX_HOPS; hops++) {
            Entry found = all.get(here);
            if (found == null) {
                return Optional.empty();
            }
            if (found.isLive()) {
                return found.kind() == EntryKind.FILE && found.fileId().equals(edit.fileId())
                        ? Optional.of(here)
                        : Optional.empty();
            }
            if (found.moved().isEmpty()) {
                return Optional.empty();
            }
            here = found.moved().get().to();
        }
        return Optional.empty();
    }
}
