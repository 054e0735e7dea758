package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.sync.history.EnvelopeReader;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.localfs.DiskFlush;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.task.Tasks;

/// One window of a restore: the chunks that are needed, each once, and where each goes. Filled by one thread, then run: a
/// few workers read slices of packs, open the chunks, write them and end the files that are complete.
///
/// Memory while running: [#WORKERS] slices of [EnvelopeReader#SLICE_BYTES], twice while they are cut, and one chunk each.
final class Transfer {
    private static final int WORKERS = 6;
    private static final int FILES_PER_STEP = 64;

    private final EnvelopeReader envelopes;
    private final Tasks tasks;
    private final Placement placement;
    private final Tally tally;
    private final Map<Cid, List<Place>> places = new LinkedHashMap<>();
    private final List<FileJob> inline = new ArrayList<>();
    /// Files whose bytes are written and that wait for their names until those are on the disk.
    private final Queue<FileJob> written = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private long bytes;
    /// The files of the window before that are getting their names. Used by the filling thread only.
    private CompletableFuture<Optional<Exception>> naming = CompletableFuture.completedFuture(Optional.empty());

    /// Where a chunk goes.
    private record Place(FileJob job, long offset, ChunkRef chunk) {}

    Transfer(EnvelopeReader envelopes, Tasks tasks, Placement placement, Tally tally) {
        this.envelopes = envelopes;
        this.tasks = tasks;
        this.placement = placement;
        this.tally = tally;
    }

    /// @param job whose bytes are in its entry
    void addInline(FileJob job) {
        inline.add(job);
        bytes += job.entry().size();
    }

    void addChunk(FileJob job, long offset, ChunkRef chunk) {
        job.expectStep();
        places.computeIfAbsent(chunk.cap().cid(), _ -> new ArrayList<>(1)).add(new Place(job, offset, chunk));
        bytes += chunk.length();
    }

    /// @return bytes that run() is going to write
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return places.isEmpty() && inline.isEmpty() && written.isEmpty();
    }

    /// Fetches and writes everything that was added, and starts anew.
    ///
    /// @throws RestoreException if nothing more can be written
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    void run() throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        EnvelopeReader.Plan plan = envelopes.plan(places.keySet());
        for (Cid unknown : plan.unknown()) {
            failAll(unknown, Sentences.of(new HistoryException.Unknown()));
        }
        Queue<Step> steps = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < inline.size(); i += FILES_PER_STEP) {
            List<FileJob> some = inline.subList(i, Math.min(inline.size(), i + FILES_PER_STEP));
            steps.add(() -> writeInline(some));
        }
        plan.slices().forEach(slice -> steps.add(() -> envelopes.read(slice, new Chunks())));
        List<Tasks.Job<Boolean, RestoreException>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(WORKERS, steps.size()); i++) {
            workers.add(() -> work(steps));
        }
        try {
            Tasks.all(tasks.work(), workers);
        } catch (RestoreException | InterruptedException | RuntimeException e) {
            // what is complete stays, whatever ended the others
            awaitNames();
            startNaming();
            awaitNames();
            throw e;
        }
        awaitNames();
        startNaming();
        places.clear();
        inline.clear();
        bytes = 0;
    }

    private interface Step {
        void run() throws RestoreException, InterruptedException;
    }

    private boolean work(Queue<Step> steps) throws RestoreException, InterruptedException {
        try {
            for (Step step = steps.poll(); step != null && !stopping.get(); step = steps.poll()) {
                step.run();
            }
            return true;
        } catch (RestoreException | InterruptedException | RuntimeException e) {
            stopping.set(true);
            throw e;
        }
    }

    private void writeInline(List<FileJob> jobs) throws RestoreException, InterruptedException {
        for (FileJob job : jobs) {
            if (job.entry().content() instanceof Content.Inline content) {
                write(job, content.bytes(), 0);
            }
            stepDone(job);
        }
    }

    private final class Chunks implements EnvelopeReader.Receiver<RestoreException> {
        @Override
        public void envelope(PackItem item, byte[] envelope) throws RestoreException, InterruptedException {
            List<Place> all = Objects.requireNonNull(places.get(item.cid()));
            byte[] body;
            try {
                body = Opener.open(all.getFirst().chunk().cap(), ObjectType.CHUNK, envelope);
            } catch (CryptoException e) {
                failAll(item.cid(), Sentences.of(new HistoryException.Damaged(e)));
                return;
            }
            for (Place place : all) {
                if (body.length == place.chunk().length()) {
                    write(place.job(), body, place.offset());
                } else {
                    place.job().fail(Sentences.NOT_WHOLE);
                }
                stepDone(place.job());
            }
        }

        @Override
        public void failed(PackItem item, HistoryException why) throws RestoreException {
            failAll(item.cid(), Sentences.of(why));
        }
    }

    private void failAll(Cid chunk, String why) throws RestoreException {
        for (Place place : Objects.requireNonNull(places.get(chunk))) {
            place.job().fail(why);
            if (place.job().stepDone()) {
                giveUp(place.job(), why);
            }
        }
    }

    private void write(FileJob job, byte[] content, long offset) throws RestoreException, InterruptedException {
        if (job.failure().isEmpty()) {
            try {
                SparseFile.write(job.growing(), content, offset, job.entry().size());
            } catch (IOException e) {
                job.fail(sentence(e));
            }
        }
        tally.moved(content.length);
    }

    /// @param job of which a step, or the planning, is done
    /// @throws RestoreException if nothing more can be written
    /// @throws InterruptedException if the thread is interrupted
    void stepDone(FileJob job) throws RestoreException, InterruptedException {
        if (!job.stepDone()) {
            return;
        }
        if (job.failure().isPresent()) {
            giveUp(job, job.failure().get());
            return;
        }
        written.add(job);
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
            String why = sentence(e);
            for (FileJob job : jobs) {
                giveUp(job, why);
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
            giveUp(job, sentence(e));
        }
    }

    private void giveUp(FileJob job, String why) throws RestoreException {
        tally.left(job.path(), why);
        try {
            Files.deleteIfExists(job.growing());
        } catch (IOException e) {
            throw new RestoreException(RestoreException.Reason.TARGET_UNUSABLE, Sentences.of(e), e);
        }
    }

    /// @return why one file cannot be written
    /// @throws RestoreException if no other could be either
    /// @throws InterruptedException if the thread was interrupted in the middle of it
    static String sentence(IOException e) throws RestoreException, InterruptedException {
        if (e instanceof ClosedByInterruptException) {
            // clears the flag, as whoever throws this exception does
            Thread.interrupted();
            throw new InterruptedException();
        }
        if (Sentences.isFull(e)) {
            throw new RestoreException(RestoreException.Reason.DISK_FULL, Sentences.FULL, e);
        }
        return Sentences.of(e);
    }
}
