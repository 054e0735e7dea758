package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.sync.history.EnvelopeReader;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.task.Tasks;

/// One window of files: the chunks that are needed, each once, and where each goes. Filled by one thread, then run: a few
/// workers read slices of packs, open the chunks, write them and end the files that are complete.
///
/// Memory while running: [#WORKERS] slices of [EnvelopeReader#SLICE_BYTES], twice while they are cut, and one chunk each.
///
/// @param <J> the files
final class ChunkFetch<J extends Growing> {
    static final int WORKERS = 6;
    private static final int FILES_PER_STEP = 64;

    private final EnvelopeReader envelopes;
    private final Tasks tasks;
    private final Ends<J> ends;
    private final Map<Cid, List<Place<J>>> places = new LinkedHashMap<>();
    private final List<J> inline = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private long bytes;

    /// Where a chunk goes.
    private record Place<J>(J job, long offset, ChunkRef chunk) {}

    /// Takes files that are done with. Called by several threads.
    interface Ends<J> {
        /// @param job all of whose bytes are written, not yet on the disk
        void complete(J job);

        /// @param job that cannot be completed
        /// @param why a sentence
        /// @throws RestoreException if nothing more can be written
        void gaveUp(J job, String why) throws RestoreException;

        /// @param count bytes that were written, or given up
        void moved(long count);
    }

    ChunkFetch(EnvelopeReader envelopes, Tasks tasks, Ends<J> ends) {
        this.envelopes = envelopes;
        this.tasks = tasks;
        this.ends = ends;
    }

    /// @param job whose bytes are in its entry
    void addInline(J job) {
        inline.add(job);
        bytes += job.entry().size();
    }

    void addChunk(J job, long offset, ChunkRef chunk) {
        job.expectStep();
        places.computeIfAbsent(chunk.cap().cid(), _ -> new ArrayList<>(1)).add(new Place<>(job, offset, chunk));
        bytes += chunk.length();
    }

    /// @return bytes that run() is going to write
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return places.isEmpty() && inline.isEmpty();
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
            List<J> some = inline.subList(i, Math.min(inline.size(), i + FILES_PER_STEP));
            steps.add(() -> writeInline(some));
        }
        plan.slices().forEach(slice -> steps.add(() -> envelopes.read(slice, new Chunks())));
        List<Tasks.Job<Boolean, RestoreException>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(WORKERS, steps.size()); i++) {
            workers.add(() -> work(steps));
        }
        Tasks.all(tasks.work(), workers);
        places.clear();
        inline.clear();
        bytes = 0;
    }

    /// Drops what was added and did not come about; starts anew.
    void forget() {
        places.clear();
        inline.clear();
        bytes = 0;
        stopping.set(false);
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

    private void writeInline(List<J> jobs) throws RestoreException, InterruptedException {
        for (J job : jobs) {
            if (job.entry().content() instanceof Content.Inline content) {
                write(job, content.bytes(), 0);
            }
            stepDone(job);
        }
    }

    private final class Chunks implements EnvelopeReader.Receiver<RestoreException> {
        @Override
        public void envelope(PackItem item, byte[] envelope) throws RestoreException, InterruptedException {
            List<Place<J>> all = Objects.requireNonNull(places.get(item.cid()));
            byte[] body;
            try {
                body = Opener.open(all.getFirst().chunk().cap(), ObjectType.CHUNK, envelope);
            } catch (CryptoException e) {
                failAll(item.cid(), Sentences.of(new HistoryException.Damaged(e)));
                return;
            }
            for (Place<J> place : all) {
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
        for (Place<J> place : Objects.requireNonNull(places.get(chunk))) {
            place.job().fail(why);
            if (place.job().stepDone()) {
                ends.gaveUp(place.job(), why);
            }
        }
    }

    private void write(J job, byte[] content, long offset) throws RestoreException, InterruptedException {
        if (job.failure().isEmpty()) {
            try {
                job.write(content, offset);
            } catch (IOException e) {
                job.fail(sentence(e));
            }
        }
        ends.moved(content.length);
    }

    /// @param job of which a step, or the planning, is done
    /// @throws RestoreException if nothing more can be written
    void stepDone(J job) throws RestoreException {
        if (!job.stepDone()) {
            return;
        }
        if (job.failure().isPresent()) {
            ends.gaveUp(job, job.failure().get());
        } else {
            ends.complete(job);
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
