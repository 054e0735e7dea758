package org.stratobox.sync.pack;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;

/// Something a node should hold and does not surely hold yet. Plain data: it has to survive a restart.
public sealed interface Debt {
    /// @return the node that owes us
    NodeId node();

    /// A share of a pack.
    ///
    /// @param packId which pack
    /// @param share index of the share
    /// @param node where it belongs
    record OfShare(Digest256 packId, int share, NodeId node) implements Debt {}

    /// A copy of an object that is kept outside packs.
    ///
    /// @param space which kind
    /// @param name of the object
    /// @param node where it belongs
    record OfCopy(Space space, ObjectName name, NodeId node) implements Debt {}
}
