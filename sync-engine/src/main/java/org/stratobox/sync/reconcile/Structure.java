package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Sha256;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;

/// A live entry needs directories above it: a file found there becomes a conflict copy and its path a directory with the
/// file's vector (`sync.md` 1).
final class Structure {
    private static final byte[] DIRECTORY_ID = "stratobox/directory\0".getBytes(StandardCharsets.US_ASCII);
    private static final int DIRECTORY_MODE = 0755;

    private final StateJoin join;

    Structure(StateJoin join) {
        this.join = join;
    }

    void repair(Map<RelativePath, Entry> all) {
        Set<RelativePath> needed = new HashSet<>();
        for (Map.Entry<RelativePath, Entry> e : all.entrySet()) {
            if (e.getValue().isLive()) {
                addParents(e.getKey(), needed);
            }
        }
        // A copy lies beside a directory that is needed already, so the set never grows here.
        boolean changed = true;
        while (changed) {
            changed = false;
            for (RelativePath path : needed) {
                changed |= repair(all, path);
            }
        }
    }

    private static void addParents(RelativePath path, Set<RelativePath> needed) {
        Optional<RelativePath> above = path.parent();
        while (above.isPresent() && !above.get().isRoot() && needed.add(above.get())) {
            above = above.get().parent();
        }
    }

    private boolean repair(Map<RelativePath, Entry> all, RelativePath path) {
        Entry there = all.get(path);
        if (there == null || !there.isLive() || there.kind() == EntryKind.DIRECTORY) {
            return false;
        }
        all.put(path, directory(path, there));
        Deque<StateJoin.Placed> copies = new ArrayDeque<>();
        copies.add(join.copy(path, there));
        join.place(all, copies, new HashMap<>());
        return true;
    }

    private static Entry directory(RelativePath path, Entry file) {
        byte[] hash = Sha256.of(DIRECTORY_ID, path.text().getBytes(StandardCharsets.UTF_8)).bytes();
        FileId id = new FileId(Id16.of(Arrays.copyOf(hash, Id16.BYTES)));
        return new Entry(EntryKind.DIRECTORY, id, new Content.None(), 0, file.mtimeMillis(), DIRECTORY_MODE,
                file.version(), file.author(), file.wallMillis(), Optional.empty());
    }
}
