package org.stratobox.sync.mesh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// What recent calls say about one node: whether it is worth asking (`sync-disk.md` 4.3). Thread-safe.
///
/// Closed until five failures in a row or more than ten of the last twenty; then open, 30 s at first and twice as long
/// each time up to 15 min, with a fifth of jitter; then half open: one call goes through and decides.
public final class NodeHealth {
    private static final int IN_A_ROW = 5;
    private static final int WINDOW = 20;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Jitter jitter;
    private final ReentrantLock lock = new ReentrantLock();
    /// Guarded by `lock`, like everything below; true is a failure.
    private final Deque<Boolean> recent = new ArrayDeque<>();
    private State state = State.CLOSED;
    private int row;
    private Duration pause = FIRST;
    private Instant until = Instant.MIN;

    /// @param clock for the pauses
    /// @param jitter so that many clients do not come back together
    public NodeHealth(InstantSource clock, Jitter jitter) {
        this.clock = clock;
        this.jitter = jitter;
    }

    /// Whether calls go through.
    public enum State {
        /// They do.
        CLOSED,
        /// They fail at once.
        OPEN,
        /// One is on its way and decides.
        HALF_OPEN
    }

    /// @return whether calls go through; an open pause that is over still counts as open until somebody calls
    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Asks for a call. If it is admitted, exactly one of [#answered()], [#failed()] and [#abandoned()] must follow.
    ///
    /// @return whether the call may be made
    boolean admit() {
        lock.lock();
        try {
            if (state == State.OPEN && !clock.instant().isBefore(until)) {
                state = State.HALF_OPEN;
                return true;
            }
            return state == State.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /// The node answered, whatever it said.
    void answered() {
        lock.lock();
        try {
            if (state != State.CLOSED) {
                recent.clear();
                pause = FIRST;
                state = State.CLOSED;
            }
            row = 0;
            remember(false);
        } finally {
            lock.unlock();
        }
    }

    /// The node did not answer.
    void failed() {
        lock.lock();
        try {
            row++;
            remember(true);
            if (state == State.HALF_OPEN) {
                pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
                open();
            } else if (state == State.CLOSED && (row >= IN_A_ROW || mostFailed())) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The call ended without saying anything about the node, as by interruption.
    void abandoned() {
        lock.lock();
        try {
            if (state == State.HALF_OPEN) {
                state = State.OPEN;
            }
        } finally {
            lock.unlock();
        }
    }

    private void open() {
        state = State.OPEN;
        double factor = 0.8 + 0.4 * jitter.next();
        until = clock.instant().plusMillis((long) (pause.toMillis() * factor));
    }

    private void remember(boolean failure) {
        recent.addLast(failure);
        if (recent.size() > WINDOW) {
            recent.removeFirst();
        }
    }

    private boolean mostFailed() {
        return recent.size() == WINDOW && recent.stream().filter(f -> f).count() > WINDOW / 2;
    }
}
