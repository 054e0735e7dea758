/// What is sealed besides file bytes: manifests, trees, commits, heads, records of devices, account and mesh, tables of
/// packs, the state of a device (`format.md` 3.4 to 3.9). Canonical CBOR (RFC 8949 4.2.1) with integer keys, written and
/// read as a stream, without a tree of generic values in between.
///
/// Flow: a value -> `encode()` -> sealed elsewhere; opened elsewhere -> `decode(bytes)` -> a value whose rules hold.
/// Decoding trusts nothing: every length is checked against what remains before anything is allocated, and the only way
/// it fails is an [org.stratobox.sync.object.ObjectException]. For every accepted input without foreign keys,
/// encoding gives the same bytes again.
///
/// Not here: sealing, packs, nodes, which version wins.
@NullMarked
package org.stratobox.sync.object;

import org.jspecify.annotations.NullMarked;
