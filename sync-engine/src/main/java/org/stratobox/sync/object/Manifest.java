package org.stratobox.sync.object;

import java.util.List;

/// A list of chunks.
///
/// @param size bytes of all chunks together
/// @param chunkerId who cut the file: 1 fixed, 2 PHTE
/// @param chunks 1 to [FileManifest#MAX_REFS] pieces in their order; the same piece may occur often
public record Manifest(long size, int chunkerId, List<ChunkRef> chunks) implements FileManifest {
    /// @throws IllegalArgumentException if the lengths do not add up or a number is out of range
    public Manifest {
        chunks = List.copyOf(chunks);
        if (chunks.isEmpty() || chunks.size() > MAX_REFS || chunkerId < 1 || chunkerId > 2) {
            throw new IllegalArgumentException("an unknown chunker, no chunk or too many");
        }
        if (FileManifest.sum(chunks) != size) {
            throw new IllegalArgumentException("the chunks do not add up to the size");
        }
    }

    @Override
    public byte[] encode() {
        CborWriter out = new CborWriter(32 + chunks.size() * (Capabilities.BYTES + 5));
        out.map(3).uint(1).uint(size).uint(2).uint(chunkerId).uint(4).array(chunks.size());
        for (ChunkRef chunk : chunks) {
            out.array(3);
            Capabilities.writeParts(out, chunk.cap());
            out.uint(chunk.length());
        }
        return out.toByteArray();
    }
}
