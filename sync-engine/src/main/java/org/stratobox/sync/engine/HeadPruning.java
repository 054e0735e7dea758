package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.HeadRetention;
import org.stratobox.sync.object.HeadRetention.Kept;

/// Deletes heads that retention does not need (`format.md` 3.8): own ones, and those of devices that will not speak again and
/// so cannot do it themselves. What only they need is collected afterwards.
final class HeadPruning {
    private final Session session;
    private final long now;

    HeadPruning(Session session) {
        this.session = session;
        now = session.parts().clock().millis();
    }

    /// @param all heads on the nodes
    /// @return those that are still there
    List<Heads.Read> prune(List<Heads.Read> all, AccountState state, Collector.KeptHistory history)
            throws IndexException {
        Set<Digest256> held = new HashSet<>();
        state.newestMergeable().values().forEach(head -> head.seen().values().forEach(p -> held.add(p.hash())));
        all.stream().filter(r -> history.keeps(r.head(), now)).forEach(r -> held.add(r.signed().hash()));
        Map<DeviceId, List<Kept>> mayGo = new HashMap<>();
        for (Heads.Read read : all) {
            DeviceId device = read.head().device();
            boolean silent = state.records().revocations().containsKey(device)
                    || state.records().certificates().isSucceeded(device);
            if (silent || device.equals(session.keys().device())) {
                mayGo.computeIfAbsent(device, d -> new ArrayList<>())
                        .add(new Kept(read.head().point(), read.head().wallMillis()));
            }
        }
        Set<Digest256> gone = new HashSet<>();
        mayGo.values().forEach(heads -> HeadRetention.removable(heads, held).stream().map(ChainPoint::hash)
                .forEach(gone::add));
        List<Heads.Read> left = new ArrayList<>();
        for (Heads.Read read : all) {
            if (!gone.contains(read.signed().hash()) || !delete(read.name())) {
                left.add(read);
            }
        }
        return left;
    }

    private boolean delete(ObjectName name) throws IndexException {
        // first here: a crash in between must not owe nodes what was deleted
        session.index().collector().gone(name);
        boolean all = true;
        for (MeshNode node : session.mesh().nodes()) {
            try {
                node.delete(Space.HEAD, name);
            } catch (NodeException e) {
                all = false;
            }
        }
        return all;
    }
}
