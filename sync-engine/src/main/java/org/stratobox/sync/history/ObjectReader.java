package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.task.Tasks;

/// Opens sealed objects by their capability: looks the content id up in the index, reads the envelope through the mesh, and
/// opens it. Bodies of trees, manifests and commits are kept in a cache bounded by bytes; those of chunks are not.
/// Thread-safe; calls block.
public final class ObjectReader {
    private static final int PARALLEL = 6;

    private final EnvelopeReader envelopes;
    private final Tasks tasks;
    private final ByteCache cache;
    private final long readAhead;

    /// @param index knows where objects are
    /// @param mesh gives them
    /// @param tasks threads for reading ahead
    /// @param cacheBytes most bytes of opened objects to keep
    public ObjectReader(SyncIndex index, MeshStore mesh, Tasks tasks, long cacheBytes) {
        this.envelopes = new EnvelopeReader(index, mesh);
        this.tasks = tasks;
        this.cache = new ByteCache(cacheBytes);
        this.readAhead = cacheBytes / 4;
    }

    /// @return reads envelopes without opening or keeping them
    public EnvelopeReader envelopes() {
        return envelopes;
    }

    /// @param type what it was sealed as
    /// @param capability what opens it
    /// @return the body; may be shared, not to be changed
    /// @throws HistoryException if it cannot be had or does not open
    /// @throws InterruptedException if the thread is interrupted
    public byte[] open(ObjectType type, Capability capability) throws HistoryException, InterruptedException {
        Optional<byte[]> known = cache.get(capability.cid());
        if (known.isPresent()) {
            return known.get();
        }
        EnvelopeReader.Plan plan = envelopes.plan(List.of(capability.cid()));
        if (plan.slices().isEmpty()) {
            throw new HistoryException.Unknown();
        }
        List<byte[]> out = new ArrayList<>(1);
        envelopes.read(plan.slices().getFirst(), new EnvelopeReader.Receiver<HistoryException>() {
            @Override
            public void envelope(PackItem item, byte[] envelope) throws HistoryException {
                out.add(opened(type, capability, envelope));
            }

            @Override
            public void failed(PackItem item, HistoryException why) throws HistoryException {
                throw why;
            }
        });
        return out.getFirst();
    }

    /// Reads objects that are going to be opened soon into the cache, as many as fit a part of it. Best effort: what
    /// cannot be had is found when it is opened.
    ///
    /// @param type what they were sealed as
    /// @param capabilities what opens them
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public void prefetch(ObjectType type, Collection<Capability> capabilities)
            throws HistoryException.IndexFailed, InterruptedException {
        Map<Cid, Capability> missing = new HashMap<>();
        capabilities.stream().filter(c -> !cache.holds(c.cid())).forEach(c -> missing.put(c.cid(), c));
        if (missing.size() < 2) {
            return;
        }
        Queue<EnvelopeReader.Slice> slices = new ConcurrentLinkedQueue<>();
        long bytes = 0;
        for (EnvelopeReader.Slice slice : envelopes.plan(missing.keySet()).slices()) {
            bytes += slice.bytes();
            if (bytes <= readAhead) {
                slices.add(slice);
            }
        }
        List<Tasks.Job<Boolean, RuntimeException>> readers = new ArrayList<>();
        for (int i = 0; i < Math.min(PARALLEL, slices.size()); i++) {
            readers.add(() -> readInto(slices, type, missing));
        }
        Tasks.all(tasks.work(), readers);
    }

    private boolean readInto(Queue<EnvelopeReader.Slice> slices, ObjectType type, Map<Cid, Capability> wanted)
            throws InterruptedException {
        for (EnvelopeReader.Slice slice = slices.poll(); slice != null; slice = slices.poll()) {
            envelopes.read(slice, new EnvelopeReader.Receiver<RuntimeException>() {
                @Override
                public void envelope(PackItem item, byte[] envelope) {
                    Optional.ofNullable(wanted.get(item.cid())).ifPresent(c -> tryOpen(type, c, envelope));
                }

                @Override
                public void failed(PackItem item, HistoryException why) {
                    // told to whoever opens it
                }
            });
        }
        return true;
    }

    private void tryOpen(ObjectType type, Capability capability, byte[] envelope) {
        try {
            opened(type, capability, envelope);
        } catch (HistoryException.Damaged e) {
            // told to whoever opens it
        }
    }

    private byte[] opened(ObjectType type, Capability capability, byte[] envelope) throws HistoryException.Damaged {
        try {
            byte[] body = Opener.open(capability, type, envelope);
            if (type != ObjectType.CHUNK) {
                cache.put(capability.cid(), body);
            }
            return body;
        } catch (CryptoException e) {
            throw new HistoryException.Damaged(e);
        }
    }
}
