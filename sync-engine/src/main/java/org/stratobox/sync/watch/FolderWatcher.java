package org.stratobox.sync.watch;

import java.nio.file.Path;
import java.util.function.Consumer;

/// Watches folders for changes. Nothing depends on it: with [#NONE] everything is found by scans, only later.
public interface FolderWatcher {
    /// Begins to watch a folder and returns at once.
    ///
    /// @param root of the folder; its own marker and every name that begins like it are never hinted at
    /// @param hints takes hints, in the watcher's own thread; returns soon. The first is [Hint.Everything] when watching
    /// has begun; another follows every doubt, and the last one when watching ends without having been asked to
    /// @return the watch, to be closed by the caller
    Watch watch(Path root, Consumer<Hint> hints);

    /// Watches nothing.
    FolderWatcher NONE = (_, _) -> new Watch() {
        @Override
        public WatchState state() {
            return new WatchState.Off(WatchNotice.none());
        }

        @Override
        public void close() {
            // nothing runs
        }
    };

    /// One folder being watched. Thread-safe.
    interface Watch extends AutoCloseable {
        /// @return how it goes
        WatchState state();

        /// Ends it: no hint comes afterwards, and its thread has ended. Idempotent. Not to be called from within a hint.
        @Override
        void close();
    }
}
