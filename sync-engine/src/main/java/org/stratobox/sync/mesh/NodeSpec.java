package org.stratobox.sync.mesh;

import org.stratobox.sync.model.NodeId;

/// Which place a node is. Addresses hold no secrets; credentials are kept in the keystore and in the sealed mesh record.
///
/// @param id random, given when the node is added
/// @param address where it is
/// @param domain label of its failure domain: nodes with equal labels are expected to be lost together
public record NodeSpec(NodeId id, NodeAddress address, String domain) {}
