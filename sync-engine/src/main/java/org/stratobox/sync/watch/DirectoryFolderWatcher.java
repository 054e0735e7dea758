package org.stratobox.sync.watch;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Watches folders through the operating system: inotify on Linux, FSEvents on macOS, ReadDirectoryChangesW on Windows,
/// each wrapped by `io.methvin:directory-watcher`. Every watched folder takes one thread.
///
/// The library reports only what it is sure of: it hides failures in its log, throws where the system's queue ran over and
/// goes on, and keeps telling of directories that were moved away (`sync-disk.md` 2.2). So each exception, whatever it is,
/// means that everything has to be looked at, and paths are never believed, only looked at.
public final class DirectoryFolderWatcher implements FolderWatcher {
    private final Executor threads;
    private final InotifyLimits limits;

    /// @param threads runs one task per folder for as long as it is watched: platform threads
    public DirectoryFolderWatcher(Executor threads) {
        this(threads, InotifyLimits.ofSystem());
    }

    DirectoryFolderWatcher(Executor threads, InotifyLimits limits) {
        this.threads = threads;
        this.limits = limits;
    }

    @Override
    public Watch watch(Path root, Consumer<Hint> hints) {
        DirectoryWatch watch = new DirectoryWatch(root, hints, limits);
        threads.execute(watch::run);
        return watch;
    }
}
