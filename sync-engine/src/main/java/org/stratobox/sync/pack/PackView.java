package org.stratobox.sync.pack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.pack.coding.ShareLayout;

/// A pack record as the readers look at it: its layout, and who in this mesh holds which share. A share may be held by
/// several nodes, or by none.
final class PackView {
    private final Mesh mesh;
    private final PackRecord record;
    private final ShareLayout layout;
    private final Map<Integer, ObjectName> names = new TreeMap<>();

    /// @throws IllegalArgumentException if the record cannot be true
    PackView(Mesh mesh, PackRecord record) {
        this.mesh = mesh;
        this.record = record;
        this.layout = new ShareLayout(new CodingProfile(record.k(), record.n()), record.length());
        if (record.length() > MeshNode.MAX_OBJECT) {
            throw new IllegalArgumentException("a pack record with impossible numbers");
        }
        for (StoredShare share : record.shares()) {
            ObjectName twin = names.putIfAbsent(share.index(), share.name());
            if (twin != null && !twin.equals(share.name())) {
                throw new IllegalArgumentException("a pack record with two names for a share");
            }
        }
    }

    Digest256 id() {
        return record.packId();
    }

    ShareLayout layout() {
        return layout;
    }

    CodingProfile profile() {
        return layout.profile();
    }

    /// @return the share's name, if the record says where it is
    Optional<ObjectName> name(int share) {
        return Optional.ofNullable(names.get(share));
    }

    /// @return nodes of this mesh that should hold a share, those to be asked first at the front
    List<NodeLink> holders(int share) {
        return record.shares().stream().filter(s -> s.index() == share).flatMap(s -> mesh.find(s.node()).stream())
                .sorted(Mesh.readiness()).toList();
    }

    /// @return whether one of a share's nodes is there and did not fail lately
    boolean isReady(int share) {
        return holders(share).stream().anyMatch(l -> !l.standing().isAvoided());
    }

    /// @return shares that a node of this mesh should hold, those to be asked for first at the front
    List<Integer> byReadiness() {
        Map<Integer, NodeLink> best = new TreeMap<>();
        names.keySet().forEach(i -> holders(i).stream().findFirst().ifPresent(link -> best.put(i, link)));
        return best.entrySet().stream().sorted(Map.Entry.comparingByValue(Mesh.readiness())).map(Map.Entry::getKey)
                .toList();
    }
}
