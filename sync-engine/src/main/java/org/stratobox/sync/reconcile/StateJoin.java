package org.stratobox.sync.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.stratobox.crypto.Sha256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// The join of two states of a folder (`sync.md` 1): what a device holds after hearing of both. Commutative and idempotent,
/// never increments a counter, and drops no content: a version that loses its name lives on as a conflict copy.
///
/// Joining three states in different orders may first give different results, because a joined entry no longer says which
/// of its ancestors it was; joining those results again gives the same state, and so devices that exchange what they hold
/// come to agree.
public final class StateJoin {
    private static final byte[] COPY_ID = "stratobox/conflict-copy\0".getBytes(StandardCharsets.US_ASCII);

    private final ConflictNames names;

    /// @param names how conflict copies are called; the same on all devices
    public StateJoin(ConflictNames names) {
        this.names = names;
    }

    /// @param a a state
    /// @param b another state of the same folder, or only the part of it that differs from `a`
    /// @return what both together mean
    public FolderState join(FolderState a, FolderState b) {
        return a.with(changes(new InMemory(a), b.entries()));
    }

    /// @param known a state
    /// @param other entries of another state of the same folder; those that are equal in both may be missing
    /// @param <X> how asking what is known can fail
    /// @return entries that replace the ones of their paths, so that the state means what both together mean
    /// @throws X as asking does
    public <X extends Exception> Map<RelativePath, Entry> changes(KnownEntries<X> known,
            Map<RelativePath, Entry> other) throws X {
        Overlay<X> all = new Overlay<>(known);
        Deque<Placed> pending = new ArrayDeque<>();
        new TreeMap<>(other).forEach((path, entry) -> pending.add(new Placed(path, entry)));
        Map<RelativePath, Entry> edits = new HashMap<>();
        place(all, pending, edits);
        MovedEdits.follow(all, edits);
        new Structure(this).repair(all);
        return all.changes();
    }

    /// As [#changes], for a version whose vector covers what is known only because the same device made both, without having
    /// seen the one when it made the other: both live on.
    ///
    /// @param known a state
    /// @param path of the version
    /// @param version made at that path
    /// @param <X> how asking what is known can fail
    /// @return entries that replace the ones of their paths
    /// @throws X as asking does
    public <X extends Exception> Map<RelativePath, Entry> collision(KnownEntries<X> known, RelativePath path,
            Entry version) throws X {
        Optional<Entry> unseen = known.get(path).filter(e -> e.isLive() && version.isLive() && !e.sameContent(version));
        if (unseen.isEmpty()) {
            return changes(known, Map.of(path, version));
        }
        Overlay<X> all = new Overlay<>(known);
        Deque<Placed> pending = new ArrayDeque<>();
        boolean wins = wins(version, unseen.get());
        Entry winner = wins ? version : unseen.get();
        all.put(path, winner.withVersion(version.version().join(unseen.get().version())));
        pending.add(copy(path, wins ? unseen.get() : version));
        place(all, pending, new HashMap<>());
        new Structure(this).repair(all);
        return all.changes();
    }

    private static final class InMemory implements KnownEntries<RuntimeException> {
        private final FolderState state;
        private final Supplier<NavigableMap<RelativePath, Entry>> sorted;

        InMemory(FolderState state) {
            this.state = state;
            sorted = once(() -> new TreeMap<>(state.entries()));
        }

        private static <T> Supplier<T> once(Supplier<T> make) {
            List<T> made = new ArrayList<>(1);
            return () -> {
                if (made.isEmpty()) {
                    made.add(make.get());
                }
                return made.getFirst();
            };
        }

        @Override
        public Optional<Entry> get(RelativePath path) {
            return state.get(path);
        }

        @Override
        public boolean anyLiveBelow(RelativePath path, Predicate<RelativePath> counts) {
            for (Map.Entry<RelativePath, Entry> e : sorted.get().tailMap(path, false).entrySet()) {
                // names such as "a b" sort between "a" and what is below it
                if (!e.getKey().text().startsWith(path.text())) {
                    return false;
                }
                if (e.getKey().isBelow(path) && e.getValue().isLive() && counts.test(e.getKey())) {
                    return true;
                }
            }
            return false;
        }
    }

    /// An entry on its way to a path.
    record Placed(RelativePath path, Entry entry) {}

    /// @param edits receives live entries that met a tombstone which says where the file went
    <X extends Exception> void place(Overlay<X> all, Deque<Placed> pending, Map<RelativePath, Entry> edits) throws X {
        while (!pending.isEmpty()) {
            Placed next = pending.remove();
            Optional<Entry> known = all.get(next.path);
            Entry joined = known.isEmpty() ? next.entry : join(next.path, known.get(), next.entry, pending, edits);
            if (known.isEmpty() || !known.get().equals(joined)) {
                all.put(next.path, joined);
            }
        }
    }

    RelativePath copyPath(RelativePath path, Entry loser) {
        return names.pathFor(path, loser);
    }

    /// A losing version under its new name. Its vector is one count of a device that stands for the change that made it,
    /// whatever the loser was joined with meanwhile: so all devices make the same copy, one that was edited or deleted is not
    /// made again, and what the loser's author puts at that very name without having seen the copy does not cover it.
    Placed copy(RelativePath path, Entry loser) {
        long counter = loser.version().get(loser.author());
        Entry copy = counter == 0
                ? loser
                : loser.withVersion(VersionVector.of(standIn(loser.author(), counter), 1));
        return new Placed(copyPath(path, loser), copy);
    }

    private static DeviceId standIn(DeviceId author, long counter) {
        byte[] hash = Sha256.of(COPY_ID, author.bytes(),
                ByteBuffer.allocate(Long.BYTES).putLong(counter).array()).bytes();
        return new DeviceId(Id16.of(Arrays.copyOf(hash, Id16.BYTES)));
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
