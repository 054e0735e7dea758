package org.stratobox.sync.apply;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.ChunkRef;

/// Tells whether a local file has the bytes of an entry without fetching them: sealing is deterministic inside a folder, so
/// equal bytes have equal content ids. A "no" proves nothing. Thread-safe.
final class SameBytes {
    private final LocalFiles files;
    private final FileChunks chunks;
    private final Optional<Sealer> sealer;

    SameBytes(LocalFiles files, FileChunks chunks, Optional<Sealer> sealer) {
        this.files = files;
        this.chunks = chunks;
        this.sealer = sealer;
    }

    /// @param local a regular file of the entry's size
    /// @param entry of a file
    /// @return whether they are surely equal
    boolean proven(Path local, Entry entry) throws InterruptedException {
        if (sealer.isEmpty() && !(entry.content() instanceof Content.Inline)) {
            return false;
        }
        try (SeekableByteChannel channel = files.open(local)) {
            if (entry.content() instanceof Content.Inline inline) {
                return Arrays.equals(read(channel, 0, inline.length()), inline.bytes());
            }
            Sealer seal = sealer.get();
            chunks.<Different>forEach(entry, (offset, chunk) -> {
                byte[] bytes = readChunk(channel, offset, chunk.length());
                if (!seal.seal(ObjectType.CHUNK, bytes).capability().cid().equals(chunk.cap().cid())) {
                    throw new Different();
                }
            });
            return true;
        } catch (IOException | HistoryException | Different e) {
            return false;
        }
    }

    private static byte[] readChunk(SeekableByteChannel channel, long offset, int length) throws Different {
        try {
            return read(channel, offset, length);
        } catch (IOException e) {
            throw new Different();
        }
    }

    /// @param channel of a local file
    /// @param offset where the chunk would be
    /// @param chunk what is wanted
    /// @return its bytes, if they are there
    Optional<byte[]> read(SeekableByteChannel channel, long offset, ChunkRef chunk) {
        try {
            byte[] bytes = read(channel, offset, chunk.length());
            return sealer.isPresent()
                    && sealer.get().seal(ObjectType.CHUNK, bytes).capability().cid().equals(chunk.cap().cid())
                            ? Optional.of(bytes)
                            : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] read(SeekableByteChannel channel, long offset, int length) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(length);
        channel.position(offset);
        while (out.hasRemaining()) {
            if (channel.read(out) < 0) {
                throw new EOFException("shorter than it was");
            }
        }
        return out.array();
    }

    private static final class Different extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
