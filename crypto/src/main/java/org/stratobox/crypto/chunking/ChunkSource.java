package org.stratobox.crypto.chunking;

import java.io.IOException;

/// The chunks of one file, one after the other. Their concatenation is the file. Not thread-safe.
public interface ChunkSource {
    /// @param out receives the next chunk from index 0; at least [Chunker#MAX_CHUNK] long; what lies behind the chunk is
    /// undefined
    /// @return length of the chunk, at least 1, or -1 at the end of the file
    /// @throws IOException if reading fails
    /// @throws IllegalArgumentException if the array is too short
    int next(byte[] out) throws IOException;
}
