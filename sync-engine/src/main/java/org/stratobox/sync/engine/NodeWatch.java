package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.pack.PackException;

/// Holds what nodes list against what this device has read before (`format.md` 3.8): a node that lists less than it had, and
/// states that all of them have lost.
final class NodeWatch {
    private final Mesh mesh;
    private final Map<NodeId, Set<ObjectName>> listed = new HashMap<>();
    private final boolean everybodyAnswered;
    private final Map<DeviceId, byte[]> newest;

    /// @param answers heads each node lists
    /// @param newest the newest heads of earlier passes, sealed
    NodeWatch(Mesh mesh, Map<NodeId, Mesh.Answer> answers, Map<DeviceId, byte[]> newest) {
        this.mesh = mesh;
        this.newest = newest;
        answers.forEach((node, answer) -> answer.names().ifPresent(names -> listed.put(node, names)));
        everybodyAnswered = listed.size() == answers.size();
    }

    Set<NodeId> answered() {
        return Set.copyOf(listed.keySet());
    }

    /// Nodes that list less than they had. What a node is owed it never had.
    Set<NodeId> stale(Set<CopyDebt> debts) {
        Set<NodeId> stale = new HashSet<>();
        for (byte[] envelope : newest.values()) {
            ObjectName name = ObjectName.of(envelope);
            boolean served = listed.values().stream().anyMatch(names -> names.contains(name));
            listed.forEach((node, names) -> {
                if (served && !names.contains(name)
                        && !debts.contains(new CopyDebt(Space.HEAD.directory(), name, node))) {
                    stale.add(node);
                }
            });
        }
        return stale;
    }

    /// Puts heads back that no node has any more; this device may be the last that remembers them. Says nothing while a
    /// node that may have them is away.
    ///
    /// @return whose heads were lost
    Set<DeviceId> putBack() throws InterruptedException {
        Set<DeviceId> lost = new TreeSet<>();
        if (!everybodyAnswered) {
            return lost;
        }
        for (Map.Entry<DeviceId, byte[]> head : newest.entrySet()) {
            ObjectName name = ObjectName.of(head.getValue());
            if (listed.values().stream().noneMatch(names -> names.contains(name))) {
                lost.add(head.getKey());
                try {
                    mesh.store().storeReplicated(Space.HEAD, ByteBuffer.wrap(head.getValue()));
                } catch (PackException e) {
                    // tried again at the next pass, as it is still lost then
                }
            }
        }
        return lost;
    }
}
