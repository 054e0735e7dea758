package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.Readiness;
import org.stratobox.sync.localfs.Stability;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.pace.RescanPolicy;
import org.stratobox.sync.pace.RescanPolicy.Watched;
import org.stratobox.sync.transfer.Patience;
import org.stratobox.sync.watch.Churn;
import org.stratobox.sync.watch.FolderWatcher.Watch;
import org.stratobox.sync.watch.Hint;
import org.stratobox.sync.watch.HintTimes;
import org.stratobox.sync.watch.Hints;
import org.stratobox.sync.watch.Look;
import org.stratobox.sync.watch.WatchNotice;
import org.stratobox.sync.watch.WatchState;

/// Looks at one folder while a device runs: what may have changed, what is not complete yet, and when all of it is due
/// again. Used by the loop's thread, but for the hints and for [Patience], which any thread may give and ask.
final class FolderEyes implements Patience, AutoCloseable {
    private final EngineParts parts;
    private final FolderSetting setting;
    private final Hints hints;
    private final Stability stability;
    private final Churn churn;
    private final Watch watch;
    private long rescanAt;

    /// @param wake called when something may be due
    FolderEyes(EngineParts parts, FolderSetting setting, Runnable wake) {
        this.parts = parts;
        this.setting = setting;
        hints = new Hints(parts.ticker(), HintTimes.DEFAULT, wake);
        stability = new Stability(parts.ticker(), parts.clock(), parts.outside().writers());
        churn = new Churn(parts.ticker());
        hints.accept(new Hint.Everything(Hint.Cause.ASKED));
        watch = parts.outside().watcher().watch(setting.path(), hints::accept);
        looked(Duration.ZERO);
    }

    FolderSetting setting() {
        return setting;
    }

    /// @return what to look at now
    Look take() {
        if (parts.ticker().nanos() - rescanAt >= 0) {
            // said once: the look that follows sets the next one
            looked(Duration.ofMinutes(1));
            everything();
        }
        return hints.take();
    }

    void everything() {
        hints.accept(new Hint.Everything(Hint.Cause.ASKED));
    }

    /// The look failed, or could not be made: it is due again.
    void again(Look look) {
        switch (look) {
            case Look.Nothing _ -> {
                // nothing was to be looked at
            }
            case Look.Directories directories ->
                directories.directories().forEach(d -> hints.lookAgain(d, Duration.ZERO));
            case Look.Everything _ -> everything();
        }
    }

    /// The disk was not as expected there.
    void again(RelativePath directory) {
        hints.lookAgain(directory, Duration.ZERO);
    }

    /// The whole folder was looked at.
    ///
    /// @param took how long that was
    void looked(Duration took) {
        Watched watched = watch.state().isComplete() ? Watched.YES : Watched.NO;
        Duration next = RescanPolicy.DEFAULT.interval(watched, took, parts.outside().power().now(),
                parts.outside().jitter().next());
        rescanAt = parts.ticker().nanos() + next.toNanos();
    }

    /// @return what the user should know about watching this folder
    Optional<WatchNotice> notice() {
        return switch (watch.state()) {
            case WatchState.Starting _ -> Optional.empty();
            case WatchState.Watching watching -> watching.notice();
            case WatchState.Off off -> Optional.of(off.notice());
        };
    }

    @Override
    public boolean mayRead(RelativePath path, Path file, FileStat stat, long knownSize) {
        Optional<Duration> often = churn.delay(path);
        if (often.isPresent()) {
            later(path, often.get());
            return false;
        }
        if (stability.of(file, stat, knownSize) instanceof Readiness.Wait wait) {
            later(path, wait.time());
            return false;
        }
        return true;
    }

    @Override
    public boolean mayDelete(RelativePath path, Path parent) {
        Optional<Duration> unsettled = hints.absences().unsettled(path, untouched(parent));
        unsettled.ifPresent(time -> later(path, time));
        if (unsettled.isEmpty()) {
            hints.absences().forget(path);
        }
        return unsettled.isEmpty();
    }

    @Override
    public void authored(RelativePath path) {
        churn.authored(path);
    }

    private void later(RelativePath path, Duration time) {
        hints.lookAgain(path.parent().orElse(RelativePath.ROOT), time);
    }

    private Duration untouched(Path parent) {
        try {
            FileStat stat = parts.files().stat(parent);
            long touched = Math.max(stat.ctimeNanos(), stat.mtimeNanos());
            return Duration.ofMillis(parts.clock().millis() - touched / 1_000_000);
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
