package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.AccountRecord;
import org.stratobox.sync.object.NodeRecord;

/// Finds the account's newest epoch with nothing but the phrase (`format.md` 3.9): the highest one with a record of the root
/// on any node that is reached. Four empty ones after it end the search.
final class EpochSearch {
    private static final int EMPTY = 4;

    private final EngineParts parts;
    private final MasterKeys master;
    private final VerifyKey root;

    EpochSearch(EngineParts parts, MasterKeys master, VerifyKey root) {
        this.parts = parts;
        this.master = master;
        this.root = root;
    }

    /// @param nodes to ask; those that do not answer are not asked about every epoch
    /// @return keys of the newest epoch and those before it, newest first; the caller closes them
    List<EpochKey> epochs(List<NodeRecord> nodes) throws StratoboxException, InterruptedException {
        int newest = newest(nodes);
        List<EpochKey> epochs = new ArrayList<>();
        for (int i = newest; i >= 0; i--) {
            epochs.add(master.epoch(i));
        }
        return epochs;
    }

    private int newest(List<NodeRecord> nodes) throws StratoboxException, InterruptedException {
        int newest = 0;
        List<NodeRecord> reached = nodes;
        for (int i = 0; i <= newest + EMPTY && !reached.isEmpty(); i++) {
            try (EpochKey epoch = master.epoch(i); Mesh mesh = Mesh.open(parts, reached, epoch.accountTag())) {
                List<NodeRecord> answered = new ArrayList<>();
                boolean prepared = false;
                for (int n = 0; n < mesh.nodes().size(); n++) {
                    try {
                        prepared |= mesh.nodes().get(n).isPrepared();
                        answered.add(reached.get(n));
                    } catch (NodeException e) {
                        // whoever works with the nodes after this says which do not answer
                    }
                }
                if (prepared && hasRecord(epoch, mesh)) {
                    newest = i;
                }
                reached = answered;
            }
        }
        return newest;
    }

    private boolean hasRecord(EpochKey epoch, Mesh mesh) throws InterruptedException {
        AccountRecords records = AccountRecords.read(epoch, root, mesh, AccountState.union(mesh.list(Space.KEYS)));
        return records.account().stream().map(AccountRecord::epoch).anyMatch(e -> e == epoch.epoch());
    }
}
