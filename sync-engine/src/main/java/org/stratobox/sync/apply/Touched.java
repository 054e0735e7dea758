package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LinkInPath;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// Directories in which steps change names: they are forced to disk before a batch counts as done, and those whose time was
/// in base get it back at the end, so that our own work does not look like a change of the user.
final class Touched {
    private static final Logger LOG = LoggerFactory.getLogger(Touched.class);

    private final FolderDisk folder;
    private final Base base;
    private final Set<Path> unforced = new LinkedHashSet<>();
    private final Map<RelativePath, Optional<Long>> times = new LinkedHashMap<>();
    private final Set<RelativePath> settled = new HashSet<>();

    Touched(FolderDisk folder, Base base) {
        this.folder = folder;
        this.base = base;
    }

    /// @param path of the state whose directory is going to change
    void parentOf(RelativePath path) throws IOException, IndexException {
        RelativePath directory = path.parent().orElseThrow();
        Path there = folder.user(directory);
        unforced.add(there);
        if (!directory.isRoot() && !times.containsKey(directory)) {
            times.put(directory, timeInBase(directory, there));
        }
    }

    /// @param own a directory of the own area, or one whose own time and mode changed
    void directory(Path own) {
        unforced.add(own);
    }

    /// @param directory that was given its time by a step, or is gone
    void settle(RelativePath directory) {
        settled.add(directory);
    }

    private Optional<Long> timeInBase(RelativePath directory, Path there) throws IOException, IndexException {
        Base.Now now = base.now(directory);
        if (now.entry().map(Entry::kind).filter(k -> k == EntryKind.DIRECTORY).isEmpty()) {
            return Optional.empty();
        }
        return folder.disk().look(there).filter(s -> s.mtimeNanos() == now.evidence().mtimeNanos())
                .map(FileStat::mtimeNanos);
    }

    /// @throws IOException if it is not certain that all names are on the disk
    void force() throws IOException {
        for (Path directory : unforced) {
            // a later step may have put something else in its place
            if (isDirectory(directory)) {
                folder.disk().forceDirectory(directory);
            }
        }
        unforced.clear();
    }

    /// A later step of the batch, or a user, may have made a file or a link of it.
    private boolean isDirectory(Path directory) throws IOException {
        try {
            return folder.disk().look(directory).filter(s -> s.kind() == FileStat.Kind.DIRECTORY).isPresent();
        } catch (LinkInPath e) {
            return false;
        }
    }

    /// Gives times back, the innermost first.
    void finish() {
        times.forEach((directory, time) -> {
            if (time.isPresent() && !settled.contains(directory)) {
                restore(directory, time.get());
            }
        });
        times.clear();
    }

    private void restore(RelativePath directory, long time) {
        try {
            Path there = folder.user(directory);
            if (isDirectory(there)) {
                folder.disk().setTime(there, time);
            }
        } catch (IOException e) {
            LOG.debug("a directory's time could not be given back: {}", e.getClass().getSimpleName());
        }
    }
}
