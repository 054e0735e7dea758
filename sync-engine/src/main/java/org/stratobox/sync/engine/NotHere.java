package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.merge.FolderPlan;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.scan.IgnoreFiles;

/// Paths that a plan for this disk leaves alone: what the user wants online only, and what this device's rules ignore.
/// Reads each file with rules once. Used by one thread.
final class NotHere implements FolderPlan.LeftOut {
    private final OnlineOnly onlineOnly;
    private final IgnoreFiles files;
    private final Path root;
    /// Directory -> the rules in it; empty if they cannot be read, then nothing in it is touched.
    private final Map<RelativePath, Optional<IgnoreRules>> rules = new HashMap<>();

    private NotHere(OnlineOnly onlineOnly, LocalFiles files, Path root) {
        this.onlineOnly = onlineOnly;
        this.files = new IgnoreFiles(files);
        this.root = root;
    }

    static NotHere of(SyncIndex index, FolderId folder, LocalFiles files, Path root) throws IndexException {
        return new NotHere(OnlineOnly.load(index, folder), files, root);
    }

    @Override
    public boolean test(RelativePath path, Known known) {
        if (onlineOnly.test(path, known)) {
            return true;
        }
        EntryKind kind = known.base().filter(Entry::isLive).or(known::state).map(Entry::kind).orElse(EntryKind.FILE);
        Optional<IgnoreRules> here = rules.computeIfAbsent(path.parent().orElse(RelativePath.ROOT), _ -> read(path));
        return here.isEmpty() || here.get().why(path, kind).isPresent();
    }

    private Optional<IgnoreRules> read(RelativePath path) {
        try {
            return Optional.of(files.above(IgnoreRules.standard(), root, path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
