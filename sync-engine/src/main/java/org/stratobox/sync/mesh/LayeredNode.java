package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.model.ObjectName;

/// One place with the namespaces of several account epochs: everything new goes to the current one; what earlier ones hold is
/// still found (`format.md` 3.15). Packs are never copied because keys changed.
///
/// A place whose disk is there but that was away when the epoch began is prepared for it at the first call.
public final class LayeredNode implements MeshNode {
    private final MeshNode current;
    private final List<MeshNode> former;
    private final Set<Space> shared;
    /// Whether the current namespace is known to be there; found out again when it is not set, so races do not matter.
    private volatile boolean ready;

    /// @param current the namespace that is written
    /// @param former earlier ones of the same place, newest first
    /// @param shared kinds of objects that are looked for in the earlier ones too
    public LayeredNode(MeshNode current, List<MeshNode> former, Set<Space> shared) {
        this.current = current;
        this.former = List.copyOf(former);
        this.shared = Set.copyOf(shared);
    }

    private MeshNode current() throws NodeException {
        if (!ready) {
            if (!current.isPrepared() && isFormerPrepared()) {
                current.prepare();
            }
            ready = true;
        }
        return current;
    }

    private boolean isFormerPrepared() throws NodeException {
        for (MeshNode node : former) {
            if (node.isPrepared()) {
                return true;
            }
        }
        return false;
    }

    private interface Asked<T> {
        T of(MeshNode node) throws NodeException;
    }

    /// The current namespace first; an earlier one only after a reliable no.
    private <T> T first(Space space, Asked<T> question) throws NodeException {
        try {
            return question.of(current());
        } catch (NodeException.NotFound absent) {
            for (MeshNode node : shared.contains(space) ? former : List.<MeshNode>of()) {
                try {
                    if (node.isPrepared()) {
                        return question.of(node);
                    }
                } catch (NodeException.NotFound e) {
                    // the next one
                }
            }
            throw absent;
        }
    }

    @Override
    public NodeSpec spec() {
        return current.spec();
    }

    @Override
    public void prepare() throws NodeException {
        current.prepare();
    }

    @Override
    public boolean isPrepared() throws NodeException {
        return current().isPrepared();
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        return current().put(space, name, body);
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return first(space, node -> node.get(space, name));
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        return first(space, node -> node.getRange(space, name, offset, length));
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        Optional<Long> size = current().size(space, name);
        for (MeshNode node : shared.contains(space) ? former : List.<MeshNode>of()) {
            if (size.isEmpty() && node.isPrepared()) {
                size = node.size(space, name);
            }
        }
        return size;
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        Map<ObjectName, StoredObject> all = new LinkedHashMap<>();
        current().list(space).forEach(object -> all.put(object.name(), object));
        for (MeshNode node : shared.contains(space) ? former : List.<MeshNode>of()) {
            if (node.isPrepared()) {
                node.list(space).forEach(object -> all.putIfAbsent(object.name(), object));
            }
        }
        return List.copyOf(all.values());
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        boolean deleted = current().delete(space, name);
        for (MeshNode node : shared.contains(space) ? former : List.<MeshNode>of()) {
            deleted |= node.isPrepared() && node.delete(space, name);
        }
        return deleted;
    }

    @Override
    public Optional<Usage> usage() throws NodeException {
        return current().usage();
    }

    @Override
    public void close() {
        current.close();
        former.forEach(MeshNode::close);
    }
}
