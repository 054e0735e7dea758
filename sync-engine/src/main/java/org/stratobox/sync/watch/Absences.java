package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Ticker;

/// Since when things have been missing (`sync-disk.md` 2.1 f): programs that save by deleting and writing anew, and moves
/// of which one half was seen, must not become deletions on other devices. Pure but for the ticker; thread-safe; bounded,
/// so that of very many missing things some have to be noticed later.
public final class Absences {
    private static final int MOST = 50_000;
    /// What nobody asked about for so long is no evidence any more: it may have come and gone unseen.
    private static final long FORGOTTEN_NANOS = Duration.ofMinutes(10).toNanos();

    private final Ticker ticker;
    private final Duration settle;
    /// Guarded by itself; oldest first.
    private final Map<RelativePath, Absence> missing = new LinkedHashMap<>();

    /// @param since tick at which it was noticed
    /// @param asked tick at which it was noticed or asked about last
    private record Absence(long since, long asked) {}

    /// @param ticker monotonic time
    /// @param settle how long something must have been missing
    public Absences(Ticker ticker, Duration settle) {
        this.ticker = ticker;
        this.settle = settle;
    }

    /// Asks whether a deletion may be believed, and remembers the question.
    ///
    /// @param path that is missing now
    /// @param parentUntouched how long ago the directory that held it changed, by its `ctime` (its `mtime` can be set back);
    /// zero if unknown. What was deleted while nobody looked has settled already
    /// @return how much longer it must stay missing; empty if it has been missing long enough
    public Optional<Duration> unsettled(RelativePath path, Duration parentUntouched) {
        if (parentUntouched.compareTo(settle) >= 0) {
            return Optional.empty();
        }
        long now = ticker.nanos();
        synchronized (missing) {
            long left = settle.toNanos() - (now - note(path, now).since());
            return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
        }
    }

    /// Something seems to be missing.
    ///
    /// @param path of it
    public void noticed(RelativePath path) {
        long now = ticker.nanos();
        synchronized (missing) {
            note(path, now);
        }
    }

    /// Something is there, or its deletion is on record.
    ///
    /// @param path of it
    public void forget(RelativePath path) {
        synchronized (missing) {
            missing.remove(path);
        }
    }

    /// What was seen is in doubt: everything has to be noticed anew.
    public void forgetAll() {
        synchronized (missing) {
            missing.clear();
        }
    }

    /// Whatever was below a missing directory has been missing as long as the directory.
    private Absence note(RelativePath path, long now) {
        for (Optional<RelativePath> at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
            Absence known = missing.get(at.get());
            if (known != null && now - known.asked() <= FORGOTTEN_NANOS) {
                Absence asked = new Absence(known.since(), now);
                missing.replace(at.get(), asked);
                return asked;
            }
        }
        Absence fresh = new Absence(now, now);
        missing.remove(path);
        makeRoom(now);
        if (missing.size() < MOST) {
            missing.put(path, fresh);
        }
        return fresh;
    }

    private void makeRoom(long now) {
        Iterator<Absence> oldest = missing.values().iterator();
        while (missing.size() >= MOST && oldest.hasNext() && now - oldest.next().asked() > FORGOTTEN_NANOS) {
            oldest.remove();
        }
    }
}
