package org.stratobox.sync.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.apply.Trash;
import org.stratobox.sync.engine.SelectionTools.Site;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.TrashTable.Kept;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;

/// Keeps what was chosen for a folder in step with what others do.
final class ChosenPaths {
    private final SyncIndex index;
    private final FolderId folder;

    ChosenPaths(SyncIndex index, FolderId folder) {
        this.index = index;
        this.folder = folder;
    }

    /// Takes what others did to files that are not here: a renamed one is not here under its new name either, a deleted one
    /// needs no work on the disk. Call it after merging and before planning.
    void follow() throws IndexException {
        OnlineOnly chosen = OnlineOnly.load(index, folder);
        if (chosen.paths().isEmpty()) {
            return;
        }
        List<Known> gone = new ArrayList<>();
        index.entries().forEachDifference(folder, (path, known) -> {
            if (chosen.test(path, known) && known.state().filter(Entry::isLive).isEmpty()) {
                gone.add(known);
            }
        });
        for (Known known : gone) {
            Optional<RelativePath> to = known.state().flatMap(Entry::moved).map(Moved::to);
            if (to.isPresent() && !chosen.isOnlineOnly(to.get()) && isAbsentHere(to.get())) {
                index.selection().add(folder, to.get());
            }
        }
        index.transact(() -> {
            for (Known known : gone) {
                index.entries().putBase(known.row(), known.state(), Evidence.ABSENT);
            }
        });
        forgetDead(chosen);
    }

    private boolean isAbsentHere(RelativePath path) throws IndexException {
        Optional<Long> row = index.entries().locate(folder, path);
        return row.isEmpty() || index.entries().known(row.get()).base().filter(Entry::isLive).isEmpty();
    }

    /// A choice ends with what was chosen: something else that gets the name later is here like everything.
    private void forgetDead(OnlineOnly chosen) throws IndexException {
        for (RelativePath path : chosen.paths()) {
            Optional<Long> row = index.entries().locate(folder, path);
            if (row.isPresent() && index.entries().known(row.get()).state().filter(Entry::isLive).isEmpty()
                    && !index.entries().hasLiveBelow(row.get())) {
                index.selection().remove(folder, path);
            }
        }
    }

    /// Wants a path here again. Where only a part of what was chosen is wanted, its neighbours are chosen one by one before the
    /// choice above them ends.
    void keepHere(RelativePath path) throws IndexException {
        OnlineOnly chosen = OnlineOnly.load(index, folder);
        for (RelativePath one : chosen.paths()) {
            if (path.isBelow(one)) {
                chooseBeside(one, path);
            }
        }
        for (RelativePath one : chosen.paths()) {
            if (one.equals(path) || one.isBelow(path) || path.isBelow(one)) {
                index.selection().remove(folder, one);
            }
        }
    }

    private void chooseBeside(RelativePath above, RelativePath path) throws IndexException {
        RelativePath at = path;
        while (!at.equals(above)) {
            RelativePath directory = at.parent().orElse(RelativePath.ROOT);
            Optional<Long> row = index.entries().locate(folder, directory);
            if (row.isPresent()) {
                EntryIndex entries = index.entries();
                for (Row child : entries.children(row.get()).values()) {
                    Known known = entries.known(child.id());
                    RelativePath sibling = directory.child(known.name());
                    if (!sibling.equals(at) && known.base().filter(Entry::isLive).isEmpty()
                            && known.state().filter(Entry::isLive).isPresent()) {
                        index.selection().add(folder, sibling);
                    }
                }
            }
            at = directory;
        }
    }

    /// Lets go of freed files that a program may have had open when they left: after a minute in the trash, looked at once
    /// more, and only if nodes have proven all of them.
    ///
    /// @return how many are gone from the disk
    static int release(SelectionTools tools, Site site) throws IndexException, IOException, InterruptedException {
        OnlineOnly chosen = OnlineOnly.load(tools.index(), site.folder());
        if (chosen.paths().isEmpty()) {
            return 0;
        }
        Trash trash = new Trash(tools.applying(), site.target());
        Set<Entry> proven = new HashSet<>();
        ObjectReader objects = tools.objects();
        FileProofs proofs = new FileProofs(tools.index(), objects, Integer.MAX_VALUE);
        for (Kept kept : trash.list()) {
            Optional<Entry> entry = kept.item().entry();
            if (chosen.isOnlineOnly(kept.item().original()) && entry.isPresent()
                    && isCurrent(tools.index(), site.folder(), kept.item().original(), entry.get())
                    && proofs.of(entry.get()).isPresent()) {
                proven.add(entry.get());
            }
        }
        return proven.isEmpty() ? 0 : trash.purge(new Trash.Rules(Duration.ZERO, 0), proven::contains).purged();
    }

    /// Only what the state still has: an older version in the trash is there for another reason.
    private static boolean isCurrent(SyncIndex index, FolderId folder, RelativePath path, Entry entry)
            throws IndexException {
        Optional<Long> row = index.entries().locate(folder, path);
        return row.isPresent()
                && index.entries().known(row.get()).state().filter(s -> s.sameContent(entry)).isPresent();
    }
}
