package org.stratobox.sync.apply;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.sync.history.EnvelopeReader;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.task.Tasks;

/// Writes the bytes of one file into a stream, in order; each chunk is verified before it is written. Reads a few MiB
/// ahead. Thread-safe; calls block.
public final class FileCopy {
    private static final int AHEAD = 8 << 20;

    private final ObjectReader objects;
    private final FileChunks chunks;
    private final Tasks tasks;

    /// @param objects opens objects
    /// @param tasks threads
    public FileCopy(ObjectReader objects, Tasks tasks) {
        this.objects = objects;
        this.chunks = new FileChunks(objects);
        this.tasks = tasks;
    }

    /// @param file an entry of a file
    /// @param out receives its bytes; neither flushed nor closed
    /// @throws IOException as the stream does
    /// @throws HistoryException if a part cannot be had; what was written before is right
    /// @throws InterruptedException if the thread is interrupted
    public void copy(Entry file, OutputStream out) throws IOException, HistoryException, InterruptedException {
        if (file.content() instanceof Content.Inline inline) {
            out.write(inline.bytes());
            return;
        }
        List<ChunkRef> batch = new ArrayList<>();
        long[] bytes = {0};
        chunks.<IOException>forEach(file, (_, chunk) -> {
            batch.add(chunk);
            bytes[0] += chunk.length();
            if (bytes[0] >= AHEAD) {
                write(batch, out);
                batch.clear();
                bytes[0] = 0;
            }
        });
        write(batch, out);
    }

    private void write(List<ChunkRef> batch, OutputStream out)
            throws IOException, HistoryException, InterruptedException {
        Map<Cid, ChunkRef> wanted = new HashMap<>();
        batch.forEach(chunk -> wanted.put(chunk.cap().cid(), chunk));
        Got got = new Got(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        EnvelopeReader.Plan plan = objects.envelopes().plan(wanted.keySet());
        plan.unknown().forEach(cid -> got.failures().put(cid, new HistoryException.Unknown()));
        List<Tasks.Job<Boolean, RuntimeException>> jobs = new ArrayList<>();
        for (EnvelopeReader.Slice slice : plan.slices()) {
            jobs.add(() -> {
                objects.envelopes().read(slice, new Opening(wanted, got));
                return true;
            });
        }
        Tasks.all(tasks.work(), jobs);
        for (ChunkRef chunk : batch) {
            HistoryException failure = got.failures().get(chunk.cap().cid());
            if (failure != null) {
                throw failure;
            }
            out.write(Objects.requireNonNull(got.bodies().get(chunk.cap().cid())));
        }
    }

    /// What came of the chunks of a batch: each is in one of the two.
    private record Got(Map<Cid, byte[]> bodies, Map<Cid, HistoryException> failures) {}

    private record Opening(Map<Cid, ChunkRef> wanted, Got got) implements EnvelopeReader.Receiver<RuntimeException> {
        @Override
        public void envelope(PackItem item, byte[] envelope) {
            ChunkRef chunk = Objects.requireNonNull(wanted.get(item.cid()));
            try {
                byte[] body = Opener.open(chunk.cap(), ObjectType.CHUNK, envelope);
                if (body.length == chunk.length()) {
                    got.bodies().put(item.cid(), body);
                } else {
                    failed(item, new HistoryException.Damaged("a chunk of another length"));
                }
            } catch (CryptoException e) {
                failed(item, new HistoryException.Damaged(e));
            }
        }

        @Override
        public void failed(PackItem item, HistoryException why) {
            got.failures().put(item.cid(), why);
        }
    }
}
