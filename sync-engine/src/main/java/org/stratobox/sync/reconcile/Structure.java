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
    static final int DIRECTORY_MODE = 0755;

    private final StateJoin join;

    Structure(StateJoin join) {
        this.join = join;
    }

    /// What was known needs no repair, so only what changed is looked at: every directory above it, and itself where it may
    /// have taken the place of a directory.
    <X extends Exception> void repair(Overlay<X> all) throws X {
        Set<RelativePath> needed = new HashSet<>();
        for (Map.Entry<RelativePath, Entry> e : all.changes().entrySet()) {
            if (e.getValue().isLive()) {
                addParents(e.getKey(), needed);
                if (e.getValue().kind() != EntryKind.DIRECTORY && all.wasLiveBelow(e.getKey())) {
                    needed.add(e.getKey());
                }
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

    private <X extends Exception> boolean repair(Overlay<X> all, RelativePath path) throws X {
        Optional<Entry> there = all.get(path);
        if (there.isEmpty() || !there.get().isLive() || there.get().kind() == EntryKind.DIRECTORY) {
            return false;
        }
        all.put(path, directory(path, there.get()));
        Deque<StateJoin.Placed> copies = new ArrayDeque<>();
        copies.add(join.copy(path, there.get()));
        join.place(all, copies, new HashMap<>());
        return true;
    }

    private static Entry directory(RelativePath path, Entry file) {
        return new Entry(EntryKind.DIRECTORY, directoryId(path), new Content.None(), 0, file.mtimeMillis(),
                DIRECTORY_MODE, file.version(), file.author(), file.wallMillis(), Optional.empty());
    }

    /// @return the id of a directory that nobody made but that is there
    static FileId directoryId(RelativePath path) {
        byte[] hash = Sha256.of(DIRECTORY_ID, path.text().getBytes(StandardCharsets.UTF_8)).bytes();
        return new FileId(Id16.of(Arrays.copyOf(hash, Id16.BYTES)));
    }
}
