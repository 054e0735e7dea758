package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;

/// Collects the chunks of a file and seals its manifest: one object up to [FileManifest#MAX_REFS] chunks, a structure of
/// at most [FileManifest#MAX_DEPTH] levels beyond. Holds one object per level in memory. Not thread-safe.
///
/// @param <X> how sealing can fail
public final class ManifestBuilder<X extends Exception> {
    private final int chunkerId;
    private final ObjectSink<X> sink;
    private final List<ChunkRef> chunks = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> groups = new ArrayList<>();
    private long size;

    /// Bytes of a sealed manifest and what opens it.
    private record Part(long size, Capability capability) {}

    /// @param chunkerId who cuts the file: 1 fixed, 2 PHTE
    /// @param sink seals the objects, children before parents
    public ManifestBuilder(int chunkerId, ObjectSink<X> sink) {
        this.chunkerId = chunkerId;
        this.sink = sink;
    }

    /// @param chunk the next piece of the file
    /// @throws X if sealing a full part fails
    public void add(ChunkRef chunk) throws X {
        if (chunks.size() == FileManifest.MAX_REFS) {
            sealChunks();
        }
        size += chunk.length();
        chunks.add(chunk);
    }

    /// @return bytes of the chunks so far
    public long size() {
        return size;
    }

    /// @return what opens the file's manifest; the builder is used up
    /// @throws X if sealing fails
    /// @throws IllegalStateException if there was no chunk
    public Capability finish() throws X {
        if (chunks.isEmpty()) {
            throw new IllegalStateException("a manifest lists at least one chunk");
        }
        if (parts.isEmpty() && groups.isEmpty()) {
            return sink.seal(ObjectType.MANIFEST, new Manifest(size, chunkerId, chunks).encode());
        }
        sealChunks();
        if (groups.isEmpty()) {
            return sink.seal(ObjectType.MANIFEST, index(parts).encode());
        }
        sealParts();
        return sink.seal(ObjectType.MANIFEST, index(groups).encode());
    }

    private void sealChunks() throws X {
        if (parts.size() == FileManifest.MAX_REFS) {
            sealParts();
        }
        Manifest manifest = new Manifest(FileManifest.sum(chunks), chunkerId, chunks);
        parts.add(new Part(manifest.size(), sink.seal(ObjectType.MANIFEST_INDEX, manifest.encode())));
        chunks.clear();
    }

    private void sealParts() throws X {
        ManifestIndex index = index(parts);
        groups.add(new Part(index.size(), sink.seal(ObjectType.MANIFEST_INDEX, index.encode())));
        parts.clear();
    }

    private ManifestIndex index(List<Part> list) {
        return new ManifestIndex(list.stream().mapToLong(Part::size).sum(), chunkerId,
                list.stream().map(Part::capability).toList());
    }
}
