package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import org.stratobox.sync.history.EnvelopeReader;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.localfs.DiskFlush;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.task.Tasks;

/// The windows of a restore: each is fetched ([ChunkFetch]), and its complete files get their names while the next one is.
final class Transfer implements ChunkFetch.Ends<FileJob> {
    private static final int WORKERS = ChunkFetch.WORKERS;

    private final Tasks tasks;
    private final Placement placement;
    private final Tally tally;
    private final ChunkFetch<FileJob> fetch;
    /// Files whose bytes are written and that wait for their names until those are on the disk.
    private final Queue<FileJob> written = new ConcurrentLinkedQueue<>();
    /// The files of the window before that are getting their names. Used by the filling thread only.
    private CompletableFuture<Optional<Exception>> naming = CompletableFuture.completedFuture(Optional.empty());

    Transfer(EnvelopeReader envelopes, Tasks tasks, Placement placement, Tally tally) {
        this.tasks = tasks;
        this.placement = placement;
        this.tally = tally;
        this.fetch = new ChunkFetch<>(envelopes, tasks, this);
    }

    /// @param job whose bytes are in its entry
    void addInline(FileJob job) {
        fetch.addInline(job);
    }

    void addChunk(FileJob job, long offset, ChunkRef chunk) {
        fetch.addChunk(job, offset, chunk);
    }

    /// @return bytes that run() is going to write
    long bytes() {
        return fetch.bytes();
    }

    boolean isEmpty() {
        return fetch.isEmpty() && written.isEmpty();
    }

    /// @param job of which the planning is done
    /// @throws RestoreException if nothing more can be written
    void stepDone(FileJob job) throws RestoreException {
        fetch.stepDone(job);
    }

    /// Fetches and writes everything that was added, and starts anew.
    ///
    /// @throws RestoreException if nothing more can be written
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    void run() throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        try {
            fetch.run();
        } catch (RestoreException | InterruptedException | RuntimeException e) {
            // what is complete stays, whatever ended the others
            awaitNames();
            startNaming();
            awaitNames();
            throw e;
        }
        awaitNames();
        startNaming();
    }

    @Override
    public void complete(FileJob job) {
        written.add(job);
    }

    @Override
    public void moved(long count) {
        tally.moved(count);
    }

    /// Complete files go onto the disk and get their names while the next window is fetched.
    private void startNaming() {
        List<FileJob> jobs = new ArrayList<>(written);
        written.clear();
        naming = CompletableFuture.supplyAsync(() -> named(jobs), tasks.work());
    }

    private Optional<Exception> named(List<FileJob> jobs) {
        try {
            giveNames(jobs);
            return Optional.empty();
        } catch (RestoreException | InterruptedException e) {
            return Optional.of(e);
        }
    }

    /// Waits until every complete file has its name, also when interrupted meanwhile.
    ///
    /// @throws RestoreException if nothing more can be written
    /// @throws InterruptedException if it was interrupted
    void awaitNames() throws RestoreException, InterruptedException {
        Optional<Exception> failure = naming.join();
        naming = CompletableFuture.completedFuture(Optional.empty());
        if (failure.isPresent()) {
            switch (failure.get()) {
                case RestoreException e -> throw e;
                case InterruptedException e -> throw e;
                default -> throw new IllegalStateException("an unexpected failure", failure.get());
            }
        }
    }

    /// Waits until nobody works on files any more, whatever came of it.
    void settle() {
        naming.join();
    }

    /// Brings complete files onto the disk together, then gives them their names.
    private void giveNames(List<FileJob> jobs) throws RestoreException, InterruptedException {
        try {
            for (List<FileJob> disk : jobs.stream()
                    .collect(Collectors.groupingBy(job -> job.directory().device())).values()) {
                DiskFlush.flush(disk.stream().map(FileJob::growing).toList());
            }
        } catch (IOException e) {
            String why = ChunkFetch.sentence(e);
            for (FileJob job : jobs) {
                gaveUp(job, why);
            }
            return;
        }
        Queue<FileJob> ready = new ConcurrentLinkedQueue<>(jobs);
        List<Tasks.Job<Boolean, RestoreException>> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(() -> {
                for (FileJob job = ready.poll(); job != null; job = ready.poll()) {
                    giveName(job);
                }
                return true;
            });
        }
        Tasks.all(tasks.work(), workers);
    }

    private void giveName(FileJob job) throws RestoreException, InterruptedException {
        try {
            switch (placement.place(job)) {
                case WRITTEN -> tally.wrote(job.entry().size(), false);
                case BESIDE -> tally.wrote(job.entry().size(), true);
                case KEPT -> tally.kept();
            }
        } catch (IOException e) {
            gaveUp(job, ChunkFetch.sentence(e));
        }
    }

    @Override
    public void gaveUp(FileJob job, String why) throws RestoreException {
        tally.left(job.path(), why);
        try {
            Files.deleteIfExists(job.growing());
        } catch (IOException e) {
            throw new RestoreException(RestoreException.Reason.TARGET_UNUSABLE, Sentences.of(e), e);
        }
    }
}
