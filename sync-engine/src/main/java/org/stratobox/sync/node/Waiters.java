package org.stratobox.sync.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.stratobox.sync.mesh.Space;

/// Requests that wait until something is added to a list or removed from it. There is room for so many and no more.
/// Thread-safe.
final class Waiters {
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /// Guarded by `lock`, like everything below: how often something happened; empty while nobody waits.
    private final Map<Place, Long> happened = new HashMap<>();
    private int waiting;
    private boolean closed;

    Waiters(int most) {
        this.most = most;
    }

    /// A list.
    record Place(List<String> repository, Space space) {}

    /// @param place of which to wait for news
    /// @param limit how long to wait at most, all in all
    /// @return a place in the queue, to be closed; empty if there is no room
    Optional<Ticket> enter(Place place, Duration limit) {
        lock.lock();
        try {
            if (closed || waiting >= most) {
                return Optional.empty();
            }
            waiting++;
            return Optional.of(new Ticket(place, limit.toNanos()));
        } finally {
            lock.unlock();
        }
    }

    /// Something was added or removed.
    void happened(Place place) {
        lock.lock();
        try {
            if (waiting > 0) {
                happened.merge(place, 1L, Long::sum);
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends all waiting and lets nobody wait any more. Idempotent.
    void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Somebody who waits.
    final class Ticket implements AutoCloseable {
        private final Place place;
        /// Guarded by `lock`, like `left`.
        private long seen;
        private long left;

        private Ticket(Place place, long left) {
            this.place = place;
            this.left = left;
            this.seen = happened.getOrDefault(place, 0L);
        }

        /// @return whether something happened since the ticket was given or this was asked last; `false` when the time is
        /// over or the node closes
        boolean await() throws InterruptedException {
            lock.lock();
            try {
                while (!closed && left > 0 && happened.getOrDefault(place, 0L) == seen) {
                    left = news.awaitNanos(left);
                }
                boolean isNew = !closed && left > 0;
                seen = happened.getOrDefault(place, 0L);
                return isNew;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                waiting--;
                if (waiting == 0) {
                    happened.clear();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
