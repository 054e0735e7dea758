package org.stratobox.sync.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Brake;
import org.stratobox.sync.reconcile.Caution;
import org.stratobox.sync.reconcile.Difference;
import org.stratobox.sync.reconcile.Held;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Planner;

/// Plans what brings a folder's disk to the merged state, from the index alone: no disk is read, nothing is changed.
public final class FolderPlan {
    private final EntryIndex entries;
    private final FolderId folder;
    private final LeftOut leftOut;

    /// Says what is not to be on this disk.
    @FunctionalInterface
    public interface LeftOut {
        /// @param path from the root of the folder
        /// @param known both sides of it, which differ
        /// @return whether the disk stays as it is there
        boolean test(RelativePath path, EntryIndex.Known known);
    }

    /// @param entries of all folders
    /// @param folder which one
    /// @param leftOut paths that are not to be on this disk
    public FolderPlan(EntryIndex entries, FolderId folder, LeftOut leftOut) {
        this.entries = entries;
        this.folder = folder;
        this.leftOut = leftOut;
    }

    /// @param caution what must not be touched
    /// @param brake judges deletions
    /// @param released what a person let through
    /// @return what may be done now, and what is held
    /// @throws IndexException if the index cannot be used
    public Held.Split make(Caution caution, Brake brake, Set<Held.Id> released) throws IndexException {
        List<Difference> differences = new ArrayList<>();
        entries.forEachDifference(folder, (path, known) -> {
            if (!leftOut.test(path, known)) {
                differences.add(new Difference(path, known.base(), known.state()));
            }
        });
        if (differences.isEmpty()) {
            return new Held.Split(Plan.empty(), Optional.empty(), List.of());
        }
        try {
            Plan plan = new Planner().plan(differences, new IndexSurroundings(entries, folder), caution);
            return brake.inbound(plan, entries.totals(folder).entries(), released);
        } catch (IndexSurroundings.Failed e) {
            throw e.why();
        }
    }
}
