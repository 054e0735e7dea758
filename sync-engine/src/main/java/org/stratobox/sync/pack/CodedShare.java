package org.stratobox.sync.pack;

import java.nio.ByteBuffer;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.ObjectName;

/// A share on its way to a node.
///
/// @param index of the share
/// @param bytes a view, not a copy
/// @param name SHA-256 of the bytes
/// @param merkleRoot of the bytes
record CodedShare(int index, ByteBuffer bytes, ObjectName name, Digest256 merkleRoot) {}
