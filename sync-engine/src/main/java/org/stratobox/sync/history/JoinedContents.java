package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.FolderState;

/// A joined state in memory, with what could not be had of the states it was joined from.
final class JoinedContents implements FolderContents {
    private final SortedMap<RelativePath, Optional<Entry>> shown;
    private final List<Gap> gaps;

    /// A directory of one of the states whose entries could not be had.
    record Gap(RelativePath directory, HistoryException why) {}

    JoinedContents(FolderState state, List<Gap> gaps) {
        this.shown = state.shown();
        this.gaps = List.copyOf(gaps);
    }

    @Override
    public Optional<Entry> find(RelativePath path) {
        return Optional.ofNullable(shown.get(path)).flatMap(e -> e);
    }

    @Override
    public <X extends Exception> List<RelativePath> forEach(Collection<RelativePath> paths, EntryVisitor<X> visitor)
            throws X, HistoryException, InterruptedException {
        for (Gap gap : gaps) {
            if (paths.stream().anyMatch(p -> covers(p, gap.directory()) || covers(gap.directory(), p))) {
                visitor.unreadable(gap.directory(), gap.why());
            }
        }
        Set<RelativePath> absent = new HashSet<>(paths);
        List<RelativePath> derived = new ArrayList<>();
        for (Map.Entry<RelativePath, Optional<Entry>> next : shown.entrySet()) {
            RelativePath path = next.getKey();
            if (paths.stream().noneMatch(p -> covers(p, path))) {
                continue;
            }
            absent.removeIf(p -> covers(p, path));
            if (next.getValue().isEmpty()) {
                derived.add(path);
                continue;
            }
            Entry entry = next.getValue().get();
            for (RelativePath directory : derived) {
                visitor.visit(directory, FolderReader.derived(entry));
            }
            derived.clear();
            visitor.visit(path, entry);
        }
        absent.remove(RelativePath.ROOT);
        return List.copyOf(absent);
    }

    private static boolean covers(RelativePath wanted, RelativePath path) {
        return path.equals(wanted) || path.isBelow(wanted);
    }
}
