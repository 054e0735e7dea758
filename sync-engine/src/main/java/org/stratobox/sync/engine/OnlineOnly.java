package org.stratobox.sync.engine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.merge.FolderPlan;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// What of one folder is not to be on this disk: the chosen paths and everything below them. A value.
///
/// A file that is there nevertheless, because the user put it there, is synced as any other in both directions; so a path is
/// left out only while this disk has nothing at it.
///
/// @param paths as the user chose them
record OnlineOnly(Set<RelativePath> paths) implements FolderPlan.LeftOut {
    OnlineOnly {
        paths = Set.copyOf(paths);
    }

    static OnlineOnly load(SyncIndex index, FolderId folder) throws IndexException {
        List<RelativePath> chosen = index.selection().all(folder);
        return new OnlineOnly(new TreeSet<>(chosen));
    }

    /// @return whether it was chosen, or something above it
    boolean isOnlineOnly(RelativePath path) {
        if (paths.isEmpty()) {
            return false;
        }
        RelativePath at = path;
        while (!at.isRoot()) {
            if (paths.contains(at)) {
                return true;
            }
            at = at.parent().orElse(RelativePath.ROOT);
        }
        return paths.contains(RelativePath.ROOT);
    }

    @Override
    public boolean test(RelativePath path, Known known) {
        return known.base().filter(Entry::isLive).isEmpty() && isOnlineOnly(path);
    }
}
