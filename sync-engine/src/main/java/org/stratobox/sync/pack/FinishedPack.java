package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.List;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.object.PackItem;

/// A pack ready to be stored.
///
/// @param id SHA-256 of its bytes
/// @param bytes the whole pack, position to limit, over an array; a **view** of the builder's buffer, valid until the
///        builder is reset
/// @param items its envelopes in order, without the table of contents
public record FinishedPack(Digest256 id, ByteBuffer bytes, List<PackItem> items) {
    /// @return bytes of the pack
    public int length() {
        return bytes.remaining();
    }
}
