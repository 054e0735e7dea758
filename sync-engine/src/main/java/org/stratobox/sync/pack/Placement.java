package org.stratobox.sync.pack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.mesh.NodeSpec;

/// Which node gets which share: rendezvous hashing over the object's digest. Every device comes to the same order without
/// asking anybody; a domain that comes or goes moves only what belongs to it. One share per failure domain.
///
/// Share `i` belongs on the i-th node of the order; what follows are the spares.
public final class Placement {
    private static final byte[] DOMAIN = {0};
    private static final byte[] NODE = {1};

    private Placement() {}

    /// @param object digest of the pack or object
    /// @param nodes all that may hold it
    /// @return one node of every failure domain, best first; does not depend on the order of `nodes`
    public static List<NodeSpec> order(Digest256 object, Collection<NodeSpec> nodes) {
        Map<String, NodeSpec> best = new HashMap<>();
        for (NodeSpec node : nodes) {
            best.merge(node.domain(), node, (a, b) -> byNode(object).compare(a, b) <= 0 ? a : b);
        }
        List<NodeSpec> order = new ArrayList<>(best.values());
        Map<String, Digest256> scores = new HashMap<>();
        best.keySet().forEach(d -> scores.put(d, score(object, DOMAIN, d.getBytes(StandardCharsets.UTF_8))));
        order.sort(Comparator.comparing(n -> scores.get(n.domain())));
        return List.copyOf(order);
    }

    private static Comparator<NodeSpec> byNode(Digest256 object) {
        return Comparator.comparing(n -> score(object, NODE, n.id().bytes()));
    }

    private static Digest256 score(Digest256 object, byte[] kind, byte[] place) {
        return Sha256.of(object.bytes(), kind, place);
    }
}
