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
public record StatusReport(List<FolderState> folders, List<NodeState> nodes, String protection, long debts,
        long unsafePacks) {
    /// @return whether everything known is uploaded, published and safe
    public boolean isSafe() {
        return debts == 0 && unsafePacks == 0 && nodes.stream().allMatch(NodeState::reachable)
                && folders.stream().allMatch(f -> f.problem().isEmpty() && f.pending() == 0 && f.published());
    }

    /// A folder.
    ///
    /// @param name inside the account
    /// @param directory on this device
    /// @param files entries that are uploaded
    /// @param bytes their size
    /// @param pending entries known to differ from what was published
    /// @param published whether the newest local state is in a published head
    /// @param verifiedMillis when the oldest proof of its packs was made, milliseconds since 1970; empty if some was
    /// never verified
    /// @param problem why it is paused, if it is
    public record FolderState(String name, Path directory, long files, long bytes, long pending, boolean published,
            Optional<Long> verifiedMillis, Optional<String> problem) {}

    /// A node.
    ///
    /// @param address without secrets
    /// @param reachable whether it answered now
    /// @param state in words
    /// @param free bytes left, if it can tell
    public record NodeState(String address, boolean reachable, String state, Optional<Long> free) {}
}
