package org.stratobox.sync.apply;

import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.history.EntryVisitor;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.task.Ticker;

/// Writes a state of a folder below a directory.
///
/// - Never overwrites: an equal file that is there is kept, also with its time and mode; where anything else has the name,
///   the restored file goes beside it. An existing directory is entered and keeps its mode.
/// - A file has its name only when all its bytes were checked and are on the disk. Running a restore again continues it.
/// - A file that cannot be restored is reported by name and the rest goes on.
/// - Symbolic links are written as data and never followed; nothing is written outside the target.
/// - Memory is bounded: about 96 MiB besides the object reader's cache and a few bytes for each directory.
///
/// Thread-safe, one restore per target at a time makes sense. Calls block and are cancelled by interruption; what is
/// complete stays, the rest leaves nothing behind.
public final class Restorer {
    private final Tools tools;

    /// What a restorer works with.
    ///
    /// @param objects opens objects
    /// @param tasks threads
    /// @param ticker for progress
    /// @param entropy for names of temporary files
    /// @param files looks at the user's disk
    /// @param space tells how much room a disk has
    public record Tools(ObjectReader objects, Tasks tasks, Ticker ticker, Entropy entropy, LocalFiles files,
            FreeSpace space) {}

    /// Gives the entries to restore, for example
    /// [FolderContents][org.stratobox.sync.history.FolderContents#forEach].
    @FunctionalInterface
    public interface Source {
        /// @param visitor takes live entries, a directory before what is in it
        /// @throws RestoreException as the visitor does
        /// @throws HistoryException if the state cannot be read
        /// @throws InterruptedException if the thread is interrupted
        void feed(EntryVisitor<RestoreException> visitor)
                throws RestoreException, HistoryException, InterruptedException;
    }

    /// @param tools what it works with
    public Restorer(Tools tools) {
        this.tools = tools;
    }

    /// @param to where to write
    /// @param source what to write
    /// @param progress told what moves, also by other threads; must return quickly
    /// @return what was done; after a disk ran full too
    /// @throws RestoreException with `TARGET_UNUSABLE` if the target cannot be used
    /// @throws HistoryException if the index failed, or the source did
    /// @throws InterruptedException if the thread was interrupted
    public RestoreOutcome restore(Destination to, Source source, Consumer<Progress> progress)
            throws RestoreException, HistoryException, InterruptedException {
        Tally tally = new Tally(tools.ticker(), progress);
        RestoreRun run = new RestoreRun(tools, to, new Staging(tools.entropy()), tally);
        Optional<String> stopped = Optional.empty();
        try {
            run.begin();
            source.feed(run);
            run.finish();
        } catch (RestoreException e) {
            if (e.reason() != RestoreException.Reason.DISK_FULL) {
                throw e;
            }
            stopped = Optional.of(Sentences.FULL);
        } finally {
            run.end();
        }
        return tally.finish(stopped);
    }
}
