package org.stratobox.sync.history;

import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.RelativePath;

/// What a path is to become: a new version that looks like an old one.
///
/// @param path from the root of the folder
/// @param now its state, as it was when this was decided
/// @param like what it is to look like; empty for nothing there
/// @param fileId the item it becomes or was; empty for a new one
public record Wanted(RelativePath path, Optional<Entry> now, Optional<Entry> like, Optional<FileId> fileId) {
    /// @throws IllegalArgumentException if it is to look like a deletion
    public Wanted {
        if (like.filter(e -> !e.isLive()).isPresent()) {
            throw new IllegalArgumentException("a deletion looks like nothing");
        }
    }
}
