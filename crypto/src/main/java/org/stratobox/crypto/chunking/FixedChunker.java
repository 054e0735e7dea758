package org.stratobox.crypto.chunking;

import java.nio.channels.ReadableByteChannel;

/// Cuts every [Chunker#MAX_CHUNK] bytes.
final class FixedChunker implements Chunker {
    @Override
    public int id() {
        return 1;
    }

    @Override
    public ChunkSource open(ReadableByteChannel in) {
        ChunkInput input = new ChunkInput(in);
        return out -> {
            ChunkInput.requireRoom(out);
            int n = input.fill(out, 0, MAX_CHUNK);
            return n == 0 ? -1 : n;
        };
    }
}
