package org.stratobox.sync.api;

import java.util.List;

/// What is known before the first file is written (`format.md` 3.9).
///
/// @param fingerprint four words of the account
/// @param devices its devices with their newest state
/// @param folders its folders
/// @param nodes every node the account names, with what it answered
/// @param warnings stale nodes, heads that nobody serves, and the like, in sentences
public record RestorePreview(String fingerprint, List<DeviceState> devices, List<FolderSummary> folders,
        List<NodeAnswer> nodes, List<String> warnings) {
    /// A device.
    ///
    /// @param label what the user calls it
    /// @param sequence number of its newest head
    /// @param newestMillis wall time of that head, milliseconds since 1970
    public record DeviceState(String label, long sequence, long newestMillis) {}

    /// A folder.
    ///
    /// @param name inside the account
    public record FolderSummary(String name) {}

    /// A node.
    ///
    /// @param address without secrets
    /// @param reachable whether it answered
    /// @param state in words
    public record NodeAnswer(String address, boolean reachable, String state) {}
}
