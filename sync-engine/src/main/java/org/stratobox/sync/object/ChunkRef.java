package org.stratobox.sync.object;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Envelope;

/// A piece of a file.
///
/// @param cap opens the chunk
/// @param length its bytes, 1 to [Envelope#MAX_BODY]
public record ChunkRef(Capability cap, int length) {
    /// @throws IllegalArgumentException if the length is out of range
    public ChunkRef {
        if (length < 1 || length > Envelope.MAX_BODY) {
            throw new IllegalArgumentException("a chunk length out of range");
        }
    }
}
