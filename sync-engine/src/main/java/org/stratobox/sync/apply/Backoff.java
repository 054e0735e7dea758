package org.stratobox.sync.apply;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Ticker;

/// When paths that could not be changed are tried again: after a minute, then ever later, at most an hour. One per folder,
/// kept over passes; a restart tries everything at once. Thread-safe.
public final class Backoff {
    private static final long FIRST = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

    private final Ticker ticker;
    /// Guarded by `this`.
    private final Map<RelativePath, Wait> waits = new HashMap<>();

    private record Wait(int tries, long until, String reason) {}

    /// @param ticker tells how much time passes
    public Backoff(Ticker ticker) {
        this.ticker = ticker;
    }

    /// @param path of a step
    /// @return why it is not tried yet, if so
    synchronized Optional<String> waiting(RelativePath path) {
        return Optional.ofNullable(waits.get(path)).filter(w -> ticker.nanos() - w.until < 0).map(Wait::reason);
    }

    synchronized void postponed(RelativePath path, String reason) {
        int tries = Optional.ofNullable(waits.get(path)).map(Wait::tries).orElse(0);
        long wait = Math.min(LONGEST, FIRST << Math.min(MOST_DOUBLINGS, tries));
        waits.put(path, new Wait(tries + 1, ticker.nanos() + wait, reason));
    }

    synchronized void done(RelativePath path) {
        waits.remove(path);
    }

    /// Something happened at a path, or a person asks: it is tried at once.
    ///
    /// @param path of a step
    public synchronized void reset(RelativePath path) {
        waits.remove(path);
    }

    /// As [#reset(RelativePath)], for everything.
    public synchronized void reset() {
        waits.clear();
    }
}
