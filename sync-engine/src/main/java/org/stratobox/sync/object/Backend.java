package org.stratobox.sync.object;

import org.stratobox.sync.model.NodeId;

/// A place that keeps the account's bytes, as an account record names it: without credentials.
///
/// @param node which node
/// @param address where it is, as the user writes it; at most 4 096 bytes of UTF-8
/// @param domain label of its failure domain; at most 1 024 bytes of UTF-8
public record Backend(NodeId node, String address, String domain) {
    /// @throws IllegalArgumentException if a text is too long
    public Backend {
        Limits.requireText(address, Limits.ADDRESS_BYTES);
        Limits.requireText(domain, Limits.LABEL_BYTES);
    }
}
