package org.stratobox.sync.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.stratobox.sync.apply.RestoreOutcome.Left;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Ticker;

/// Counts what a restore does and tells it, a few times a second. Thread-safe.
final class Tally {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

    private final Ticker ticker;
    private final Consumer<Progress> listener;
    private final long start;
    /// All below guarded by `this`.
    private final List<Left> left = new ArrayList<>();
    private long told;
    private long leftMore;
    private long files;
    private long kept;
    private long beside;
    private long bytes;
    private long filesTotal;
    private long bytesTotal;
    private long bytesSeen;

    Tally(Ticker ticker, Consumer<Progress> listener) {
        this.ticker = ticker;
        this.listener = listener;
        this.start = ticker.nanos();
        this.told = start;
    }

    synchronized void expect(long size) {
        filesTotal++;
        bytesTotal += size;
    }

    synchronized void wrote(long size, boolean isBeside) {
        files++;
        bytes += size;
        beside += isBeside ? 1 : 0;
    }

    synchronized void kept() {
        kept++;
    }

    synchronized void left(RelativePath path, String reason) {
        if (left.size() < RestoreOutcome.MOST_LEFT) {
            left.add(new Left(path.text(), reason));
        } else {
            leftMore++;
        }
    }

    /// @param count bytes of files that are settled
    void moved(long count) {
        Optional<Progress> news = news(count);
        // not under the lock: the listener is foreign code
        news.ifPresent(listener);
    }

    private synchronized Optional<Progress> news(long count) {
        bytesSeen += count;
        long now = ticker.nanos();
        if (now - told < INTERVAL) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(progress(now));
    }

    private Progress progress(long now) {
        return new Progress(Progress.Phase.RESTORING, files + kept + left.size() + leftMore, filesTotal,
                Math.min(bytesSeen, bytesTotal), bytesTotal, TimeUnit.NANOSECONDS.toMillis(now - start));
    }

    /// Tells the end state.
    RestoreOutcome finish(Optional<String> stopped) {
        Progress last;
        RestoreOutcome outcome;
        synchronized (this) {
            last = progress(ticker.nanos());
            outcome = new RestoreOutcome(files, kept, beside, bytes, List.copyOf(left), leftMore, stopped);
        }
        listener.accept(last);
        return outcome;
    }
}
