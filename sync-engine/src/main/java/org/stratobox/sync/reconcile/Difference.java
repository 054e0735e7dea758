package org.stratobox.sync.reconcile;

import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// A path whose two sides differ, in value or only in their vector (`sync.md` 2).
///
/// @param path where, never the folder itself
/// @param base what this device's disk had when it last touched the path: empty if nothing ever, a tombstone if it is known
/// to be gone
/// @param state the merged state's entry, empty if it knows nothing of the path
public record Difference(RelativePath path, Optional<Entry> base, Optional<Entry> state) {}
