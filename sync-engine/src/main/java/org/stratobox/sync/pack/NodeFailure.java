package org.stratobox.sync.pack;

import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.model.NodeId;

/// What one node answered instead of doing what it was asked.
///
/// @param node which one
/// @param cause why
public record NodeFailure(NodeId node, NodeException cause) {
    @Override
    public String toString() {
        return node + ": " + cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
