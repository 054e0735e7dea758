package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;

import org.stratobox.sync.model.RelativePath;

/// What [Hints#take()] says has to be done now.
public sealed interface Look {
    /// Nothing yet.
    ///
    /// @param until when to ask again at the latest, if anything is waiting; never negative
    record Nothing(Optional<Duration> until) implements Look {}

    /// Look at the names in these directories, not below them; but a directory the index does not know is walked to the
    /// bottom, and one that is gone makes its parent worth a look. What is missing there counts only if [Absences] agrees.
    ///
    /// @param directories at least one, in the order of their texts, so parents before children; the folder itself is [RelativePath#ROOT]
    record Directories(SortedSet<RelativePath> directories) implements Look {
        @Override
        public String toString() {
            return "Directories[" + directories.size() + "]";
        }
    }

    /// Look at the whole folder.
    ///
    /// @param cause of the first hint that asked for it
    record Everything(Hint.Cause cause) implements Look {}
}
