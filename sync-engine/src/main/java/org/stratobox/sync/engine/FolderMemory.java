package org.stratobox.sync.engine;

import java.util.HashSet;
import java.util.Set;

import org.stratobox.sync.apply.Backoff;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Ticker;

/// What is remembered of one folder from pass to pass while an account is open. Used by the folder's one writer.
final class FolderMemory {
    private final Backoff backoff;
    private final Set<RelativePath> piecemeal = new HashSet<>();
    private final Set<RelativePath> changed = new HashSet<>();

    FolderMemory(Ticker ticker) {
        backoff = new Backoff(ticker);
    }

    Backoff backoff() {
        return backoff;
    }

    /// Directories that could not be renamed in one piece.
    Set<RelativePath> piecemeal() {
        return Set.copyOf(piecemeal);
    }

    void moveInPieces(RelativePath directory) {
        piecemeal.add(directory);
    }

    /// The disk was not as expected there.
    void changed(RelativePath path) {
        changed.add(path.parent().orElse(RelativePath.ROOT));
    }

    /// @return directories to look at again; they are the caller's now
    Set<RelativePath> takeChanged() {
        Set<RelativePath> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }
}
