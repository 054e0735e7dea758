package org.stratobox.sync.engine;

import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.sync.history.FileObjects;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.ProofTable.Proven;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;

/// What nodes have proven of single entries: of the pieces of a file and of the trees that lead to it, because a file nobody
/// finds is not safe. Asks nodes for nothing but the list of pieces of a file that has many, and that only if not all packs
/// are proven anyway. Used by one thread, for one answer.
final class FileProofs {
    private final SyncIndex index;
    private final FileObjects files;
    private final Optional<Proven> trees;
    private final boolean isAllProven;
    private int listsLeft;

    /// @param lists most lists of pieces to read
    FileProofs(SyncIndex index, ObjectReader objects, int lists) throws IndexException {
        this.index = index;
        files = new FileObjects(objects);
        trees = index.proofs().provenOfTrees();
        isAllProven = index.proofs().totals().unproven() == 0;
        listsLeft = lists;
    }

    /// @return whether every pack is proven, so that every file is
    boolean isAllProven() {
        return isAllProven;
    }

    /// @return what is proven of all of it; empty if something is not, or cannot be told
    Optional<Proven> of(Entry entry) throws IndexException, InterruptedException {
        if (trees.isEmpty() || !(entry.content() instanceof Content.Chunk
                || entry.content() instanceof Content.Manifest)) {
            return trees;
        }
        if (entry.content() instanceof Content.Manifest && listsLeft-- <= 0) {
            return Optional.empty();
        }
        Set<Cid> pieces;
        try {
            pieces = files.of(entry);
        } catch (HistoryException.IndexFailed e) {
            throw e.index();
        } catch (HistoryException e) {
            return Optional.empty();
        }
        return index.proofs().provenOf(pieces).map(trees.get()::with);
    }
}
