package org.stratobox.sync.task;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// A switch that ends work running in several threads: it interrupts those inside [#call] and keeps later ones from
/// starting. Used once; thread-safe.
public final class Cancellation {
    private final Object lock = new Object();
    /// Guarded by `lock`. Never more than the threads inside [#call].
    private final Set<Thread> working = new HashSet<>();
    /// Guarded by `lock`.
    private boolean cancelled;

    /// Nothing is cancelled.
    public Cancellation() {
        // starts off
    }

    /// Runs work in this thread; a cancellation meanwhile interrupts the thread.
    ///
    /// @param work what to do
    /// @param <T> what it makes
    /// @param <E> how it may fail
    /// @return what the work made
    /// @throws E as the work does
    /// @throws InterruptedException as the work does
    /// @throws CancellationException if the switch was thrown before; the work was not begun
    public <T, E extends Exception> T call(Tasks.Job<T, E> work) throws E, InterruptedException {
        Thread self = Thread.currentThread();
        synchronized (lock) {
            if (cancelled) {
                throw new CancellationException("cancelled before it began");
            }
            working.add(self);
        }
        try {
            return work.run();
        } finally {
            synchronized (lock) {
                working.remove(self);
            }
        }
    }

    /// Throws the switch. Idempotent.
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            working.forEach(Thread::interrupt);
        }
    }

    /// @return whether the switch was thrown
    public boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }
}
