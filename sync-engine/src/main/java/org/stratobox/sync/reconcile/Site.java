package org.stratobox.sync.reconcile;

import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// One path that a step touches.
///
/// @param path where
/// @param expected base when the step was planned, which the disk must still show; empty or a tombstone: nothing may be there
/// @param becomes base to record, in one transaction with the end of the step; empty: forget the path; a tombstone: nothing
/// is there now. What it says is on disk then. Where further steps follow at this path it still carries the *old* vector
/// ("base moves only with the last step", `sync.md` 2)
public record Site(RelativePath path, Optional<Entry> expected, Optional<Entry> becomes) {
    /// @return whether the disk is expected to hold something here
    public boolean expectsSomething() {
        return expected.filter(Entry::isLive).isPresent();
    }

    /// @return whether the disk holds something here afterwards
    public boolean holdsSomething() {
        return becomes.filter(Entry::isLive).isPresent();
    }
}
