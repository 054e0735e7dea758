package org.stratobox.sync.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.api.StatusReport.Holding;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.ProofTable.NodeProofs;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.pack.coding.ShareLayout;

/// What each node should hold, what it owes, and how many packs are on too few nodes, going by the index. Does not change
/// once it is made, so several threads may ask.
final class NodeHoldings {
    private final Set<NodeId> nodes;
    private final Set<PackDebt> debts;
    private final Map<NodeId, NodeProofs> proofs;
    private final Map<NodeId, Sum> sums = new HashMap<>();
    private long unsafe;

    private static final class Sum {
        private long shares;
        private long bytes;
        private long debts;
    }

    private NodeHoldings(Set<NodeId> nodes, SyncIndex index) throws IndexException {
        this.nodes = nodes;
        debts = new HashSet<>(index.packs().debts());
        proofs = index.proofs().byNode();
    }

    /// @param nodes of the mesh
    static NodeHoldings of(SyncIndex index, Set<NodeId> nodes) throws IndexException {
        NodeHoldings holdings = new NodeHoldings(nodes, index);
        index.packs().packs().forEach(holdings::count);
        for (PackIndexTable.CopyDebt debt : index.packs().copyDebts()) {
            holdings.sum(debt.node()).debts++;
        }
        return holdings;
    }

    private void count(PackRecord pack) {
        CodingProfile profile = new CodingProfile(pack.k(), pack.n());
        int length = new ShareLayout(profile, pack.length()).shareLength();
        Set<Integer> there = new HashSet<>();
        for (StoredShare share : pack.shares()) {
            boolean isOwed = debts.contains(new PackDebt(pack.packId(), share.index(), share.node()));
            Sum sum = sum(share.node());
            sum.shares++;
            sum.bytes += length;
            sum.debts += isOwed ? 1 : 0;
            if (!isOwed && nodes.contains(share.node())) {
                there.add(share.index());
            }
        }
        unsafe += there.size() < profile.safeShares() ? 1 : 0;
    }

    private Sum sum(NodeId node) {
        return sums.computeIfAbsent(node, _ -> new Sum());
    }

    /// Packs with fewer shares than counts as safe, on nodes that belong to the mesh.
    long unsafe() {
        return unsafe;
    }

    Holding of(NodeId node) {
        Sum sum = sums.getOrDefault(node, new Sum());
        Optional<NodeProofs> proven = Optional.ofNullable(proofs.get(node));
        return new Holding(sum.shares, sum.bytes, sum.debts,
                Math.max(0, sum.shares - proven.map(NodeProofs::shares).orElse(0L)),
                proven.map(NodeProofs::newestMillis), proven.map(NodeProofs::oldestMillis));
    }
}
