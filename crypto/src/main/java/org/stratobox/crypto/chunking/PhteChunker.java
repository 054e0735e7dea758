package org.stratobox.crypto.chunking;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.ChunkerKey;

/// Keyed content-defined chunking: a Toeplitz hash of the last 64 bytes, encrypted, decides (Chk-PHTE). The hash alone is
/// linear in its key and would give it away by the lengths of known files; what is compared is its AES encryption.
final class PhteChunker implements Chunker {
    private static final int MIN = 1 << 18;
    /// Small enough that little is carried over to the next chunk, large enough for few reads.
    private static final int READ = 1 << 17;

    private final ToeplitzTables tables;
    private final Secret aesKey;

    PhteChunker(ChunkerKey key) {
        try (Secret material = key.expose()) {
            byte[] bytes = material.exposeCopy();
            tables = new ToeplitzTables(bytes);
            aesKey = Secret.takeOwnership(Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length));
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public int id() {
        return 2;
    }

    @Override
    public ChunkSource open(ReadableByteChannel in) {
        return new Source(new ChunkInput(in), new PhteScanner(tables, aesKey));
    }

    private static final class Source implements ChunkSource {
        private final ChunkInput input;
        private final PhteScanner scanner;
        private byte[] rest = new byte[READ];
        private int restLength;

        Source(ChunkInput input, PhteScanner scanner) {
            this.input = input;
            this.scanner = scanner;
        }

        @Override
        public int next(byte[] out) throws IOException {
            ChunkInput.requireRoom(out);
            System.arraycopy(rest, 0, out, 0, restLength);
            int have = input.fill(out, restLength, MIN + READ);
            int wanted = MIN + READ;
            int cut = scanner.first(out, MIN, Math.min(have, MAX_CHUNK - 1));
            while (cut < 0 && have == wanted && have < MAX_CHUNK) {
                wanted = Math.min(have + READ, MAX_CHUNK);
                int before = have;
                have = input.fill(out, before, wanted);
                cut = scanner.next(out, before + 1, Math.min(have, MAX_CHUNK - 1));
            }
            int length = cut < 0 ? have : cut;
            restLength = have - length;
            System.arraycopy(out, length, rest, 0, restLength);
            return length == 0 ? -1 : length;
        }
    }
}
