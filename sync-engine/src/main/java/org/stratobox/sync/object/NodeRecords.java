package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.stratobox.crypto.Secret;
import org.stratobox.sync.model.NodeId;

/// `[[node, address, domain, credentials], ...]`.
final class NodeRecords {
    private NodeRecords() {}

    static void write(CborWriter out, List<NodeRecord> nodes) {
        out.array(nodes.size());
        for (NodeRecord node : nodes) {
            out.array(4).id(node.node().id()).text(node.address()).text(node.domain());
            byte[] credentials = node.credentials().exposeCopy();
            out.bytes(credentials);
            Arrays.fill(credentials, (byte) 0);
        }
    }

    static List<NodeRecord> read(CborReader in) throws ObjectException {
        int n = in.array(Limits.NODES, 21);
        List<NodeRecord> nodes = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            in.arrayOf(4);
            nodes.add(new NodeRecord(new NodeId(in.id()), in.text(Limits.ADDRESS_BYTES), in.text(Limits.LABEL_BYTES),
                    Secret.takeOwnership(in.bytes(Limits.ADDRESS_BYTES))));
        }
        return nodes;
    }
}
