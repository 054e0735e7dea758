package org.stratobox.sync.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The requests that are being answered. The server's own way of stopping knows them too, but waits its whole time when
/// the last answer has just left. Thread-safe.
final class InFlight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    /// Guarded by `lock`, like `closing`.
    private int count;
    private boolean closing;

    /// @return whether the request may be answered; then [#leave()] must follow
    boolean enter() {
        lock.lock();
        try {
            count += closing ? 0 : 1;
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            count--;
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody in any more and waits until everybody has left, a second at most or until interrupted.
    void close() {
        lock.lock();
        try {
            closing = true;
            long left = TimeUnit.SECONDS.toNanos(1);
            while (count > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
