package org.stratobox.sync.pack;

import java.util.List;

import org.stratobox.sync.object.StoredShare;

/// What nodes answered when a little of each of their shares of one pack was asked for.
///
/// @param proven shares that are there in full length, and of which a piece at a random place was right
/// @param wrong the others: missing, damaged, or nothing is known of them
public record Sample(List<StoredShare> proven, List<NodeEvidence> wrong) {
    /// Copies the lists.
    public Sample {
        proven = List.copyOf(proven);
        wrong = List.copyOf(wrong);
    }
}
