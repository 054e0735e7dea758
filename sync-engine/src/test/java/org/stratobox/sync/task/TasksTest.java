package org.stratobox.sync.task;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(30)
class TasksTest {
    private final Tasks tasks = new Tasks(2);

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void allGivesTheResultsInTheOrderOfTheJobsWhenTheQueueOverflows() throws InterruptedException {
        List<Tasks.Job<Integer, RuntimeException>> jobs = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            jobs.add(() -> number);
            expected.add(i);
        }
        assertEquals(expected, Tasks.all(tasks.cpu(), jobs));
    }

    @Test
    void allFailsAfterAllJobsHaveEndedWhenOneFails() {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        List<Tasks.Job<String, IOException>> jobs = List.of(() -> {
            failed.countDown();
            throw new IOException("as planned");
        }, () -> {
            failed.await();
            ended.set(true);
            return "";
        });
        IOException e = assertThrows(IOException.class, () -> Tasks.all(tasks.io(), jobs));
        assertEquals("as planned", e.getMessage());
        assertTrue(ended.get());
    }

    @Test
    void allPassesUncheckedFailuresOn() {
        List<Tasks.Job<String, IOException>> jobs = List.of(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThrows(IllegalStateException.class, () -> Tasks.all(tasks.cpu(), jobs));
    }

    @Test
    void allInterruptsTheJobsAndWaitsForThemWhenTheWaiterIsInterrupted() {
        Thread waiter = Thread.currentThread();
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        List<Tasks.Job<String, IOException>> jobs = List.of(() -> {
            try {
                waiter.interrupt();
                never.await();
                return "";
            } finally {
                ended.incrementAndGet();
            }
        }, () -> {
            try {
                never.await();
                return "";
            } finally {
                ended.incrementAndGet();
            }
        });
        assertThrows(InterruptedException.class, () -> Tasks.all(tasks.io(), jobs));
        // a job that had not begun is not begun any more; those that had have ended
        assertTrue(ended.get() >= 1);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void submittingFailsLoudlyWhenClosed() {
        tasks.close();
        List<Tasks.Job<String, IOException>> jobs = List.of(() -> "");
        assertThrows(RejectedExecutionException.class, () -> Tasks.all(tasks.cpu(), jobs));
        assertThrows(RejectedExecutionException.class, () -> Tasks.all(tasks.io(), jobs));
    }

    @Test
    void cancellationKeepsWorkFromStarting() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertTrue(cancellation.isCancelled());
        assertThrows(CancellationException.class, () -> cancellation.call(() -> "never"));
    }

    @Test
    void cancellationInterruptsOnlyThoseWhoWork() throws InterruptedException {
        Cancellation cancellation = new Cancellation();
        assertEquals("done", cancellation.call(() -> "done"));
        cancellation.cancel();
        assertFalse(Thread.currentThread().isInterrupted());
        Cancellation during = new Cancellation();
        during.call(() -> {
            during.cancel();
            assertTrue(Thread.interrupted());
            return "";
        });
    }
}
