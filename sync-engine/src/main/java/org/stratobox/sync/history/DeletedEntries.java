package org.stratobox.sync.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeReader;

/// What is known to be deleted in a state of a folder, and what it was before. Used by one thread.
public final class DeletedEntries {
    private final ObjectReader objects;
    private final TreeReader<Carried> reader;
    private final SortedMap<RelativePath, Entry> found = new TreeMap<>();

    /// @param objects opens trees
    public DeletedEntries(ObjectReader objects) {
        this.objects = objects;
        reader = new TreeReader<>(new FolderReader(objects)::source);
    }

    /// @param trees what opens the folder's root, one for each device
    /// @param contents the join of these trees: what is shown there is not deleted
    /// @param below where to look; the path itself counts
    /// @return deletions, the latest of each path; moves are not among them
    /// @throws HistoryException if a part cannot be had
    /// @throws InterruptedException if the thread is interrupted
    public SortedMap<RelativePath, Entry> in(Collection<Capability> trees, FolderContents contents, RelativePath below)
            throws HistoryException, InterruptedException {
        found.clear();
        for (Capability tree : trees) {
            try {
                directory(RelativePath.ROOT, tree, below);
            } catch (Carried e) {
                throw e.<HistoryException>rethrow();
            }
        }
        SortedMap<RelativePath, Entry> out = new TreeMap<>();
        for (Map.Entry<RelativePath, Entry> e : found.entrySet()) {
            if (e.getValue().moved().isEmpty() && contents.find(e.getKey()).isEmpty()) {
                out.put(e.getKey(), e.getValue());
            }
        }
        return out;
    }

    private void directory(RelativePath path, Capability tree, RelativePath below) throws Carried {
        try {
            reader.forEach(tree, entry -> name(path, entry, below));
        } catch (ObjectException e) {
            throw Carried.local(new HistoryException.Damaged(e));
        }
    }

    private void name(RelativePath directory, TreeEntry named, RelativePath below) throws Carried {
        RelativePath path;
        try {
            path = directory.resolve(named.name());
        } catch (NameException e) {
            throw Carried.local(new HistoryException.Damaged("a directory too deep"));
        }
        boolean isWanted = path.equals(below) || path.isBelow(below);
        Optional<Entry> gone = named.entry().filter(e -> isWanted && !e.isLive());
        gone.ifPresent(e -> found.merge(path, e, (a, b) -> a.version().covers(b.version()) ? a : b));
        if (named.subtree().isPresent() && (isWanted || below.isBelow(path))) {
            directory(path, named.subtree().get(), below);
        }
    }

    /// @param deleted paths with their deletions
    /// @param chains states of the folder for each device, newest first
    /// @return for each what it was before, if a kept state has it
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public SortedMap<RelativePath, Entry> lastLive(SortedMap<RelativePath, Entry> deleted,
            Map<DeviceId, List<Snapshot>> chains) throws HistoryException.IndexFailed, InterruptedException {
        PathFinder finder = new PathFinder(objects);
        SortedMap<RelativePath, Entry> out = new TreeMap<>();
        for (Map.Entry<RelativePath, Entry> e : deleted.entrySet()) {
            for (List<Snapshot> chain : chains.values()) {
                lastLive(finder, chain, e.getKey(), e.getValue())
                        .ifPresent(live -> out.merge(e.getKey(), live,
                                (a, b) -> a.version().covers(b.version()) ? a : b));
            }
        }
        return out;
    }

    private static Optional<Entry> lastLive(PathFinder finder, List<Snapshot> newestFirst, RelativePath path,
            Entry deletion) throws HistoryException.IndexFailed, InterruptedException {
        for (Snapshot snapshot : newestFirst) {
            try {
                Optional<Entry> here = finder.find(snapshot.tree(), path).flatMap(TreeEntry::entry)
                        .filter(e -> e.isLive() && deletion.version().covers(e.version()));
                if (here.isPresent()) {
                    return here;
                }
            } catch (HistoryException.IndexFailed e) {
                throw e;
            } catch (HistoryException e) {
                // a state that cannot be read now is passed over: an older one may tell
            }
        }
        return Optional.empty();
    }
}
