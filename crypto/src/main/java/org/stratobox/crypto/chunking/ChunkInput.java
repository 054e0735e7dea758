package org.stratobox.crypto.chunking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// Fills an array from a channel, however small the pieces it gives.
final class ChunkInput {
    private final ReadableByteChannel channel;
    private boolean ended;

    ChunkInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /// @return the new fill level: `to`, or less at the end of the file
    int fill(byte[] out, int from, int to) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(out, from, to - from);
        while (!ended && target.hasRemaining()) {
            ended = channel.read(target) < 0;
        }
        return target.position();
    }

    static void requireRoom(byte[] out) {
        if (out.length < Chunker.MAX_CHUNK) {
            throw new IllegalArgumentException("a chunk needs room for " + Chunker.MAX_CHUNK + " bytes");
        }
    }
}
