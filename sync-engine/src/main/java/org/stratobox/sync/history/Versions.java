package org.stratobox.sync.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.TreeEntry;

/// The versions of a path over all kept states of all devices, by content. Where a file came to the path by a rename, the
/// versions it had under its old name follow. Used once, by one thread.
public final class Versions {
    private static final int AHEAD = 128;

    private final ObjectReader objects;
    private final PathFinder finder;
    private final Collection<List<Snapshot>> chains;
    private final Map<Key, FileVersion> found = new LinkedHashMap<>();
    private final Deque<Track> open = new ArrayDeque<>();
    private final Set<Track> seen = new HashSet<>();

    /// A path that is followed; with an item, only as long as that item is there.
    private record Track(RelativePath path, Optional<FileId> item) {}

    /// What makes a version: joins keep these and change vectors.
    private record Key(DeviceId author, long wallMillis, EntryKind kind, Digest256 content, boolean executable) {
        static Key of(Entry e) {
            return new Key(e.author(), e.wallMillis(), e.kind(), e.content().identity(), e.isExecutable());
        }
    }

    /// @param objects opens trees
    /// @param chains states of the folder for each device, newest first, as [Timeline#chains] gives them
    public Versions(ObjectReader objects, Map<DeviceId, List<Snapshot>> chains) {
        this.objects = objects;
        this.chains = chains.values();
        finder = new PathFinder(objects);
    }

    /// @param path of anything but the root
    /// @return its versions, newest first; none stands before one that was made from it. Empty if it was never known
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public List<FileVersion> of(RelativePath path) throws HistoryException.IndexFailed, InterruptedException {
        follow(new Track(path, Optional.empty()));
        while (!open.isEmpty()) {
            Track track = open.poll();
            for (List<Snapshot> chain : chains) {
                walk(track, chain);
            }
        }
        return withoutRepetitions(ordered(found.values()));
    }

    private void follow(Track track) {
        if (seen.add(track)) {
            open.add(track);
        }
    }

    private void walk(Track track, List<Snapshot> newestFirst)
            throws HistoryException.IndexFailed, InterruptedException {
        Optional<Snapshot> newer = Optional.empty();
        Optional<Entry> above = Optional.empty();
        for (int i = 0; i < newestFirst.size(); i++) {
            if (i % AHEAD == 0) {
                objects.prefetch(ObjectType.TREE, newestFirst.subList(i, Math.min(newestFirst.size(), i + AHEAD))
                        .stream().map(Snapshot::tree).toList());
            }
            Snapshot snapshot = newestFirst.get(i);
            Optional<Entry> here;
            try {
                here = finder.find(snapshot.tree(), track.path()).flatMap(TreeEntry::entry);
            } catch (HistoryException.IndexFailed e) {
                throw e;
            } catch (HistoryException e) {
                // a state that cannot be read now is passed over: the others still tell
                continue;
            }
            here.filter(e -> isOf(track, e)).ifPresent(e -> found.putIfAbsent(Key.of(e),
                    new FileVersion(track.path(), e)));
            if (newer.isPresent() && isArrival(above, here)) {
                origin(snapshot, newer.get(), above.orElseThrow(), track.path());
            }
            newer = Optional.of(snapshot);
            above = here;
        }
    }

    private static boolean isOf(Track track, Entry entry) {
        return track.item().isEmpty() || (entry.isLive() && track.item().get().equals(entry.fileId()));
    }

    private static boolean isArrival(Optional<Entry> newer, Optional<Entry> older) {
        return newer.filter(e -> e.isLive() && e.kind() != EntryKind.DIRECTORY).isPresent()
                && older.filter(e -> e.isLive() && e.fileId().equals(newer.get().fileId())).isEmpty();
    }

    /// Looks in what differs between two states for the place the item had before.
    private void origin(Snapshot older, Snapshot newer, Entry item, RelativePath path)
            throws HistoryException.IndexFailed, InterruptedException {
        new Differences(objects).forEach(older.tree(), newer.tree(), (at, before, _) -> {
            if (!at.equals(path) && before.filter(e -> e.isLive() && e.fileId().equals(item.fileId())).isPresent()) {
                follow(new Track(at, Optional.of(item.fileId())));
            }
        });
    }

    // ---- order

    /// By time, but never against what came from what: a version is younger than any its vector covers.
    private static List<FileVersion> ordered(Collection<FileVersion> versions) {
        List<FileVersion> byKnowledge = new ArrayList<>(versions);
        byKnowledge.sort(Comparator.comparingLong(v -> sum(v.entry())));
        Map<FileVersion, Long> time = new LinkedHashMap<>();
        for (FileVersion v : byKnowledge) {
            long at = v.entry().wallMillis();
            for (Map.Entry<FileVersion, Long> older : time.entrySet()) {
                if (older.getValue() >= at && v.entry().version().covers(older.getKey().entry().version())) {
                    at = older.getValue() + 1;
                }
            }
            time.put(v, at);
        }
        byKnowledge.sort(Comparator.comparingLong((FileVersion v) -> time.getOrDefault(v, 0L)).reversed()
                .thenComparing(FileVersion::id));
        return byKnowledge;
    }

    private static long sum(Entry entry) {
        return entry.version().toMap().values().stream().mapToLong(Long::longValue).sum();
    }

    /// A version that differs from the one before only in its time, or was only moved, is no version of its own.
    private static List<FileVersion> withoutRepetitions(List<FileVersion> newestFirst) {
        List<FileVersion> out = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            Entry entry = newestFirst.get(i).entry();
            boolean repeats = i + 1 < newestFirst.size() && newestFirst.get(i + 1).entry().sameValue(entry)
                    && newestFirst.get(i + 1).path().equals(newestFirst.get(i).path());
            if (!repeats) {
                out.add(newestFirst.get(i));
            }
        }
        return out;
    }
}
