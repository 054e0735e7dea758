package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// Objects that are kept whole and outside packs: heads, keys, index objects, locks (`mesh.md` 4.2, 10).
final class Replicas {
    private final Mesh mesh;
    private final MeshStore.Tools tools;

    Replicas(Mesh mesh, MeshStore.Tools tools) {
        this.mesh = mesh;
        this.tools = tools;
    }

    StoredCopies store(Space space, ByteBuffer body) throws PackException.NotSafe, InterruptedException {
        if (!body.hasRemaining()) {
            throw new IllegalArgumentException("nothing to store");
        }
        ObjectName name = ObjectName.of(body);
        List<NodeLink> targets = targets(space, name);
        Upload.Goal goal = goal(space);
        List<NodeLink> spares = mesh.domains() > Profiles.MOST_COPIES && space == Space.INDEX
                ? mesh.placesFor(name.digest()).stream().skip(Profiles.MOST_COPIES).toList()
                : List.of();
        List<Upload.Part> parts = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            parts.add(new Upload.Part(i, name, body, targets.get(i)));
        }
        Upload.Result result = new Upload(tools, new Upload.Subject(space, name.digest()), goal, spares).run(parts);
        if (result.units() < goal.needed()) {
            throw new PackException.NotSafe(result.units(), goal.needed(), result.failures());
        }
        List<Debt.OfCopy> debts = parts.stream().filter(p -> !result.stored().containsKey(p.index()))
                .map(p -> new Debt.OfCopy(space, name, p.node().id())).toList();
        return new StoredCopies(name, result.stored().values().stream().map(NodeLink::id).toList(), debts);
    }

    byte[] read(Space space, ObjectName name) throws PackException.Unreadable, InterruptedException {
        requireOutsidePacks(space);
        return readAnywhere(space, name);
    }

    /// Also for packs that are kept as copies.
    byte[] readAnywhere(Space space, ObjectName name) throws PackException.Unreadable, InterruptedException {
        List<NodeFailure> failures = new ArrayList<>();
        for (NodeLink node : mesh.byReadiness()) {
            try {
                return node.whole(space, name);
            } catch (NodeException e) {
                failures.add(new NodeFailure(node.id(), e));
                if (e instanceof NodeException.Corrupt) {
                    node.standing().gaveWrongBytes();
                    tools.evidence().report(new NodeEvidence(node.id(), name.digest(), 0,
                            NodeEvidence.Kind.WRONG_BYTES));
                }
            }
        }
        throw new PackException.Unreadable("no node gave the object", failures);
    }

    private List<NodeLink> targets(Space space, ObjectName name) {
        requireOutsidePacks(space);
        return space == Space.INDEX && mesh.domains() > Profiles.MOST_COPIES
                ? mesh.placesFor(name.digest()).subList(0, Profiles.MOST_COPIES)
                : mesh.all();
    }

    private Upload.Goal goal(Space space) {
        return space == Space.INDEX
                ? new Upload.Goal(Profiles.forCopies(mesh.domains()).safeShares(), n -> n.spec().domain())
                : new Upload.Goal(mesh.all().size() / 2 + 1, NodeLink::id);
    }

    private static void requireOutsidePacks(Space space) {
        if (space == Space.DATA) {
            throw new IllegalArgumentException("data goes into packs");
        }
    }
}
