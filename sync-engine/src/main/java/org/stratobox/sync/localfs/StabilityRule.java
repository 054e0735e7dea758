package org.stratobox.sync.localfs;

import java.time.Duration;
import java.util.function.Supplier;

import org.stratobox.sync.localfs.OpenWriters.Answer;
import org.stratobox.sync.localfs.Readiness.Basis;
import org.stratobox.sync.localfs.Readiness.Ready;
import org.stratobox.sync.localfs.Readiness.Reason;
import org.stratobox.sync.localfs.Readiness.Wait;

/// When a file counts as complete; pure (`sync.md` 3, `sync-disk.md` 2.5).
final class StabilityRule {
    static final Duration REST = Duration.ofSeconds(2);
    static final Duration EMPTY_REST = Duration.ofSeconds(10);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private StabilityRule() {}

    /// What is known of a file.
    ///
    /// @param untouched how long it has been as it is
    /// @param emptied whether it has no bytes and had some when it was last synced
    /// @param waited how long it has been waited for
    /// @param waits how many waits there were
    record Seen(Duration untouched, boolean emptied, Duration waited, int waits) {}

    /// @param seen what is known
    /// @param writers asked only if the answer matters
    static Readiness judge(Seen seen, Supplier<Answer> writers) {
        if (seen.emptied() && seen.untouched().compareTo(EMPTY_REST) < 0) {
            return new Wait(EMPTY_REST.minus(seen.untouched()), Reason.EMPTIED);
        }
        if (seen.untouched().compareTo(REST) >= 0) {
            return new Ready(Basis.RESTED);
        }
        Answer answer = writers.get();
        if (answer == Answer.NONE) {
            return new Ready(Basis.CLOSED);
        }
        if (seen.waited().compareTo(PATIENCE) >= 0) {
            return new Ready(Basis.SNAPSHOT);
        }
        Duration wait = REST.multipliedBy(1L << Math.min(seen.waits(), 4));
        return new Wait(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT,
                answer == Answer.SOME ? Reason.OPEN : Reason.FRESH);
    }
}
