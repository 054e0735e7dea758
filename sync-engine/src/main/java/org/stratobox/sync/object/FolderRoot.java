package org.stratobox.sync.object;

import org.stratobox.crypto.envelope.Capability;

/// The state of one folder inside a commit.
///
/// @param folderEpoch epoch of the folder's keys, 0 for the first
/// @param tree opens the folder's root directory
/// @param name the folder's name, for people; at most 1 024 bytes of UTF-8
public record FolderRoot(int folderEpoch, Capability tree, String name) {
    /// @throws IllegalArgumentException if the epoch is negative or the name too long
    public FolderRoot {
        Limits.requireEpoch(folderEpoch);
        Limits.requireText(name, Limits.LABEL_BYTES);
    }
}
