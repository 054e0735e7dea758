package org.stratobox.sync.history;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.object.ManifestReader;
import org.stratobox.sync.object.ObjectException;

/// Lists the chunks of a file in their order, whatever its entry consists of. Reads manifests, never chunks. Thread-safe.
public final class FileChunks {
    private final ObjectReader objects;

    /// @param objects opens manifests
    public FileChunks(ObjectReader objects) {
        this.objects = objects;
    }

    /// What is done with each chunk.
    ///
    /// @param <X> how it may fail
    @FunctionalInterface
    public interface Visitor<X extends Exception> {
        /// @param offset where the chunk starts in the file, in bytes
        /// @param chunk what opens it, and its length
        /// @throws X to stop
        /// @throws HistoryException to stop
        /// @throws InterruptedException if the thread is interrupted
        void visit(long offset, ChunkRef chunk) throws X, HistoryException, InterruptedException;
    }

    /// @param file an entry of a file; an inline one has no chunks
    /// @param visitor called for each chunk in order; when a later part turns out wrong, earlier chunks were visited already
    /// @param <X> how the visitor may fail
    /// @throws X as the visitor does
    /// @throws HistoryException if a manifest cannot be had or is not one of a file of that size
    /// @throws InterruptedException if the thread is interrupted
    public <X extends Exception> void forEach(Entry file, Visitor<X> visitor)
            throws X, HistoryException, InterruptedException {
        switch (file.content()) {
            case Content.Chunk chunk -> {
                if (file.size() < 1 || file.size() > Envelope.MAX_BODY) {
                    throw new HistoryException.Damaged("a file of one chunk with an impossible size");
                }
                visitor.visit(0, new ChunkRef(chunk.capability(), (int) file.size()));
            }
            case Content.Manifest manifest -> walk(manifest, file.size(), visitor);
            case Content.Inline _,Content.None _,Content.Link _ -> {
                // nothing outside the entry
            }
        }
    }

    private <X extends Exception> void walk(Content.Manifest manifest, long size, Visitor<X> visitor)
            throws X, HistoryException, InterruptedException {
        ManifestReader<Carried> reader = new ManifestReader<>(this::source);
        try {
            reader.forEach(manifest.capability(), size, (offset, chunk) -> {
                try {
                    visitor.visit(offset, chunk);
                } catch (Exception e) {
                    throw Carried.ending(e);
                }
            });
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        } catch (Carried e) {
            throw e.<X>rethrow();
        }
    }

    private byte[] source(ObjectType type, Capability capability) throws Carried {
        try {
            return objects.open(type, capability);
        } catch (HistoryException | InterruptedException e) {
            throw Carried.ending(e);
        }
    }
}
