package org.stratobox.sync.object;

import org.stratobox.crypto.Secret;
import org.stratobox.sync.model.NodeId;

/// A place that keeps the account's bytes, with what opens its door.
///
/// @param node which node
/// @param address where it is, as the user writes it; at most 4 096 bytes of UTF-8
/// @param domain label of its failure domain; at most 1 024 bytes of UTF-8
/// @param credentials UTF-8 text, empty for none; at most 4 096 bytes
public record NodeRecord(NodeId node, String address, String domain, Secret credentials) {
    /// @throws IllegalArgumentException if a text is too long
    public NodeRecord {
        Limits.requireText(address, Limits.ADDRESS_BYTES);
        Limits.requireText(domain, Limits.LABEL_BYTES);
        Limits.requireCount(credentials.length(), Limits.ADDRESS_BYTES);
    }

    /// Neither address nor credentials.
    @Override
    public String toString() {
        return "NodeRecord[" + node + "]";
    }
}
