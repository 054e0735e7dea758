package org.stratobox.crypto.chunking;

import java.nio.channels.ReadableByteChannel;

import org.stratobox.crypto.key.ChunkerKey;

/// Where files are cut (`format.md` 3.5). The cuts depend on the content and the key alone, never on how the bytes were
/// read. Thread-safe; every [ChunkSource] is for one thread.
public interface Chunker {
    /// The longest chunk, in bytes: the body of the largest envelope.
    int MAX_CHUNK = 1_048_476;

    /// @return the number written into manifests: 1 fixed, 2 content-defined
    int id();

    /// @param in the file; read to its end, not closed
    /// @return its chunks
    ChunkSource open(ReadableByteChannel in);

    /// @return cuts every [#MAX_CHUNK] bytes: hides most about the content, finds nothing again behind an insertion
    static Chunker fixed() {
        return new FixedChunker();
    }

    /// @param key of the folder
    /// @return cuts where a keyed hash of the last 64 bytes says so
    static Chunker phte(ChunkerKey key) {
        return new PhteChunker(key);
    }
}
