package org.stratobox.sync.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The engine's threads. `cpu` computes and never waits for anything but the processor; `io` waits and computes little.
/// One instance per running engine; thread-safe.
///
/// - The CPU pool has a fixed number of threads and a bounded queue; when the queue is full the submitting thread runs
///   the task itself, which is the back-pressure. A CPU task must not wait for another CPU task.
/// - The I/O executor makes one virtual thread per task; whoever submits bounds how many run.
public final class Tasks implements AutoCloseable {
    private static final int QUEUE_PER_THREAD = 64;

    private final Executor cpu;
    private final Executor work;
    private final Executor io;
    private final List<ExecutorService> own;

    /// @param cpuThreads how many threads compute, at least 1
    public Tasks(int cpuThreads) {
        if (cpuThreads < 1) {
            throw new IllegalArgumentException("at least one thread has to compute");
        }
        ExecutorService computing = new ThreadPoolExecutor(cpuThreads, cpuThreads, 0, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(cpuThreads * QUEUE_PER_THREAD),
                Thread.ofPlatform().daemon().name("stratobox-cpu-", 0).factory(), Tasks::runHere);
        ExecutorService working = Executors
                .newCachedThreadPool(Thread.ofPlatform().daemon().name("stratobox-work-", 0).factory());
        ExecutorService waiting = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("stratobox-io-", 0).factory());
        cpu = computing;
        work = working;
        io = waiting;
        own = List.of(working, waiting, computing);
    }

    private Tasks(Executor all) {
        cpu = all;
        work = all;
        io = all;
        own = List.of();
    }

    /// @param threads somebody else's, who decides in which order they run and ends them; each task gets its own, because
    /// tasks wait for one another
    /// @return tasks that run on them
    public static Tasks on(Executor threads) {
        return new Tasks(threads);
    }

    /// Something to do.
    ///
    /// @param <T> what it makes
    /// @param <E> how it may fail
    @FunctionalInterface
    public interface Job<T, E extends Exception> {
        /// @return what was made
        /// @throws E as the job says
        /// @throws InterruptedException if its thread was interrupted
        T run() throws E, InterruptedException;
    }

    /// @return the bounded pool for computing
    public Executor cpu() {
        return cpu;
    }

    /// @return platform threads for work that both computes and waits, such as reading and cutting files; whoever submits
    /// bounds how many run
    public Executor work() {
        return work;
    }

    /// @return the executor for blocking work, one virtual thread per task
    public Executor io() {
        return io;
    }

    /// Runs jobs on an executor and waits until **all** have ended, also when one failed: afterwards nobody touches the
    /// buffers the jobs work on. If the waiting thread is interrupted, the jobs are, and still are waited for.
    ///
    /// @param executor one of [#cpu()] and [#io()]
    /// @param jobs what to do
    /// @param <T> what a job makes
    /// @param <E> how a job may fail
    /// @return the results in the order of the jobs
    /// @throws E the failure of the first job that failed
    /// @throws InterruptedException if the waiting thread was interrupted; the jobs have ended
    public static <T, E extends Exception> List<T> all(Executor executor, List<? extends Job<T, E>> jobs)
            throws E, InterruptedException {
        Cancellation cancellation = new Cancellation();
        List<CompletableFuture<T>> running = new ArrayList<>(jobs.size());
        try {
            for (Job<T, E> job : jobs) {
                running.add(CompletableFuture.supplyAsync(() -> supply(job, cancellation), executor));
            }
        } finally {
            awaitEnd(running, cancellation);
        }
        List<T> results = new ArrayList<>(running.size());
        for (CompletableFuture<T> done : running) {
            results.add(result(done));
        }
        return results;
    }

    /// Ends all own threads: running tasks are interrupted and given a moment. Idempotent.
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdownNow);
        try {
            for (ExecutorService threads : own) {
                if (!threads.awaitTermination(3, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("a task ignores interruption");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void awaitEnd(List<CompletableFuture<T>> running, Cancellation cancellation)
            throws InterruptedException {
        CompletableFuture<Boolean> end = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .handle((_, _) -> true);
        try {
            end.get();
        } catch (InterruptedException e) {
            cancellation.cancel();
            end.join();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a handled future does not fail", e);
        }
    }

    private static <T, E extends Exception> T supply(Job<T, E> job, Cancellation cancellation) {
        try {
            return cancellation.call(job);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static <T, E extends Exception> T result(CompletableFuture<T> done) throws E, InterruptedException {
        try {
            return done.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case InterruptedException interrupted -> throw interrupted;
                case Exception failure -> throw Tasks.<E>asDeclared(failure);
                case null, default -> throw e;
            }
        }
    }

    /// A job can fail with nothing but E, InterruptedException and unchecked ones, and those were handled before.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E asDeclared(Exception failure) {
        return (E) failure;
    }

    private static void runHere(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            // CallerRunsPolicy would drop the task silently and its waiter would wait for ever
            throw new RejectedExecutionException("the engine is closing");
        }
        task.run();
    }
}
