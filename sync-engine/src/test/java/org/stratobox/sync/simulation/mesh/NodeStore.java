package org.stratobox.sync.simulation.mesh;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// What one node holds, for all devices, and how it is now.
public final class NodeStore {
    private final NodeSpec spec;
    private final Map<Space, Map<ObjectName, byte[]>> objects = new EnumMap<>(Space.class);
    private Map<Space, Map<ObjectName, byte[]>> snapshot;
    /// Moment in virtual nanoseconds until which it does not answer.
    private long downUntil;
    private boolean isDead;
    private boolean isFull;

    /// @param spec which node
    public NodeStore(NodeSpec spec) {
        this.spec = spec;
        for (Space space : Space.values()) {
            objects.put(space, new LinkedHashMap<>());
        }
        snapshot = copy();
    }

    private Map<Space, Map<ObjectName, byte[]>> copy() {
        Map<Space, Map<ObjectName, byte[]>> copy = new EnumMap<>(Space.class);
        objects.forEach((space, all) -> copy.put(space, new LinkedHashMap<>(all)));
        return copy;
    }

    /// @return which node
    public NodeSpec spec() {
        return spec;
    }

    /// @param space a kind of object
    /// @return what it holds, in the order it came; may be changed
    public Map<ObjectName, byte[]> in(Space space) {
        return Objects.requireNonNull(objects.get(space));
    }

    /// @param space a kind of object
    /// @param name of an object
    /// @return its bytes
    public Optional<byte[]> find(Space space, ObjectName name) {
        return Optional.ofNullable(in(space).get(name));
    }

    /// Remembers what it holds for a later [#rollBack].
    public void snapshot() {
        snapshot = copy();
    }

    /// It holds what it held at the last [#snapshot].
    public void rollBack() {
        objects.clear();
        objects.putAll(snapshot);
        snapshot = copy();
    }

    /// It never answers again.
    public void die() {
        isDead = true;
    }

    /// @return whether it never answers again
    public boolean isDead() {
        return isDead;
    }

    /// @param until moment up to which it does not answer
    public void crash(long until) {
        downUntil = until;
    }

    /// @param now this moment
    /// @return whether it does not answer
    public boolean isDown(long now) {
        return isDead || now < downUntil;
    }

    /// @param full whether it takes nothing from now on
    public void fill(boolean full) {
        isFull = full;
    }

    /// @return whether it takes nothing
    public boolean isFull() {
        return isFull;
    }

    /// @param space a kind of object
    /// @return names in the order they came
    public List<ObjectName> names(Space space) {
        return new ArrayList<>(in(space).keySet());
    }
}
