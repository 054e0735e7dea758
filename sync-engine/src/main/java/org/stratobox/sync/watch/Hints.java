package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Ticker;

/// Gathers hints about one folder until they are worth a look (`sync.md` 3). The watcher, the scan and whoever else knows
/// something puts in; the folder's loop takes out. Pure but for the ticker; thread-safe; bounded.
///
/// A directory is due when it was left alone for the quiet time, and at the latest some seconds after its first hint. One
/// in which things only vanished is due later, after everything else; but it comes along with every other look, because
/// the other half of a move may be there.
public final class Hints {
    private final Ticker ticker;
    private final HintTimes times;
    private final Runnable wake;
    private final Absences absences;
    private final Object lock = new Object();
    /// Guarded by `lock`, like everything below: directories in which something appeared or changed.
    private final Map<RelativePath, Span> touched = new HashMap<>();
    /// Directories in which something vanished.
    private final Map<RelativePath, Span> gone = new HashMap<>();
    /// Directories to look at again, with the tick at which.
    private final Map<RelativePath, Long> again = new HashMap<>();
    private Optional<Whole> whole = Optional.empty();
    private OptionalLong wholeTaken = OptionalLong.empty();

    /// @param ticker monotonic time
    /// @param times how patient to be
    /// @param wake called without a lock held, in the thread that put something in, when something may be due sooner than
    /// [#take()] said; returns at once
    public Hints(Ticker ticker, HintTimes times, Runnable wake) {
        this.ticker = ticker;
        this.times = times;
        this.wake = wake;
        this.absences = new Absences(ticker, times.settle());
    }

    /// First and last hint, in ticks.
    private record Span(long first, long last) {
        Span until(long now) {
            return new Span(first, now);
        }
    }

    private record Whole(Hint.Cause cause, Span span) {}

    /// @return since when things of this folder have been missing; told of every hint
    public Absences absences() {
        return absences;
    }

    /// Takes a hint.
    ///
    /// @param hint of the watcher or anybody else
    public void accept(Hint hint) {
        long now = ticker.nanos();
        switch (hint) {
            case Hint.Touched(RelativePath path) -> {
                absences.forget(path);
                mark(touched, path.parent().orElse(path), now);
            }
            case Hint.Gone(RelativePath path) -> {
                absences.noticed(path);
                mark(gone, path.parent().orElse(path), now);
            }
            case Hint.Everything(Hint.Cause cause) -> {
                if (cause == Hint.Cause.DOUBT) {
                    absences.forgetAll();
                }
                synchronized (lock) {
                    everything(cause, now);
                }
            }
        }
        wake.run();
    }

    /// Asks for another look, because a file was still being written, a deletion had not settled, or a path changes too
    /// often.
    ///
    /// @param directory to look at
    /// @param in how long from now
    public void lookAgain(RelativePath directory, Duration in) {
        long due = ticker.nanos() + in.toNanos();
        synchronized (lock) {
            if (whole.isEmpty() || !in.isZero()) {
                again.merge(directory, due, (a, b) -> a - b < 0 ? a : b);
                bound(due);
            }
        }
        wake.run();
    }

    private void mark(Map<RelativePath, Span> where, RelativePath directory, long now) {
        synchronized (lock) {
            if (whole.isPresent()) {
                everything(whole.get().cause(), now);
            } else {
                where.merge(directory, new Span(now, now), (old, _) -> old.until(now));
                bound(now);
            }
        }
    }

    private void bound(long now) {
        if (touched.size() + gone.size() + again.size() > times.most()) {
            everything(Hint.Cause.MANY, now);
        }
    }

    private void everything(Hint.Cause cause, long now) {
        whole = Optional.of(whole.map(w -> new Whole(w.cause(), w.span().until(now)))
                .orElse(new Whole(cause, new Span(now, now))));
        touched.clear();
        gone.clear();
        again.clear();
    }

    /// Takes what is due. It is the caller's from here on: whoever fails to look puts it back with [#lookAgain] or
    /// [#accept(Hint)].
    ///
    /// @return what to look at now, or how long to wait
    public Look take() {
        long now = ticker.nanos();
        synchronized (lock) {
            if (whole.isPresent()) {
                return takeWhole(whole.get(), now);
            }
            SortedSet<RelativePath> due = new TreeSet<>();
            takeDue(touched, now, times.quiet(), times.longest(), due);
            takeAgain(now, due);
            boolean more = !due.isEmpty();
            Duration longest = times.longest().plus(times.settle());
            takeDue(gone, now, times.settle(), longest, due);
            if (more) {
                due.addAll(gone.keySet());
            }
            return due.isEmpty() ? new Look.Nothing(next(now)) : new Look.Directories(due);
        }
    }

    private Look takeWhole(Whole asked, long now) {
        long left = wholeDue(asked) - now;
        if (left > 0) {
            return new Look.Nothing(Optional.of(Duration.ofNanos(left)));
        }
        whole = Optional.empty();
        wholeTaken = OptionalLong.of(now);
        return new Look.Everything(asked.cause());
    }

    private long wholeDue(Whole asked) {
        long due = due(asked.span(), times.quiet(), times.longest());
        if (wholeTaken.isEmpty()) {
            return due;
        }
        long spaced = wholeTaken.getAsLong() + times.spacing().toNanos();
        return spaced - due > 0 ? spaced : due;
    }

    private static long due(Span span, Duration quiet, Duration longest) {
        long settled = span.last() + quiet.toNanos();
        long latest = span.first() + longest.toNanos();
        return settled - latest < 0 ? settled : latest;
    }

    private void takeAgain(long now, SortedSet<RelativePath> into) {
        again.forEach((directory, due) -> {
            if (due - now <= 0) {
                into.add(directory);
            }
        });
        again.values().removeIf(due -> due - now <= 0);
    }

    private static void takeDue(Map<RelativePath, Span> from, long now, Duration quiet, Duration longest,
            SortedSet<RelativePath> into) {
        from.entrySet().removeIf(e -> {
            boolean isDue = due(e.getValue(), quiet, longest) - now <= 0;
            if (isDue) {
                into.add(e.getKey());
            }
            return isDue;
        });
    }

    private Optional<Duration> next(long now) {
        OptionalLong soonest = OptionalLong.empty();
        for (Span span : touched.values()) {
            soonest = sooner(soonest, due(span, times.quiet(), times.longest()) - now);
        }
        for (Span span : gone.values()) {
            soonest = sooner(soonest, due(span, times.settle(), times.longest().plus(times.settle())) - now);
        }
        for (long due : again.values()) {
            soonest = sooner(soonest, due - now);
        }
        return soonest.isEmpty() ? Optional.empty() : Optional.of(Duration.ofNanos(soonest.getAsLong()));
    }

    private static OptionalLong sooner(OptionalLong left, long other) {
        return left.isPresent() && left.getAsLong() <= other ? left : OptionalLong.of(other);
    }
}
