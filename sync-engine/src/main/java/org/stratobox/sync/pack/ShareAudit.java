package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.task.Tasks;

/// Looks whether nodes hold what they should.
final class ShareAudit {
    private final Mesh mesh;
    private final MeshStore.Tools tools;

    ShareAudit(Mesh mesh, MeshStore.Tools tools) {
        this.mesh = mesh;
        this.tools = tools;
    }

    Optional<NodeEvidence.Kind> verify(PackRecord record, StoredShare share) throws InterruptedException {
        Optional<NodeLink> node = mesh.find(share.node());
        if (node.isEmpty()) {
            return Optional.of(NodeEvidence.Kind.UNREACHABLE);
        }
        try {
            node.get().whole(Space.DATA, share.name());
            return Optional.empty();
        } catch (NodeException e) {
            if (e instanceof NodeException.Corrupt) {
                node.get().standing().gaveWrongBytes();
            }
            NodeEvidence.Kind kind = ShareReader.kindOf(e);
            tools.evidence().report(new NodeEvidence(node.get().id(), record.packId(), share.index(), kind));
            return Optional.of(kind);
        }
    }

    List<NodeEvidence> presence(Collection<PackRecord> packs) throws InterruptedException {
        Map<NodeId, List<Expected>> byNode = new LinkedHashMap<>();
        for (PackRecord pack : packs) {
            int length = new PackView(mesh, pack).layout().shareLength();
            for (StoredShare share : pack.shares()) {
                byNode.computeIfAbsent(share.node(), _ -> new ArrayList<>())
                        .add(new Expected(pack.packId(), share, length));
            }
        }
        List<Tasks.Job<List<NodeEvidence>, RuntimeException>> jobs = new ArrayList<>();
        byNode.forEach((node, expected) -> jobs.add(() -> compare(node, expected)));
        return Tasks.all(tools.tasks().io(), jobs).stream().flatMap(List::stream).toList();
    }

    private record Expected(Digest256 packId, StoredShare share, long length) {
        ObjectName name() {
            return share.name();
        }

        NodeEvidence evidence(NodeId node, NodeEvidence.Kind kind) {
            return new NodeEvidence(node, packId, share.index(), kind);
        }
    }

    private List<NodeEvidence> compare(NodeId node, List<Expected> expected) throws InterruptedException {
        Optional<Map<ObjectName, Long>> there = listing(node);
        List<NodeEvidence> out = new ArrayList<>();
        for (Expected e : expected) {
            if (there.isEmpty()) {
                out.add(e.evidence(node, NodeEvidence.Kind.UNREACHABLE));
                continue;
            }
            Optional<Long> length = Optional.ofNullable(there.get().get(e.name()));
            if (length.isEmpty()) {
                out.add(e.evidence(node, NodeEvidence.Kind.MISSING));
            } else if (length.get() != e.length()) {
                out.add(e.evidence(node, NodeEvidence.Kind.WRONG_BYTES));
            }
        }
        return out;
    }

    /// @return names and sizes, or empty if the node cannot be asked
    private Optional<Map<ObjectName, Long>> listing(NodeId id) throws InterruptedException {
        Optional<NodeLink> node = mesh.find(id);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<ObjectName, Long> sizes = new HashMap<>();
            for (MeshNode.StoredObject object : node.get().ask(n -> n.list(Space.DATA))) {
                sizes.put(object.name(), object.size());
            }
            return Optional.of(sizes);
        } catch (NodeException e) {
            return Optional.empty();
        }
    }
}
