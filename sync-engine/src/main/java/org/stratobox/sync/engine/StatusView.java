package org.stratobox.sync.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StatusReport.FolderState;
import org.stratobox.sync.api.StatusReport.NodeState;
import org.stratobox.sync.api.StatusReport.Proof;
import org.stratobox.sync.api.StatusReport.Waiting;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.engine.Intentions.HeldHere;
import org.stratobox.sync.engine.Intentions.OfFolder;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.ProofTable;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.pack.NodeEvidence;
import org.stratobox.sync.pack.Profiles;
import org.stratobox.sync.task.Tasks;

/// Finds out the state of a device without changing anything: a walk over the disk, a look into the index, one question to
/// every node. Never reads files from nodes: what is proven was proven before.
final class StatusView {
    private static final int LARGE = 16 << 20;

    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Mesh mesh;
    private final Intentions intentions;

    StatusView(EngineParts parts, DeviceKeys keys, SyncIndex index, Mesh mesh, Intentions intentions) {
        this.parts = parts;
        this.keys = keys;
        this.index = index;
        this.mesh = mesh;
        this.intentions = intentions;
    }

    /// @param unread newest states of other devices that are not merged
    StatusReport report(List<FolderSetting> settings, long unread) throws IndexException, InterruptedException {
        NodeHoldings holdings = NodeHoldings.of(index,
                mesh.nodes().stream().map(n -> n.spec().id()).collect(Collectors.toSet()));
        List<NodeState> nodes = nodes(holdings);
        ProofTable.Totals proofs = index.proofs().totals();
        List<FolderState> folders = new ArrayList<>();
        boolean published = isPublished(settings);
        for (FolderSetting setting : settings) {
            folders.add(folder(setting, published, proofs.oldestMillis()));
        }
        long debts = index.packs().debts().size() + (long) index.packs().copyDebts().size();
        return new StatusReport(folders, nodes, protection(mesh.store().domains()), debts, holdings.unsafe(),
                new Proof(proofs.packs(), proofs.unproven(), proofs.oldestMillis()), unread, TrustBook.open(index));
    }

    private FolderState folder(FolderSetting setting, boolean published, Optional<Long> verified)
            throws IndexException, InterruptedException {
        FolderId folder = keys.folderId(setting.name());
        Path root = setting.path();
        EntryIndex.Totals totals = index.entries().totals(folder);
        Optional<String> problem = FolderChecks.problem(parts.files(), root, folder);
        if (problem.isEmpty() && totals.entries() > 0) {
            problem = FolderChecks.emptied(parts.files(), root);
        }
        long pending = 0;
        Waiting waiting = Waiting.NOTHING;
        if (problem.isEmpty()) {
            OfFolder found = intentions.of(setting);
            if (found.scan().isPresent()) {
                DryScan scan = found.scan().get();
                long heldHere = held(found, true);
                pending = scan.changed().size() + Math.max(0, scan.missing().size() - heldHere)
                        + scan.problems().size();
                long heldThere = held(found, false);
                Counts counts = counts(folder, root);
                waiting = new Waiting(Math.max(0, counts.incoming - heldThere), heldHere + heldThere,
                        scan.copies().size(), counts.onlineOnly);
            } else {
                problem = found.left().stream().map(p -> p.reason()).findFirst();
            }
        }
        return new FolderState(setting.name(), root, totals.entries(), totals.bytes(), pending, published, verified,
                problem, waiting);
    }

    private static long held(OfFolder found, boolean madeHere) {
        return found.held().stream().map(HeldHere::change).filter(c -> c.madeHere() == madeHere)
                .mapToLong(c -> c.deleted().size() + (long) c.replaced().size()).sum();
    }

    private static final class Counts {
        private long incoming;
        private long onlineOnly;
    }

    private Counts counts(FolderId folder, Path root) throws IndexException {
        OnlineOnly chosen = OnlineOnly.load(index, folder);
        NotHere leftOut = NotHere.of(index, folder, parts.files(), root);
        Counts counts = new Counts();
        index.entries().forEachDifference(folder, (path, known) -> {
            if (!leftOut.test(path, known)) {
                counts.incoming++;
            } else if (chosen.test(path, known)
                    && known.state().filter(e -> e.isLive() && e.kind() != EntryKind.DIRECTORY).isPresent()) {
                counts.onlineOnly++;
            }
        });
        return counts;
    }

    /// Whether the trees as they are now are the ones in the newest head.
    private boolean isPublished(List<FolderSetting> settings) throws IndexException {
        SortedMap<FolderId, Capability> trees = new TreeMap<>();
        for (FolderSetting setting : settings) {
            FolderId folder = keys.folderId(setting.name());
            Optional<Capability> tree = index.entries().subtree(index.entries().root(folder));
            if (tree.isEmpty()) {
                return false;
            }
            trees.put(folder, tree.get());
        }
        return index.get(SyncPass.PUBLISHED).filter(p -> Arrays.equals(p, SyncPass.published(trees))).isPresent();
    }

    private List<NodeState> nodes(NodeHoldings holdings) throws InterruptedException {
        Map<String, NodeState> states = new ConcurrentHashMap<>();
        List<Tasks.Job<Boolean, RuntimeException>> jobs = new ArrayList<>();
        for (MeshNode node : mesh.nodes()) {
            jobs.add(() -> {
                NodeState state = state(node, holdings);
                states.put(state.address(), state);
                return true;
            });
        }
        Tasks.all(parts.tasks().io(), jobs);
        return mesh.nodes().stream().map(n -> states.get(n.spec().address().toString())).toList();
    }

    private NodeState state(MeshNode node, NodeHoldings holdings) {
        String address = node.spec().address().toString();
        NodeId id = node.spec().id();
        try {
            if (!node.isPrepared()) {
                return new NodeState(address, false, "holds nothing of this account", Optional.empty(),
                        holdings.of(id));
            }
            Optional<Long> free = node.usage().map(MeshNode.Usage::free);
            return new NodeState(address, true, hasLied(id) ? "answers, but gave wrong bytes lately" : "answers", free,
                    holdings.of(id));
        } catch (NodeException e) {
            return new NodeState(address, false, Sentences.of(e), Optional.empty(), holdings.of(id));
        }
    }

    private boolean hasLied(NodeId node) {
        return mesh.evidence().stream()
                .anyMatch(e -> e.node().equals(node) && e.kind() == NodeEvidence.Kind.WRONG_BYTES);
    }

    /// What a number of places survives, in words.
    static String protection(int domains) {
        int survives = Profiles.forPack(domains, LARGE).survives();
        return survives == 0
                ? "one copy only: not protected yet, add a second place"
                : "survives the loss of any " + survives + " of " + domains + " places";
    }
}
