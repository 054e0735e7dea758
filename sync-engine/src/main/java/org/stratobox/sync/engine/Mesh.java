package org.stratobox.sync.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.stratobox.crypto.Secret;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.mesh.LayeredNode;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.mesh.NodeAddress;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.pack.BufferPool;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.NodeEvidence;
import org.stratobox.sync.pack.StorePolicy;
import org.stratobox.sync.task.Tasks;

/// The open nodes of one account and the store over them, with what the nodes were seen doing.
final class Mesh implements AutoCloseable {
    private static final int IDLE_BUFFERS = 4;

    private final List<NodeRecord> records;
    private final List<MeshNode> nodes;
    private final MeshStore store;
    private final Tasks tasks;
    private final Set<NodeEvidence> evidence = ConcurrentHashMap.newKeySet();
    private final Set<NodeEvidence> fresh = ConcurrentHashMap.newKeySet();

    private Mesh(List<NodeRecord> records, List<MeshNode> nodes, EngineParts parts) {
        this.records = records;
        this.nodes = nodes;
        tasks = parts.tasks();
        StorePolicy policy = new StorePolicy(4, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(15));
        store = new MeshStore(nodes, new MeshStore.Tools(parts.tasks(), new BufferPool(IDLE_BUFFERS), parts.ticker(),
                policy, this::seen));
    }

    private void seen(NodeEvidence what) {
        evidence.add(what);
        fresh.add(what);
    }

    /// What is looked for in the namespaces of earlier epochs: packs, and heads of devices that have not followed yet. Index
    /// objects are not: nobody signs them, and a removed device could still write false ones there.
    static final Set<Space> OF_ALL_EPOCHS = Set.of(Space.DATA, Space.HEAD);
    /// For reading only: also index objects, which a device that never followed may have left.
    static final Set<Space> FOR_READING = Set.of(Space.DATA, Space.HEAD, Space.INDEX);

    /// @param records which nodes
    /// @param accountTag sixteen bytes
    static Mesh open(EngineParts parts, List<NodeRecord> records, byte[] accountTag) throws StratoboxException {
        return open(parts, records, List.of(accountTag), OF_ALL_EPOCHS);
    }

    /// @param records which nodes
    /// @param tags sixteen bytes each: of the current epoch and those before it
    /// @param shared what is looked for in the earlier ones too
    static Mesh open(EngineParts parts, List<NodeRecord> records, List<byte[]> tags, Set<Space> shared)
            throws StratoboxException {
        List<MeshNode> nodes = new ArrayList<>();
        boolean done = false;
        try {
            for (NodeRecord record : records) {
                nodes.add(layered(parts, record, tags, shared));
            }
            done = true;
            return new Mesh(List.copyOf(records), List.copyOf(nodes), parts);
        } finally {
            if (!done) {
                nodes.forEach(MeshNode::close);
            }
        }
    }

    private static MeshNode layered(EngineParts parts, NodeRecord record, List<byte[]> tags, Set<Space> shared)
            throws StratoboxException {
        List<MeshNode> layers = new ArrayList<>();
        for (byte[] tag : tags) {
            layers.add(open(parts, record, tag));
        }
        return layers.size() == 1
                ? layers.getFirst()
                : new LayeredNode(layers.getFirst(), layers.subList(1, layers.size()), shared);
    }

    private static MeshNode open(EngineParts parts, NodeRecord record, byte[] accountTag) throws StratoboxException {
        byte[] text = record.credentials().exposeCopy();
        try {
            NodeCredentials credentials = NodeCredentials
                    .parse(Optional.of(new String(text, StandardCharsets.UTF_8)).filter(t -> !t.isEmpty()));
            return parts.nodes().open(
                    new NodeSpec(record.node(), NodeAddress.parse(record.address()), record.domain()), credentials,
                    HexFormat.of().formatHex(accountTag));
        } catch (IllegalArgumentException e) {
            throw new StratoboxException(Reason.USAGE,
                    "The node address " + record.address() + " cannot be used: " + e.getMessage(), e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    List<NodeRecord> records() {
        return records;
    }

    List<MeshNode> nodes() {
        return nodes;
    }

    MeshStore store() {
        return store;
    }

    /// What nodes were seen doing wrong since this was opened.
    Set<NodeEvidence> evidence() {
        return Set.copyOf(evidence);
    }

    /// What nodes were seen doing wrong since this was asked last.
    Set<NodeEvidence> takeEvidence() {
        Set<NodeEvidence> taken = Set.copyOf(fresh);
        fresh.removeAll(taken);
        return taken;
    }

    Map<NodeId, String> addresses() {
        Map<NodeId, String> shown = new LinkedHashMap<>();
        records.forEach(r -> shown.put(r.node(), r.address()));
        return shown;
    }

    /// What each node answered to one question.
    ///
    /// @param names what it listed; empty if it failed
    /// @param failure why it failed
    record Answer(Optional<Set<ObjectName>> names, Optional<NodeException> failure) {}

    /// Lists one space on all nodes at the same time.
    Map<NodeId, Answer> list(Space space) throws InterruptedException {
        return ask(node -> node.list(space));
    }

    private interface Question {
        List<StoredObject> put(MeshNode node) throws NodeException;
    }

    private Map<NodeId, Answer> ask(Question question) throws InterruptedException {
        Map<NodeId, Answer> answers = new ConcurrentHashMap<>();
        List<Tasks.Job<Boolean, NodeException>> jobs = new ArrayList<>();
        for (MeshNode node : nodes) {
            jobs.add(() -> {
                answers.put(node.spec().id(), answer(node, question));
                return true;
            });
        }
        try {
            Tasks.all(tasks.io(), jobs);
        } catch (NodeException e) {
            throw new IllegalStateException("an answer is a value", e);
        }
        return new HashMap<>(answers);
    }

    private static Answer answer(MeshNode node, Question question) {
        try {
            Set<ObjectName> names = ConcurrentHashMap.newKeySet();
            question.put(node).forEach(object -> names.add(object.name()));
            return new Answer(Optional.of(names), Optional.empty());
        } catch (NodeException e) {
            return new Answer(Optional.empty(), Optional.of(e));
        }
    }

    /// Credentials as a record keeps them.
    static Secret credentials(Optional<Secret> given) {
        return given.orElseGet(() -> Secret.takeOwnership(new byte[0]));
    }

    @Override
    public void close() {
        nodes.forEach(MeshNode::close);
    }
}
