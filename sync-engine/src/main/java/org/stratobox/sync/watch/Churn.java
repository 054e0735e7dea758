package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Ticker;

/// Keeps files that never rest from filling the mesh with versions: a path of which more than ten versions were made in ten
/// minutes gets one in five minutes (`sync-disk.md` 2.5). Pure but for the ticker; thread-safe; remembers the paths that
/// changed last.
public final class Churn {
    private static final int OFTEN = 10;
    private static final long WINDOW_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long SPACING_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MOST = 2000;

    private final Ticker ticker;
    /// Guarded by itself; the path that changed last comes last.
    private final Map<RelativePath, Rhythm> authored = new LinkedHashMap<>(16, 0.75f, true);

    /// @param ticker monotonic time
    public Churn(Ticker ticker) {
        this.ticker = ticker;
    }

    /// How a path has been changing.
    ///
    /// @param began tick of the first version that counts
    /// @param last tick of the newest one
    /// @param versions in between, both included; from eleven on the path is restless until it has rested for ten minutes
    private record Rhythm(long began, long last, int versions) {
        Rhythm next(long now) {
            boolean isRestless = versions > OFTEN && now - last <= WINDOW_NANOS;
            boolean isNear = now - began <= WINDOW_NANOS;
            return isRestless || isNear
                    ? new Rhythm(began, now, Math.min(versions + 1, OFTEN + 1))
                    : new Rhythm(now, now, 1);
        }

        long left(long now) {
            return versions > OFTEN ? SPACING_NANOS - (now - last) : 0;
        }
    }

    /// A version of a path was made.
    ///
    /// @param path of it
    public void authored(RelativePath path) {
        long now = ticker.nanos();
        synchronized (authored) {
            authored.merge(path, new Rhythm(now, now, 1), (before, _) -> before.next(now));
            if (authored.size() > MOST) {
                authored.remove(authored.keySet().iterator().next());
            }
        }
    }

    /// @param path of which a version could be made now
    /// @return how long to leave it alone; empty if it may be made
    public Optional<Duration> delay(RelativePath path) {
        long now = ticker.nanos();
        synchronized (authored) {
            long left = Optional.ofNullable(authored.get(path)).map(rhythm -> rhythm.left(now)).orElse(0L);
            return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
        }
    }
}
