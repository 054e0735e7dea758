package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// Asks nodes for shares of one pack and turns what goes wrong into evidence, each thing once. Thread-safe.
final class ShareReader {
    private final MeshStore.Tools tools;
    private final PackView pack;
    /// Guarded by `failures`.
    private final List<NodeFailure> failures = new ArrayList<>();
    /// Guarded by `failures`.
    private final Set<NodeEvidence> reported = new HashSet<>();

    ShareReader(MeshStore.Tools tools, PackView pack) {
        this.tools = tools;
        this.pack = pack;
    }

    PackView pack() {
        return pack;
    }

    /// @return those bytes of a share, unchecked, or empty if no node gives them
    Optional<Piece> range(int share, int offset, int length) throws InterruptedException {
        return ask(share, (node, name) -> new Piece(share, node, offset, node.range(name, offset, length)));
    }

    /// @return a whole share that fits its name, or empty if no node gives it
    Optional<byte[]> whole(int share) throws InterruptedException {
        return ask(share, (node, name) -> node.whole(Space.DATA, name));
    }

    /// Says that a node gave wrong bytes.
    void accuse(Piece piece) {
        blame(piece.share(), piece.node(), new NodeException.Corrupt("gave wrong bytes"));
    }

    PackException.Unreadable unreadable() {
        synchronized (failures) {
            return new PackException.Unreadable("too few shares could be read", failures);
        }
    }

    static NodeEvidence.Kind kindOf(NodeException cause) {
        return switch (cause) {
            case NodeException.NotFound _ -> NodeEvidence.Kind.MISSING;
            case NodeException.Corrupt _ -> NodeEvidence.Kind.WRONG_BYTES;
            default -> NodeEvidence.Kind.UNREACHABLE;
        };
    }

    private interface Read<T> {
        T from(NodeLink node, ObjectName name) throws NodeException, InterruptedException;
    }

    private <T> Optional<T> ask(int share, Read<T> read) throws InterruptedException {
        Optional<ObjectName> name = pack.name(share);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (NodeLink node : pack.holders(share)) {
            try {
                return Optional.of(read.from(node, name.get()));
            } catch (NodeException e) {
                blame(share, node, e);
            }
        }
        return Optional.empty();
    }

    private void blame(int share, NodeLink node, NodeException cause) {
        NodeEvidence evidence = new NodeEvidence(node.id(), pack.id(), share, kindOf(cause));
        if (evidence.kind() == NodeEvidence.Kind.WRONG_BYTES) {
            node.standing().gaveWrongBytes();
        }
        boolean isNew;
        synchronized (failures) {
            failures.add(new NodeFailure(node.id(), cause));
            isNew = reported.add(evidence);
        }
        if (isNew) {
            tools.evidence().report(evidence);
        }
    }
}
