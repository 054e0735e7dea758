package org.stratobox.sync.reconcile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// The join of two states of a folder (`sync.md` 1): what a device holds after hearing of both. Commutative and idempotent,
/// never increments a counter, and drops no content: a version that loses its name lives on as a conflict copy.
///
/// Joining three states in different orders may first give different results, because a joined entry no longer says which
/// of its ancestors it was; joining those results again gives the same state, and so devices that exchange what they hold
/// come to agree.
public final class StateJoin {
    private final ConflictNames names;

    /// @param names how conflict copies are called; the same on all devices
    public StateJoin(ConflictNames names) {
        this.names = names;
    }

    /// @param a a state
    /// @param b another state of the same folder, or only the part of it that differs from `a`
    /// @return what both together mean
    public FolderState join(FolderState a, FolderState b) {
        Map<RelativePath, Entry> all = new HashMap<>(a.entries());
        Deque<Placed> pending = new ArrayDeque<>();
        b.entries().forEach((path, entry) -> pending.add(new Placed(path, entry)));
        Map<RelativePath, Entry> edits = new HashMap<>();
        place(all, pending, edits);
        MovedEdits.follow(all, edits);
        new Structure(this).repair(all);
        return new FolderState(all);
    }

    /// An entry on its way to a path.
    record Placed(RelativePath path, Entry entry) {}

    /// @param edits receives live entries that met a tombstone which says where the file went
    void place(Map<RelativePath, Entry> all, Deque<Placed> pending, Map<RelativePath, Entry> edits) {
        while (!pending.isEmpty()) {
            Placed next = pending.remove();
            Entry known = all.get(next.path);
            all.put(next.path, known == null ? next.entry : join(next.path, known, next.entry, pending, edits));
        }
    }

    RelativePath copyPath(RelativePath path, Entry loser) {
        return names.pathFor(path, loser);
    }

    /// A losing version under its new name. Its vector is the one change that made it, whatever the loser was joined with
    /// meanwhile: so all devices make the same copy, and one that was edited or deleted is not made again.
    Placed copy(RelativePath path, Entry loser) {
        long counter = loser.version().get(loser.author());
        Entry copy = counter == 0
                ? loser
                : loser.withVersion(VersionVector.of(loser.author(), counter));
        return new Placed(copyPath(path, loser), copy);
    }

    private Entry join(RelativePath path, Entry a, Entry b, Deque<Placed> copies, Map<RelativePath, Entry> edits) {
        boolean aCovers = a.version().covers(b.version());
        boolean bCovers = b.version().covers(a.version());
        if (aCovers != bCovers) {
            return aCovers ? a : b;
        }
        if (a.sameContent(b)) {
            return EntryOrder.winner(a, b).withMtime(Math.max(a.mtimeMillis(), b.mtimeMillis()))
                    .withVersion(a.version().join(b.version()));
        }
        return concurrent(path, a, b, copies, edits).withVersion(a.version().join(b.version()));
    }

    private Entry concurrent(RelativePath path, Entry a, Entry b, Deque<Placed> copies,
            Map<RelativePath, Entry> edits) {
        if (!a.isLive() || !b.isLive()) {
            Entry live = a.isLive() ? a : b;
            Entry tombstone = a.isLive() ? b : a;
            if (MovedEdits.mayFollow(live, tombstone)) {
                edits.put(path, tombstone.withVersion(a.version().join(b.version())));
            }
            return live;
        }
        boolean aWins = wins(a, b);
        copies.add(copy(path, aWins ? b : a));
        return aWins ? a : b;
    }

    /// Two directories have the same content, so at most one of these is one.
    private static boolean wins(Entry a, Entry b) {
        if (a.kind() == EntryKind.DIRECTORY || b.kind() == EntryKind.DIRECTORY) {
            return a.kind() == EntryKind.DIRECTORY;
        }
        return EntryOrder.WINNER_LAST.compare(a, b) > 0;
    }
}
