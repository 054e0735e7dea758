package org.stratobox.sync.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The true state of a device. The three states of a file are never merged: encrypted here, uploaded, verified.
///
/// @param folders state of each folder
/// @param nodes state of each node
/// @param protection what the choice of nodes survives, in words
/// @param debts shares and objects that some node still lacks
/// @param unsafePacks packs with fewer shares than counts as safe
/// @param proof what nodes have proven of everything this device knows
/// @param unread newest states of other devices that are known and not merged here, for example because they cannot be
///        read yet
/// @param alarms what was noticed about devices and nodes and is not settled
public record StatusReport(List<FolderState> folders, List<NodeState> nodes, String protection, long debts,
        long unsafePacks, Proof proof, long unread, List<Devices.Alarm> alarms) {
    /// @return whether everything known is uploaded, published, proven on the nodes, and the same here as everywhere
    public boolean isSafe() {
        return debts == 0 && unsafePacks == 0 && unread == 0 && proof.unproven() == 0
                && nodes.stream().allMatch(NodeState::reachable) && folders.stream().allMatch(FolderState::isSafe);
    }

    /// What nodes have proven.
    ///
    /// @param packs packs this device knows
    /// @param unproven packs that fewer nodes have proven than counts as safe, or never
    /// @param oldestMillis when the oldest proof was made, milliseconds since 1970; empty while a pack is unproven, or if
    ///        there is none
    public record Proof(long packs, long unproven, Optional<Long> oldestMillis) {}

    /// A folder.
    ///
    /// @param name inside the account
    /// @param directory on this device
    /// @param files entries on this disk that are uploaded
    /// @param bytes their size
    /// @param pending entries known to differ from what was published
    /// @param published whether the newest local state is in a published head
    /// @param verifiedMillis when the oldest proof of the account's packs was made, milliseconds since 1970; empty if some
    /// was never verified
    /// @param problem why it is paused, if it is
    /// @param waiting what is not on this disk as the others have it
    public record FolderState(String name, Path directory, long files, long bytes, long pending, boolean published,
            Optional<Long> verifiedMillis, Optional<String> problem, Waiting waiting) {
        /// @return whether nothing is left to be done for it; whether the nodes are well is another question
        public boolean isSafe() {
            return problem.isEmpty() && pending == 0 && published && waiting.isNothing();
        }
    }

    /// What is not on this disk as the others have it.
    ///
    /// @param incoming changes of others that are not carried out yet
    /// @param held deletions that wait for the user, in either direction
    /// @param conflicts conflict copies that the user has not resolved
    /// @param onlineOnly files that are not here because the user chose so: nothing is left to be done for them
    public record Waiting(long incoming, long held, long conflicts, long onlineOnly) {
        /// Nothing.
        public static final Waiting NOTHING = new Waiting(0, 0, 0, 0);

        /// @return whether nothing waits
        public boolean isNothing() {
            return incoming == 0 && held == 0 && conflicts == 0;
        }
    }

    /// A node.
    ///
    /// @param address without secrets
    /// @param reachable whether it answered now
    /// @param state in words
    /// @param free bytes left, if it can tell
    /// @param holding what it should hold of this account
    public record NodeState(String address, boolean reachable, String state, Optional<Long> free, Holding holding) {}

    /// What a node should hold.
    ///
    /// @param shares pieces of packs that belong there
    /// @param bytes their size
    /// @param debts pieces and records that it still lacks
    /// @param unproven pieces that it has never proven, or not since it was found without them
    /// @param newestMillis when it proved something last, milliseconds since 1970
    /// @param oldestMillis when the oldest of its proofs was made
    public record Holding(long shares, long bytes, long debts, long unproven, Optional<Long> newestMillis,
            Optional<Long> oldestMillis) {
        /// Nothing.
        public static final Holding NOTHING = new Holding(0, 0, 0, 0, Optional.empty(), Optional.empty());
    }
}
