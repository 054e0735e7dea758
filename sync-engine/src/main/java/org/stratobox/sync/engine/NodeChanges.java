package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.coding.CodingProfile;

/// Adding and removing nodes.
final class NodeChanges {
    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;

    NodeChanges(EngineParts parts, DeviceKeys keys, SyncIndex index) {
        this.parts = parts;
        this.keys = keys;
        this.index = index;
    }

    /// The nodes as they are going to be.
    ///
    /// @param nodes all of them
    /// @param added the new one, if there is one
    record Plan(List<NodeRecord> nodes, Optional<NodeId> added) {
        /// Makes the new node ready, or says why it cannot be used.
        void checkNew(Mesh next) throws StratoboxException {
            for (MeshNode node : next.nodes()) {
                if (added.filter(node.spec().id()::equals).isPresent()) {
                    try {
                        node.prepare();
                    } catch (NodeException e) {
                        throw new StratoboxException(
                                e instanceof NodeException.Unreachable ? Reason.NO_NODE : Reason.USAGE,
                                "The node " + node.spec().address() + " " + Sentences.of(e) + " (" + e.getMessage()
                                        + "). It was not added.",
                                e);
                    }
                }
            }
        }
    }

    Plan add(NodeSource source) throws StratoboxException {
        if (keys.nodes().stream().anyMatch(n -> n.address().equals(source.address()))) {
            throw new StratoboxException(Reason.USAGE, source.address() + " is a node of this account already.");
        }
        NodeRecord added = new Setup(parts).records(List.of(source)).getFirst();
        List<NodeRecord> nodes = new ArrayList<>(keys.nodes());
        nodes.add(added);
        return new Plan(nodes, Optional.of(added.node()));
    }

    Plan remove(String address) throws StratoboxException, IndexException {
        NodeRecord gone = keys.nodes().stream().filter(n -> n.address().equals(address)).findFirst()
                .orElseThrow(() -> new StratoboxException(Reason.USAGE, "There is no node " + address + "."));
        if (keys.nodes().size() == 1) {
            throw new StratoboxException(Reason.USAGE,
                    "It is the only node: everything would be lost. Add another one first.");
        }
        long endangered = endangered(gone.node());
        if (endangered > 0) {
            throw new StratoboxException(Reason.USAGE, "Without " + address + " " + endangered
                    + " pieces of your data would not be safe any more, so it was not removed."
                    + " Add another node, run sync, and try again.");
        }
        return new Plan(keys.nodes().stream().filter(n -> !n.equals(gone)).toList(), Optional.empty());
    }

    /// Packs that would have fewer shares than counts as safe.
    private long endangered(NodeId gone) throws IndexException {
        Set<PackDebt> debts = new HashSet<>(index.packs().debts());
        long endangered = 0;
        for (PackRecord pack : index.packs().packs()) {
            Set<Integer> kept = new HashSet<>();
            for (StoredShare share : pack.shares()) {
                if (!share.node().equals(gone)
                        && !debts.contains(new PackDebt(pack.packId(), share.index(), share.node()))) {
                    kept.add(share.index());
                }
            }
            endangered += kept.size() < new CodingProfile(pack.k(), pack.n()).safeShares() ? 1 : 0;
        }
        return endangered;
    }

    /// Tells all nodes of the change and owes a new node what every node has.
    static void describe(EngineParts parts, DeviceKeys keys, Mesh next, SyncIndex index)
            throws StratoboxException, PackException, IndexException, InterruptedException {
        AccountRecords known = Setup.records(keys, next);
        new AccountWriter(keys, next, parts.clock().millis()).describe(known, keys.nodes());
        forgetRemoved(keys, index);
        for (Space space : List.of(Space.KEYS, Space.HEAD, Space.INDEX)) {
            Map<NodeId, Set<ObjectName>> lacking = AccountState.lacking(next.list(space));
            index.transact(() -> {
                for (var node : lacking.entrySet()) {
                    for (ObjectName name : node.getValue()) {
                        index.packs().addCopyDebt(new CopyDebt(space.directory(), name, node.getKey()));
                    }
                }
            });
        }
        new Debts(index, next).pay();
    }

    /// A node that is not used any more owes nothing and proves nothing. Whether the others hold enough is another question.
    private static void forgetRemoved(DeviceKeys keys, SyncIndex index) throws IndexException {
        Set<NodeId> kept = new HashSet<>();
        keys.nodes().forEach(n -> kept.add(n.node()));
        index.transact(() -> {
            for (PackDebt debt : index.packs().debts()) {
                if (!kept.contains(debt.node())) {
                    index.packs().removeDebt(debt);
                }
            }
            for (CopyDebt debt : index.packs().copyDebts()) {
                if (!kept.contains(debt.node())) {
                    index.packs().removeCopyDebt(debt);
                }
            }
            for (NodeId node : index.proofs().byNode().keySet()) {
                if (!kept.contains(node)) {
                    index.proofs().withdrawAll(node);
                }
            }
        });
    }
}
