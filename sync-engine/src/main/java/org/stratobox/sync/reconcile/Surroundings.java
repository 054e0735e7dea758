package org.stratobox.sync.reconcile;

import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// What the planner asks about paths that may have no difference. Asked seldom: for the directories above new entries, and
/// for directories of base that the state does not hold. Answers must not change while a plan is made.
public interface Surroundings {
    /// @param path a path
    /// @return base at it, tombstones included
    Optional<Entry> base(RelativePath path);

    /// @param path a path
    /// @return the merged state at it, tombstones included
    Optional<Entry> state(RelativePath path);

    /// Whether a directory is shown although the state does not hold it as a live directory.
    ///
    /// @param directory a path
    /// @return whether the merged state has a live entry somewhere below it
    boolean showsBelow(RelativePath directory);

    /// For disks that take different names for one (`Docs`, `docs`). Two paths have the same key exactly if the disk can hold
    /// only one of them.
    ///
    /// @param path a path
    /// @return what the disk takes the path for; the path's text on a disk that tells all names apart
    default String place(RelativePath path) {
        return path.text();
    }

    /// @param path a path at which base has nothing live
    /// @return another path, live in base, that has the same [#place(RelativePath)]
    default Optional<RelativePath> occupant(RelativePath path) {
        return Optional.empty();
    }

    /// @param folder both sides in memory
    /// @param base path -> base entry
    /// @return the surroundings these make, on a disk that tells all names apart
    static Surroundings of(FolderState base, FolderState folder) {
        return new StateSurroundings(base, folder);
    }
}
