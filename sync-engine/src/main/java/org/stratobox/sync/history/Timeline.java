package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.ObjectException;

/// The kept states of an account: every accepted head with the commit it names. Commits are opened when they are asked for,
/// once each. One that cannot be had is passed over and counted, so that the others can be read. Thread-safe; calls block.
public final class Timeline {
    private static final int AHEAD = 256;

    private final ObjectReader objects;
    private final List<Snapshot.Point> newestFirst;
    /// Guarded by itself.
    private final Map<Cid, Optional<Commit>> commits = new LinkedHashMap<>();

    /// @param objects opens commits and trees
    /// @param heads every accepted one, in any order
    public Timeline(ObjectReader objects, Collection<Snapshot.Point> heads) {
        this.objects = objects;
        newestFirst = heads.stream().sorted(Comparator.comparingLong(Snapshot.Point::wallMillis)
                .thenComparingLong(Snapshot.Point::seq).thenComparing(Snapshot.Point::device).reversed()).toList();
    }

    /// @return how many of the commits that were asked for cannot be had now
    public int missing() {
        synchronized (commits) {
            return (int) commits.values().stream().filter(Optional::isEmpty).count();
        }
    }

    /// @param folder of the account
    /// @return for each device its states of the folder, newest first; one that changed nothing in the folder is left out, so
    /// that the oldest with the same tree stands for all
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public Map<DeviceId, List<Snapshot>> chains(FolderId folder)
            throws HistoryException.IndexFailed, InterruptedException {
        Map<DeviceId, NavigableMap<Long, Snapshot>> bySeq = new TreeMap<>();
        for (int from = 0; from < newestFirst.size(); from += AHEAD) {
            List<Snapshot.Point> batch = newestFirst.subList(from, Math.min(newestFirst.size(), from + AHEAD));
            objects.prefetch(ObjectType.COMMIT, batch.stream().map(Snapshot.Point::commit).toList());
            for (Snapshot.Point point : batch) {
                snapshot(point, folder).ifPresent(
                        s -> bySeq.computeIfAbsent(s.device(), _ -> new TreeMap<>()).put(s.seq(), s));
            }
        }
        Map<DeviceId, List<Snapshot>> out = new TreeMap<>();
        bySeq.forEach((device, chain) -> out.put(device, changes(chain).reversed()));
        return out;
    }

    private static List<Snapshot> changes(NavigableMap<Long, Snapshot> oldestFirst) {
        List<Snapshot> out = new ArrayList<>();
        for (Snapshot next : oldestFirst.values()) {
            if (out.isEmpty() || !out.getLast().tree().cid().equals(next.tree().cid())) {
                out.add(next);
            }
        }
        return out;
    }

    /// @param folder of the account
    /// @param atMillis a moment, milliseconds since 1970; empty for now
    /// @return what opens the folder's root in the last state of each device until then
    /// @throws HistoryException if such a state cannot be had
    /// @throws InterruptedException if the thread is interrupted
    public List<Capability> trees(FolderId folder, Optional<Long> atMillis)
            throws HistoryException, InterruptedException {
        Map<DeviceId, Snapshot.Point> last = new TreeMap<>();
        newestFirst.stream().filter(p -> atMillis.filter(at -> p.wallMillis() > at).isEmpty())
                .forEach(p -> last.merge(p.device(), p, (a, b) -> a.seq() >= b.seq() ? a : b));
        List<Capability> out = new ArrayList<>();
        for (Snapshot.Point point : last.values()) {
            Optional.ofNullable(open(point).folders().get(folder)).map(FolderRoot::tree).ifPresent(out::add);
        }
        return out;
    }

    private Optional<Snapshot> snapshot(Snapshot.Point point, FolderId folder)
            throws HistoryException.IndexFailed, InterruptedException {
        Optional<Commit> commit;
        try {
            commit = Optional.of(open(point));
        } catch (HistoryException.IndexFailed e) {
            throw e;
        } catch (HistoryException e) {
            commit = Optional.empty();
            remember(point, commit);
        }
        return commit.flatMap(c -> Optional.ofNullable(c.folders().get(folder)))
                .map(root -> new Snapshot(point.device(), point.seq(), point.wallMillis(), root.tree()));
    }

    private Commit open(Snapshot.Point point) throws HistoryException, InterruptedException {
        synchronized (commits) {
            Optional<Commit> known = commits.getOrDefault(point.commit().cid(), Optional.empty());
            if (known.isPresent()) {
                return known.get();
            }
        }
        try {
            Commit commit = Commit.decode(objects.open(ObjectType.COMMIT, point.commit()));
            remember(point, Optional.of(commit));
            return commit;
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        }
    }

    private void remember(Snapshot.Point point, Optional<Commit> commit) {
        synchronized (commits) {
            commits.put(point.commit().cid(), commit);
        }
    }
}
