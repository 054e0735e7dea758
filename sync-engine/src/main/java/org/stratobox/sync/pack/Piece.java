package org.stratobox.sync.pack;

import java.nio.ByteBuffer;

/// A range of a share as one node gave it: unchecked, and remembered with the node, so that a liar can be found afterwards.
final class Piece {
    private final int share;
    private final NodeLink node;
    private final int offset;
    private final byte[] bytes;

    /// @param share index
    /// @param node who gave it
    /// @param offset inside the share
    /// @param bytes not copied
    Piece(int share, NodeLink node, int offset, byte[] bytes) {
        this.share = share;
        this.node = node;
        this.offset = offset;
        this.bytes = bytes;
    }

    int share() {
        return share;
    }

    NodeLink node() {
        return node;
    }

    byte[] bytes() {
        return bytes;
    }

    /// @param whole the share as it should be
    boolean isPartOf(byte[] whole) {
        return offset + bytes.length <= whole.length
                && ByteBuffer.wrap(whole, offset, bytes.length).equals(ByteBuffer.wrap(bytes));
    }
}
