package org.stratobox.sync.history;

import java.util.List;

import org.stratobox.sync.model.RelativePath;

/// What is taken back, and what is not. A value: it can be shown without being done.
///
/// @param wanted in order of paths
/// @param left in order of paths
public record Reversal(List<Wanted> wanted, List<Left> left) {
    /// Copies.
    public Reversal {
        wanted = List.copyOf(wanted);
        left = List.copyOf(left);
    }

    /// Something that stays as it is.
    ///
    /// @param path from the root of the folder
    /// @param why it stays
    public record Left(RelativePath path, Why why) {}

    /// Why something stays as it is.
    public enum Why {
        /// It was changed since.
        CHANGED_SINCE,
        /// It was moved, and where it went or came from was changed since.
        MOVED_AND_CHANGED,
        /// A directory that holds something newer.
        HOLDS_NEWER,
        /// A file or link is where its directory would have to be.
        NO_DIRECTORY,
        /// A directory is where the file would have to be.
        IS_DIRECTORY,
        /// What is on this disk is not yet what all devices agreed on.
        NOT_SETTLED
    }
}
