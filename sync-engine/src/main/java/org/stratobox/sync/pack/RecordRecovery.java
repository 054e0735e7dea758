package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackContents;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.MerkleTree;

/// Makes the record of a pack from the pack itself, for when the index objects are lost. Only packs that are kept as whole
/// copies can tell: a share does not know its pack.
final class RecordRecovery {
    private final Mesh mesh;
    private final MeshStore.Tools tools;

    RecordRecovery(Mesh mesh, MeshStore.Tools tools) {
        this.mesh = mesh;
        this.tools = tools;
    }

    Optional<PackRecord> recover(ScopeKey accountScope, ObjectName name)
            throws PackException.Unreadable, InterruptedException {
        byte[] bytes = new Replicas(mesh, tools).readAnywhere(Space.DATA, name);
        PackContents contents;
        try {
            contents = new PackReader(accountScope).contents(bytes.length,
                    (offset, length) -> Arrays.copyOfRange(bytes, offset, offset + length));
        } catch (PackException.Malformed e) {
            return Optional.empty();
        }
        Digest256 root = MerkleTree.of(ByteBuffer.wrap(bytes)).root();
        List<StoredShare> shares = new ArrayList<>();
        for (NodeId holder : holders(name, bytes.length)) {
            shares.add(new StoredShare(shares.size(), name, holder, root));
        }
        return Optional.of(new PackRecord(name.digest(), bytes.length, 1, shares.size(), shares, contents.items()));
    }

    /// @return nodes that say they have it; at least the one it was read from, unless that one vanished since
    private List<NodeId> holders(ObjectName name, long length) throws PackException.Unreadable, InterruptedException {
        List<NodeId> out = new ArrayList<>();
        List<NodeFailure> failures = new ArrayList<>();
        for (NodeLink node : mesh.all()) {
            try {
                if (node.ask(n -> n.size(Space.DATA, name)).filter(s -> s == length).isPresent()) {
                    out.add(node.id());
                }
            } catch (NodeException e) {
                failures.add(new NodeFailure(node.id(), e));
            }
        }
        if (out.isEmpty()) {
            throw new PackException.Unreadable("the pack was there a moment ago", failures);
        }
        return out;
    }
}
