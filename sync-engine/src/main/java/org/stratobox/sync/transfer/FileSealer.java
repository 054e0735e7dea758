package org.stratobox.sync.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.stratobox.crypto.chunking.ChunkSource;
import org.stratobox.crypto.chunking.Chunker;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.object.ManifestBuilder;

/// Turns the bytes of one file into sealed objects (`format.md` 3.5): inline up to 3,072 bytes, one chunk up to the body of an
/// envelope, chunker and manifest above. Used by one thread at a time; keeps its buffers for the next file.
final class FileSealer {
    /// Chunks of one file that are sealed at the same time; bounds its memory to this many MiB.
    private static final int AHEAD = 3;

    private final Sealer sealer;
    private final Chunker chunker;
    private final Executor cpu;
    private final Upload upload;
    private final UploadMeter meter;
    private final Deque<byte[]> buffers = new ArrayDeque<>();

    /// A chunk being sealed, with the buffer that is free again afterwards.
    private record Sealing(ByteBuffer chunk, CompletableFuture<SealedObject> object) {}

    /// @param sealer of the folder's scope
    /// @param chunker of the folder
    /// @param cpu seals chunks of large files beside the reading thread
    /// @param upload takes the objects
    /// @param meter told what is read
    FileSealer(Sealer sealer, Chunker chunker, Executor cpu, Upload upload, UploadMeter meter) {
        this.sealer = sealer;
        this.chunker = chunker;
        this.cpu = cpu;
        this.upload = upload;
        this.meter = meter;
    }

    /// What a file holds.
    ///
    /// @param content to be recorded
    /// @param size bytes that were read
    record Read(Content content, long size) {}

    /// Reads a file to its end.
    ///
    /// @param in the file, from its start
    /// @param expected its size as `lstat` said it; the caller compares with what was read
    /// @param entry is told what has to be stored first
    /// @return its content
    /// @throws IOException if reading fails
    /// @throws TransferException if the pass has failed
    /// @throws InterruptedException if the thread is interrupted
    Read read(ReadableByteChannel in, long expected, PendingEntry entry)
            throws IOException, TransferException, InterruptedException {
        if (expected > Chunker.MAX_CHUNK) {
            return chunked(in, entry);
        }
        byte[] bytes = takeBuffer();
        try {
            int length = fill(in, bytes, (int) expected);
            meter.read(length);
            if (length <= Content.MAX_INLINE) {
                return new Read(new Content.Inline(java.util.Arrays.copyOf(bytes, length)), length);
            }
            SealedObject object = upload.unlessCollected(sealer.seal(ObjectType.CHUNK, bytes, 0, length),
                    () -> sealer.sealWithRandomSalt(ObjectType.CHUNK, bytes, 0, length));
            upload.add(ObjectType.CHUNK, object, Optional.of(entry));
            return new Read(new Content.Chunk(object.capability()), length);
        } finally {
            buffers.push(bytes);
        }
    }

    private static int fill(ReadableByteChannel in, byte[] bytes, int expected) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, expected);
        while (buffer.hasRemaining() && in.read(buffer) >= 0) {
            // until full or at the end
        }
        return buffer.position();
    }

    private Read chunked(ReadableByteChannel in, PendingEntry entry)
            throws IOException, TransferException, InterruptedException {
        ChunkSource chunks = chunker.open(in);
        ManifestBuilder<TransferOrInterrupt> manifest = new ManifestBuilder<>(chunker.id(),
                (type, body) -> seal(type, body, entry));
        Deque<Sealing> ahead = new ArrayDeque<>();
        long size = 0;
        try {
            while (true) {
                byte[] buffer = takeBuffer();
                int length = chunks.next(buffer);
                if (length < 0) {
                    buffers.push(buffer);
                    break;
                }
                meter.read(length);
                size += length;
                ahead.add(new Sealing(ByteBuffer.wrap(buffer, 0, length), CompletableFuture
                        .supplyAsync(() -> sealer.seal(ObjectType.CHUNK, buffer, 0, length), cpu)));
                if (ahead.size() > AHEAD) {
                    take(ahead.remove(), manifest, entry);
                }
            }
            while (!ahead.isEmpty()) {
                take(ahead.remove(), manifest, entry);
            }
            return size == 0
                    ? new Read(new Content.Inline(new byte[0]), 0)
                    : new Read(new Content.Manifest(manifest.finish()), size);
        } catch (TransferOrInterrupt e) {
            throw e.rethrow();
        } finally {
            // nobody may write into a buffer that is still being sealed
            ahead.forEach(s -> s.object().join());
            ahead.forEach(s -> buffers.push(s.chunk().array()));
        }
    }

    private void take(Sealing done, ManifestBuilder<TransferOrInterrupt> manifest, PendingEntry entry)
            throws TransferException, InterruptedException, TransferOrInterrupt {
        byte[] bytes = done.chunk().array();
        int length = done.chunk().limit();
        SealedObject object;
        try {
            object = upload.unlessCollected(done.object().join(),
                    () -> sealer.sealWithRandomSalt(ObjectType.CHUNK, bytes, 0, length));
        } finally {
            buffers.push(bytes);
        }
        upload.add(ObjectType.CHUNK, object, Optional.of(entry));
        manifest.add(new ChunkRef(object.capability(), length));
    }

    private org.stratobox.crypto.envelope.Capability seal(ObjectType type, byte[] body, PendingEntry entry)
            throws TransferOrInterrupt {
        try {
            SealedObject object = upload.unlessCollected(sealer.seal(type, body),
                    () -> sealer.sealWithRandomSalt(type, body));
            upload.add(type, object, Optional.of(entry));
            return object.capability();
        } catch (TransferException | InterruptedException e) {
            throw new TransferOrInterrupt(e);
        }
    }

    private byte[] takeBuffer() {
        return buffers.isEmpty() ? new byte[Chunker.MAX_CHUNK] : buffers.pop();
    }
}
