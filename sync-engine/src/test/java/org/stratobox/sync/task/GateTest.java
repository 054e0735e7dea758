package org.stratobox.sync.task;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GateTest {
    private final Gate gate = new Gate();
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());

    @AfterEach
    void end() {
        executor.shutdownNow();
        executor.close();
    }

    @Test
    void workPassesAnOpenGate() throws Exception {
        assertEquals(Optional.of(7), gate.<Integer, IOException>pass(() -> 7));
        assertThrows(IOException.class, () -> gate.pass(() -> {
            throw new IOException("its own");
        }));
    }

    @Test
    void closeInterruptsWorkInsideHoweverItEnds() throws Exception {
        CountDownLatch inside = new CountDownLatch(3);
        CountDownLatch never = new CountDownLatch(1);
        Future<Boolean> waiting = executor.submit(() -> entered(() -> {
            inside.countDown();
            never.await();
            return true;
        }));
        Future<Boolean> failing = executor.submit(() -> entered(() -> {
            inside.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("as a node does", e);
            }
            return true;
        }));
        Future<Boolean> computing = executor.submit(() -> entered(() -> {
            inside.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            throw new InterruptedException("stopped between two steps");
        }));
        inside.await();
        gate.close();
        assertFalse(waiting.get());
        assertFalse(failing.get());
        assertFalse(computing.get());
    }

    /// @return whether work came to its end; its thread is never left interrupted
    private boolean entered(Tasks.Job<Boolean, IOException> work) throws Exception {
        Optional<Boolean> result = gate.pass(work);
        assertFalse(Thread.currentThread().isInterrupted());
        return result.isPresent();
    }

    @Test
    void workBeginsAgainWhenTheGateOpens() throws Exception {
        gate.close();
        gate.close();
        assertFalse(gate.isOpen());
        assertEquals(Optional.empty(), gate.<Integer, IOException>pass(() -> 7));
        Future<Boolean> opened = executor.submit(() -> {
            gate.awaitOpen();
            return true;
        });
        gate.open();
        gate.open();
        assertTrue(opened.get());
        assertEquals(Optional.of(7), gate.<Integer, IOException>pass(() -> 7));
    }

    @Test
    void anInterruptionBySomebodyElseIsNotSwallowed() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Future<Optional<Boolean>> stopped = executor.submit(() -> gate.<Boolean, IOException>pass(() -> {
            inside.countDown();
            never.await();
            return true;
        }));
        inside.await();
        executor.shutdownNow();
        var e = assertThrows(ExecutionException.class, stopped::get);
        assertInstanceOf(InterruptedException.class, e.getCause());
    }
}
