package org.stratobox.sync.localfs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.stratobox.sync.localfs.StabilityRule.Seen;
import org.stratobox.sync.task.Ticker;

/// Remembers the files that are still being written, and says of each whether it may be read now. It only spares useless
/// work and half versions: who reads still compares the file before and after. Thread-safe; bounded.
public final class Stability {
    private static final int MOST = 10_000;

    private final Ticker ticker;
    private final InstantSource clock;
    private final OpenWriters writers;
    /// Guarded by itself; oldest first.
    private final Map<Path, Waiting> waiting = new LinkedHashMap<>();

    /// @param ticker measures how long a file has been watched
    /// @param clock compared with the times of files; may jump, and then only makes files wait
    /// @param writers of the system, or a double
    public Stability(Ticker ticker, InstantSource clock, OpenWriters writers) {
        this.ticker = ticker;
        this.clock = clock;
        this.writers = writers;
    }

    /// A file that had to wait.
    ///
    /// @param first tick of the first wait
    /// @param last tick of the newest one that was counted
    /// @param changed tick since which the file has been as `stat` says
    /// @param stat when it was looked at last
    /// @param waits how many were counted
    private record Waiting(long first, long last, long changed, FileStat stat, int waits) {}

    /// @param file a regular file
    /// @param stat what `lstat` says of it now
    /// @param knownSize its size when it was last synced, bytes; 0 for a new file
    /// @return whether it may be read now; a file that may is forgotten
    public Readiness of(Path file, FileStat stat, long knownSize) {
        long now = ticker.nanos();
        Waiting before;
        synchronized (waiting) {
            before = waiting.getOrDefault(file, new Waiting(now, now, now, stat, 0));
        }
        Waiting seen = before.stat().equals(stat)
                ? before
                : new Waiting(before.first(), before.last(), now, stat, before.waits());
        // asks the system: not under the lock
        Readiness readiness = StabilityRule.judge(seen(seen, now, knownSize), () -> writers.ask(file));
        synchronized (waiting) {
            waiting.remove(file);
            if (readiness instanceof Readiness.Wait wait) {
                remember(file, counted(seen, now, wait));
            }
        }
        return readiness;
    }

    /// A file that is gone, or of which a version was made, needs no memory.
    ///
    /// @param file of it
    public void forget(Path file) {
        synchronized (waiting) {
            waiting.remove(file);
        }
    }

    private Seen seen(Waiting state, long now, long knownSize) {
        Duration watched = Duration.ofNanos(now - state.changed());
        Duration byClock = age(state.stat());
        // a time in the future says nothing: what we saw ourselves does
        Duration untouched = byClock.compareTo(watched) > 0 ? byClock : watched;
        boolean emptied = state.stat().size() == 0 && knownSize > 0;
        return new Seen(untouched, emptied, Duration.ofNanos(now - state.first()), state.waits());
    }

    /// The change time cannot be set back; where there is none, the modification time has to do.
    private Duration age(FileStat stat) {
        long touched = Math.max(stat.mtimeNanos(), stat.ctimeNanos());
        Instant now = clock.instant();
        long nowNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return Duration.ofNanos(nowNanos - touched);
    }

    /// Looks between two waits, because of new hints, do not make the next wait longer.
    private static Waiting counted(Waiting seen, long now, Readiness.Wait wait) {
        boolean isNext = seen.waits() == 0 || now - seen.last() >= wait.time().toNanos() / 2;
        return isNext ? new Waiting(seen.first(), now, seen.changed(), seen.stat(), seen.waits() + 1) : seen;
    }

    private void remember(Path file, Waiting state) {
        if (waiting.size() >= MOST) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        waiting.put(file, state);
    }
}
