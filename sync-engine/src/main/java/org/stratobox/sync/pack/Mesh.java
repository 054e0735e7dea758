package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.model.NodeId;

/// The nodes of one store.
final class Mesh {
    private final Map<NodeId, NodeLink> links = new LinkedHashMap<>();

    Mesh(Collection<? extends MeshNode> nodes, MeshStore.Tools tools) {
        for (MeshNode node : nodes) {
            NodeLink twin = links.put(node.spec().id(), new NodeLink(node, tools.ticker(), tools.policy()));
            if (twin != null) {
                throw new IllegalArgumentException("two nodes have the id " + twin.id());
            }
        }
        if (links.isEmpty()) {
            throw new IllegalArgumentException("a mesh has at least one node");
        }
    }

    List<NodeLink> all() {
        return List.copyOf(links.values());
    }

    Optional<NodeLink> find(NodeId id) {
        return Optional.ofNullable(links.get(id));
    }

    int domains() {
        return (int) links.values().stream().map(l -> l.spec().domain()).distinct().count();
    }

    /// @return one node of every domain, the best place for this object first
    List<NodeLink> placesFor(Digest256 object) {
        List<NodeSpec> specs = links.values().stream().map(NodeLink::spec).toList();
        return Placement.order(object, specs).stream().map(s -> links.get(s.id())).toList();
    }

    /// @return all nodes, those to be read from first at the front
    List<NodeLink> byReadiness() {
        List<NodeLink> out = new ArrayList<>(links.values());
        out.sort(readiness());
        return out;
    }

    /// Nodes that are not avoided first, then the fastest; a node never measured counts as fast, so that it gets measured.
    static Comparator<NodeLink> readiness() {
        return Comparator.comparing((NodeLink l) -> l.standing().isAvoided())
                .thenComparingLong(l -> l.standing().typicalNanos());
    }
}
