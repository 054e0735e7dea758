package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/// Writes pieces of a new file at their places. Pieces of 64 KiB that are all zero are left out, which leaves a hole; the
/// last byte is always written, so that the file has its length.
final class SparseFile {
    private static final int HOLE = 64 << 10;
    /// A write of a heap buffer is copied through native memory of the same size, so large bodies go in pieces.
    private static final int PIECE = 256 << 10;
    private static final byte[] ZEROS = new byte[HOLE];

    private SparseFile() {}

    /// @param channel of the file
    /// @param bytes what to write
    /// @param offset where it goes
    /// @param size of the whole file
    /// @throws IOException if it cannot be written
    static void write(SeekableByteChannel channel, byte[] bytes, long offset, long size) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            // as much as goes out at once
            while (end < bytes.length && end - at < PIECE && !isHole(bytes, end, offset, size)) {
                end = Math.min(bytes.length, end + HOLE);
            }
            if (end == at) {
                at += HOLE;
                continue;
            }
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, end - at);
            channel.position(offset + at);
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            at = end;
        }
    }

    private static boolean isHole(byte[] bytes, int at, long offset, long size) {
        return at + HOLE <= bytes.length && offset + at + HOLE < size
                && Arrays.equals(bytes, at, at + HOLE, ZEROS, 0, HOLE);
    }
}
