package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.reconcile.FolderState;
import org.stratobox.sync.reconcile.StateJoin;

/// A folder as all devices together left it: the join of the trees their newest commits name. While all name the same tree,
/// which is the rule, nothing is held in memory; otherwise the whole joined state is. Thread-safe; calls block.
public final class MergedFolder {
    private final ObjectReader objects;
    private final StateJoin join;

    /// @param objects opens the tree objects
    /// @param join the rules by which states meet
    public MergedFolder(ObjectReader objects, StateJoin join) {
        this.objects = objects;
        this.join = join;
    }

    /// @param trees what opens the folder's root, one for each device; at least one, repetitions allowed
    /// @return the folder's contents; where several trees had to be joined, parts that could not be had are told to each
    ///         visitor
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public FolderContents open(Collection<Capability> trees)
            throws HistoryException.IndexFailed, InterruptedException {
        Map<Cid, Capability> distinct = new LinkedHashMap<>();
        trees.forEach(tree -> distinct.putIfAbsent(tree.cid(), tree));
        List<Capability> all = List.copyOf(distinct.values());
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a folder has at least one tree");
        }
        return all.size() == 1 ? new OneTree(new FolderReader(objects), all.getFirst()) : joined(all);
    }

    private FolderContents joined(List<Capability> trees) throws HistoryException.IndexFailed, InterruptedException {
        List<JoinedContents.Gap> gaps = new ArrayList<>();
        FolderState state = FolderState.empty();
        Optional<Capability> first = Optional.empty();
        for (Capability tree : trees) {
            Map<RelativePath, Entry> entries = new HashMap<>();
            load(first, tree, entries, gaps);
            FolderState other = new FolderState(entries);
            state = first.isEmpty() ? other : join.join(state, other);
            first = first.or(() -> Optional.of(tree));
        }
        return new JoinedContents(state, gaps);
    }

    private void load(Optional<Capability> before, Capability tree, Map<RelativePath, Entry> entries,
            List<JoinedContents.Gap> gaps) throws HistoryException.IndexFailed, InterruptedException {
        try {
            new TreeChanges(objects).<RuntimeException>forEach(before, tree, new EntryVisitor<>() {
                @Override
                public void visit(RelativePath path, Entry entry) {
                    entries.put(path, entry);
                }

                @Override
                public void unreadable(RelativePath directory, HistoryException why) {
                    gaps.add(new JoinedContents.Gap(directory, why));
                }
            });
        } catch (HistoryException.IndexFailed e) {
            throw e;
        } catch (HistoryException e) {
            gaps.add(new JoinedContents.Gap(RelativePath.ROOT, e));
        }
    }

    private record OneTree(FolderReader reader, Capability tree) implements FolderContents {
        @Override
        public <X extends Exception> List<RelativePath> forEach(Collection<RelativePath> paths,
                EntryVisitor<X> visitor) throws X, HistoryException, InterruptedException {
            return reader.forEach(tree, paths, visitor);
        }

        @Override
        public Optional<Entry> find(RelativePath path) throws HistoryException, InterruptedException {
            return reader.find(tree, path).flatMap(TreeEntry::entry).filter(Entry::isLive);
        }
    }
}
