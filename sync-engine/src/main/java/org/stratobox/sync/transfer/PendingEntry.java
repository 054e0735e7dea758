package org.stratobox.sync.transfer;

import java.util.concurrent.atomic.AtomicInteger;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.model.Entry;

/// A new version of a file that becomes known to the index when every object it needs is stored safely. Until then the
/// file counts as changed, so a crash only means that it is read again.
final class PendingEntry {
    private final AtomicInteger open = new AtomicInteger(1);
    private volatile Result result = Result.NONE;

    /// What is to be recorded.
    sealed interface Result {
        Result NONE = new Nothing();

        record Nothing() implements Result {}

        /// A new version.
        record Version(FolderVersions into, FolderVersions.Found found, Entry entry, Evidence evidence)
                implements
                    Result {}

        /// The same version, looked at again.
        record Unchanged(long row, Evidence evidence) implements Result {}
    }

    /// One more object has to be stored first.
    void await() {
        open.incrementAndGet();
    }

    /// @return whether nothing is awaited any more
    boolean arrived() {
        return open.decrementAndGet() == 0;
    }

    void set(Result what) {
        result = what;
    }

    Result result() {
        return result;
    }
}
