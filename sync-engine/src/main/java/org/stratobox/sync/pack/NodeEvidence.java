package org.stratobox.sync.pack;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.NodeId;

/// Something a node did that is not as it should be, as input for its reputation and for repair.
///
/// @param node which one
/// @param packId of the pack concerned; for an object that is not in a pack, its name
/// @param share index of the share it should hold; 0 for an object that is not in a pack
/// @param kind what happened
public record NodeEvidence(NodeId node, Digest256 packId, int share, Kind kind) {
    /// What a node may be found doing.
    public enum Kind {
        /// The node says that it does not hold the share.
        MISSING,
        /// The node gave bytes that do not fit the share's name.
        WRONG_BYTES,
        /// The node did not answer usefully: nothing is known about the share.
        UNREACHABLE
    }

    /// Takes evidence. Called by several threads, also while a read still goes on; must not block.
    @FunctionalInterface
    public interface Sink {
        /// @param evidence what was seen
        void report(NodeEvidence evidence);
    }
}
