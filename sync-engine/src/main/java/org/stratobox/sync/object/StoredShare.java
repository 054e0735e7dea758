package org.stratobox.sync.object;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;

/// One share of a pack on one node. The same share may be on several nodes, and after a loss a share may be nowhere, so
/// each says which of the n shares it is.
///
/// @param index which share, 0 to n - 1; for copies (k = 1) all are the pack itself
/// @param name SHA-256 of the share's bytes
/// @param node who keeps it
/// @param merkleRoot root over its 64 KiB leaves, for audits by range
public record StoredShare(int index, ObjectName name, NodeId node, Digest256 merkleRoot) {}
