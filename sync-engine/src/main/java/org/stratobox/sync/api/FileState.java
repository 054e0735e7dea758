package org.stratobox.sync.api;

import java.util.Optional;

/// The true state of one path. The three states of the way up are never merged: taken in, uploaded, verified.
///
/// @param folder name of the folder
/// @param path from its root, `/`-separated
/// @param state where it stands
/// @param proof for what the nodes have proven of it: of its content and of what leads to it; empty until enough nodes have
///        proven all of it. A conflict copy or a path that waits may have one too: it is of the version this device published
/// @param why a sentence for everything that is not simply verified
public record FileState(String folder, String path, State state, Optional<Proof> proof, Optional<String> why) {
    /// Where a path stands.
    public enum State {
        /// What is on the disk is not what was taken in last; the next pass takes it.
        NOT_CAPTURED,
        /// Encrypted, and its pieces are stored, but no published state names it yet: other devices and a restore do not see
        /// it.
        PENDING,
        /// Published, on nodes that said so; not proven, or not all of it, or not on enough nodes.
        UPLOADED,
        /// Published and proven: enough nodes have shown pieces of it that fit what was stored.
        VERIFIED,
        /// Not on this disk because the user chose so; it is listed here and lies on the nodes.
        ONLINE_ONLY,
        /// The losing side of two changes that met, under a name of its own; waits for the user.
        CONFLICT,
        /// Others changed it; their version is not on this disk yet.
        WAITING,
        /// A deletion that would be many, held until the user says so.
        HELD,
        /// Left out by a rule of the user.
        IGNORED,
        /// Cannot be synced as it is.
        UNSYNCABLE
    }

    /// What nodes have proven.
    ///
    /// @param nodes how many have proven what they keep of it; of the piece that fewest have
    /// @param oldestMillis when the oldest of these proofs was made, milliseconds since 1970
    public record Proof(int nodes, long oldestMillis) {}

    /// @return whether nothing is left to be done, here or on the nodes
    public boolean isSafe() {
        return switch (state) {
            case VERIFIED -> true;
            case ONLINE_ONLY -> proof.isPresent();
            // it is not lost by being left out: that is what the user asked for
            case IGNORED -> true;
            case NOT_CAPTURED, PENDING, UPLOADED, CONFLICT, WAITING, HELD, UNSYNCABLE -> false;
        };
    }
}
