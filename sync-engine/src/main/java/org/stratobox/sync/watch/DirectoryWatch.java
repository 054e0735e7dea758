package org.stratobox.sync.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;

/// One folder being watched, and the thread that does it.
final class DirectoryWatch implements FolderWatcher.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);
    private static final long GOODBYE_SECONDS = 5;

    private final Path root;
    private final Consumer<Hint> hints;
    private final InotifyLimits limits;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object();
    /// Guarded by `lock`, like `closed`. No lock is held while hints are told.
    private Optional<DirectoryWatcher> watcher = Optional.empty();
    private boolean closed;
    private volatile WatchState state = new WatchState.Starting();

    DirectoryWatch(Path root, Consumer<Hint> hints, InotifyLimits limits) {
        this.root = root;
        this.hints = hints;
        this.limits = limits;
    }

    /// Watches until closed or until it fails; never throws.
    void run() {
        try {
            Path real = root.toRealPath();
            long directories = WatchedTree.count(real, limits.directories().orElse(Long.MAX_VALUE), this::isClosed);
            Optional<WatchNotice> notice = WatchNotice.judge(directories, limits.directories());
            if (notice.filter(n -> n.kind() == WatchNotice.Kind.LIMIT_REACHED).isPresent()) {
                off(notice.get());
            } else {
                watch(real, new WatchState.Watching(directories, notice));
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        } finally {
            release();
            ended.countDown();
        }
    }

    private void watch(Path real, WatchState.Watching hoped) throws IOException {
        DirectoryWatcher fresh = DirectoryWatcher.builder().path(real).listener(new Listener(real, hoped))
                .fileHashing(false).fileTreeVisitor(new WatchedTree())
                // its own logger would be told every path
                .logger(NOPLogger.NOP_LOGGER).build();
        synchronized (lock) {
            watcher = Optional.of(fresh);
        }
        if (!isClosed()) {
            fresh.watch();
            // it ends by itself when the last watched directory is gone, and the root with it
            off(WatchNotice.notPossible());
        }
    }

    /// In the thread of the watcher.
    private final class Listener implements DirectoryChangeListener {
        private final Path real;
        private final WatchState.Watching hoped;

        Listener(Path real, WatchState.Watching hoped) {
            this.real = real;
            this.hoped = hoped;
        }

        /// The first time, all directories have been told to the system.
        @Override
        public void onIdle(int events) {
            if (state instanceof WatchState.Starting) {
                state = hoped;
                tell(new Hint.Everything(Hint.Cause.BEGUN));
            }
        }

        @Override
        public boolean isWatching() {
            return !isClosed();
        }

        @Override
        public void onEvent(DirectoryChangeEvent event) {
            switch (event.eventType()) {
                case OVERFLOW -> tell(new Hint.Everything(Hint.Cause.DOUBT));
                case DELETE -> HintPaths.gone(real, event.path()).ifPresent(DirectoryWatch.this::tell);
                case CREATE, MODIFY -> HintPaths.touched(real, event.path()).ifPresent(DirectoryWatch.this::tell);
            }
        }

        /// The library goes on, but it has lost something: a queue ran over, or a new directory is not watched.
        @Override
        public void onException(Exception e) {
            LOG.debug("a watcher is in doubt: {}", e.getClass().getSimpleName());
            notice(e).ifPresent(n -> state = new WatchState.Watching(hoped.directories(), Optional.of(n)));
            tell(new Hint.Everything(Hint.Cause.DOUBT));
        }
    }

    private void tell(Hint hint) {
        if (!isClosed()) {
            hints.accept(hint);
        }
    }

    private void failed(Exception e) {
        if (!isClosed()) {
            LOG.info("a folder cannot be watched: {}", e.getClass().getSimpleName());
            off(notice(e).orElseGet(WatchNotice::notPossible));
        }
    }

    private void off(WatchNotice notice) {
        state = new WatchState.Off(notice);
        tell(new Hint.Everything(Hint.Cause.DOUBT));
    }

    /// The limits of Linux are told apart by the text of the exception only.
    private Optional<WatchNotice> notice(Throwable e) {
        for (Optional<Throwable> at = Optional.of(e); at.isPresent(); at = at.map(Throwable::getCause)) {
            String text = String.valueOf(at.get().getMessage());
            if (text.contains("limit of inotify watches")) {
                return Optional.of(WatchNotice.tooMany(limits.directories().orElse(0), limits.directories()));
            }
            if (text.contains("limit of inotify instances")) {
                return Optional.of(WatchNotice.tooManyWatchers(limits.watchers()));
            }
        }
        return Optional.empty();
    }

    @Override
    public WatchState state() {
        return state;
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        release();
        try {
            if (!ended.await(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a watcher does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        Optional<DirectoryWatcher> open;
        synchronized (lock) {
            open = watcher;
        }
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            LOG.debug("a watcher could not be closed: {}", e.getClass().getSimpleName());
        }
    }
}
