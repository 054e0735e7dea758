package org.stratobox.sync.transfer;

import java.nio.file.Path;

import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.RelativePath;

/// Waits for files that are still being written, and for deletions that may be half of something else. Who says "not yet"
/// sees to it that the path is looked at again. Thread-safe.
public interface Patience {
    /// Takes everything as it is: for a pass that is the only one.
    Patience NONE = new Patience() {
        @Override
        public boolean mayRead(RelativePath path, Path file, FileStat stat, long knownSize) {
            return true;
        }

        @Override
        public boolean mayDelete(RelativePath path, Path parent) {
            return true;
        }

        @Override
        public void authored(RelativePath path) {
            // nobody counts
        }
    };

    /// @param path of a file that is new or changed
    /// @param file on disk
    /// @param stat what `lstat` says
    /// @param knownSize bytes it had when it was last taken; 0 if never
    /// @return whether it may be read now
    boolean mayRead(RelativePath path, Path file, FileStat stat, long knownSize);

    /// @param path that is missing
    /// @param parent directory on disk that held it
    /// @return whether its deletion may be believed now
    boolean mayDelete(RelativePath path, Path parent);

    /// @param path of which a version was made
    void authored(RelativePath path);
}
