package org.stratobox.sync.task;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Lets work happen, or not: closing it interrupts the work that is inside and keeps new work outside until it opens. Work
/// must be of the kind that may be interrupted anywhere and begun again. Thread-safe.
public final class Gate {
    private final Object lock = new Object();
    /// Guarded by `lock`: ends what is inside; new at every opening.
    private Cancellation inside = new Cancellation();

    /// Open.
    public Gate() {
        // starts open
    }

    /// Runs work in this thread if the gate is open.
    ///
    /// @param work what to do
    /// @param <T> what it makes
    /// @param <E> how it may fail
    /// @return what it made; empty if the gate was closed before or meanwhile, however the work ended then. The thread's
    /// interrupt flag is clear then: a wish to end the thread has to be told by other means, too
    /// @throws E as the work does, if the gate stayed open
    /// @throws InterruptedException if somebody else interrupted the thread
    public <T, E extends Exception> Optional<T> pass(Tasks.Job<T, E> work) throws E, InterruptedException {
        Cancellation mine;
        synchronized (lock) {
            mine = inside;
        }
        try {
            return Optional.of(mine.call(work));
        } catch (CancellationException e) {
            return emptyIfClosed(mine, e);
        } catch (InterruptedException e) {
            return emptyIfClosed(mine, e);
        } catch (Exception e) {
            return emptyIfClosed(mine, Gate.<E>asDeclared(e));
        }
    }

    /// Closes the gate; work inside ends as soon as it notices its interruption. Idempotent.
    public void close() {
        synchronized (lock) {
            inside.cancel();
        }
    }

    /// Opens the gate. Idempotent.
    public void open() {
        synchronized (lock) {
            if (inside.isCancelled()) {
                inside = new Cancellation();
                lock.notifyAll();
            }
        }
    }

    /// @return whether work may pass
    public boolean isOpen() {
        synchronized (lock) {
            return !inside.isCancelled();
        }
    }

    /// Waits until the gate is open.
    ///
    /// @throws InterruptedException if the thread was interrupted meanwhile
    public void awaitOpen() throws InterruptedException {
        synchronized (lock) {
            while (inside.isCancelled()) {
                lock.wait();
            }
        }
    }

    private static <T, X extends Exception> Optional<T> emptyIfClosed(Cancellation mine, X failure) throws X {
        if (!mine.isCancelled()) {
            throw failure;
        }
        // the interruption was ours, and its work is done
        boolean _ = Thread.interrupted();
        return Optional.empty();
    }

    /// Work can fail with nothing but E, InterruptedException and unchecked ones; those that are unchecked pass as they are.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E asDeclared(Exception failure) {
        return (E) failure;
    }
}
