package org.stratobox.sync.engine;

import java.util.Optional;

import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.FileState.Proof;
import org.stratobox.sync.api.FileState.State;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.ProofTable.Proven;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.ConflictNames;

/// Where entries stand that this disk shows as they are known, going by the index: taken in, uploaded, verified. Used by
/// one thread, for one answer.
final class EntryStates {
    private final DeviceKeys keys;
    private final FileProofs proofs;
    private final long publishedUpTo;
    private final boolean areTreesStored;

    /// @param lists most lists of pieces to read from nodes
    EntryStates(DeviceKeys keys, SyncIndex index, ObjectReader objects, int lists) throws IndexException {
        this.keys = keys;
        proofs = new FileProofs(index, objects, lists);
        publishedUpTo = Authoring.publishedUpTo(index);
        areTreesStored = index.get(SyncPass.PUBLISHED).isPresent();
    }

    /// A path of a folder.
    ///
    /// @param folder name of the folder
    /// @param path below its root
    record Place(String folder, RelativePath path) {
        FileState is(State state, Optional<Proof> proof, String why) {
            return new FileState(folder, path.text(), state, proof, Optional.of(why));
        }
    }

    /// @return whether every published entry is verified, so that there is no need to look at each
    boolean isAllProven() {
        return proofs.isAllProven();
    }

    /// @return whether another device or a restore would find this version
    boolean isPublished(Entry entry) {
        return areTreesStored && entry.version().get(keys.device()) <= publishedUpTo;
    }

    /// @param entry live, on the disk as it is known, or not to be there
    FileState of(Place place, Entry entry) throws IndexException, InterruptedException {
        Optional<Proof> proof = proof(entry);
        if (ConflictNames.original(place.path()).isPresent()) {
            return place.is(State.CONFLICT, proof,
                    "Two changes met; this is the one that lost its name. Keep what you want of it, then delete or rename it.");
        }
        if (!isPublished(entry)) {
            return place.is(State.PENDING, Optional.empty(),
                    "It is encrypted and stored, but not published yet: other devices do not see it.");
        }
        return proof.isPresent()
                ? new FileState(place.folder(), place.path().text(), State.VERIFIED, proof, Optional.empty())
                : place.is(State.UPLOADED, proof,
                        "It is uploaded, but too few nodes have proven that they hold all of it.");
    }

    /// @return what is proven of an entry that is published
    Optional<Proof> proof(Entry entry) throws IndexException, InterruptedException {
        return isPublished(entry)
                ? proofs.of(entry).map((Proven p) -> new Proof(p.nodes(), p.oldestMillis()))
                : Optional.empty();
    }
}
