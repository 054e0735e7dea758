package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.IndexImport;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackIndex;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.PackException;

/// Deletes packs from nodes. First new index objects for the packs that stay beside them, then the old index objects go, then
/// the shares: whoever reads indexes in between learns of no pack that is going. Every step may be repeated.
final class PackRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(PackRemoval.class);

    private final Session session;
    private final SyncIndex index;

    PackRemoval(Session session) {
        this.session = session;
        index = session.index();
    }

    /// @return whether all of it is gone from all nodes; if not, call again
    boolean remove(Collection<PackRecord> packs)
            throws IndexException, PackException, HistoryException, InterruptedException {
        Set<Digest256> ids = new HashSet<>();
        Set<ObjectName> shares = new HashSet<>();
        for (PackRecord pack : packs) {
            ids.add(pack.packId());
            pack.shares().forEach(share -> shares.add(share.name()));
        }
        if (!delete(Space.INDEX, replaceIndexObjects(ids)) || !delete(Space.DATA, shares)) {
            return false;
        }
        for (Digest256 id : ids) {
            index.collector().gone(id);
        }
        return true;
    }

    /// @return names of the index objects that speak of the packs; what else they say was published anew
    private Set<ObjectName> replaceIndexObjects(Set<Digest256> gone)
            throws IndexException, PackException, HistoryException, InterruptedException {
        IndexImport reader = new IndexImport(index, session.mesh().store(), session.parts().tasks(),
                session.keys().epoch().accountScope());
        Set<ObjectName> old = new HashSet<>();
        List<Digest256> stay = new ArrayList<>();
        for (ObjectName name : AccountState.union(session.mesh().list(Space.INDEX))) {
            PackIndex read = reader.open(name);
            if (read.packs().stream().anyMatch(p -> gone.contains(p.packId()))) {
                old.add(name);
                read.packs().stream().map(PackRecord::packId).filter(id -> !gone.contains(id)).forEach(stay::add);
            }
        }
        index.packs().unpublish(stay);
        PackPublishing.publish(session);
        return old;
    }

    /// A node that holds none of it is as good as one that deleted it.
    private boolean delete(Space space, Set<ObjectName> names) throws IndexException {
        boolean all = true;
        for (MeshNode node : session.mesh().nodes()) {
            for (ObjectName name : names) {
                try {
                    node.delete(space, name);
                } catch (NodeException e) {
                    LOG.warn("a node did not delete what it was asked to: {}", e.getClass().getSimpleName());
                    all = false;
                }
            }
        }
        if (all && space == Space.INDEX) {
            for (ObjectName name : names) {
                index.collector().gone(name);
            }
        }
        return all;
    }
}
