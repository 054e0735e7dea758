package org.stratobox.crypto.chunking;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.Sha256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ChunkerPropertyTest {
    private static final int MIN = 262_144;
    private static final int MAX = Chunker.MAX_CHUNK;

    private final Chunker phte = Chunker.phte(KnownAnswers.folder().chunkerKey());

    /// Cuts, and checks on the way that the chunks are the file.
    private static List<Integer> lengths(Chunker chunker, byte[] file, ReadableByteChannel in) throws IOException {
        ChunkSource source = chunker.open(in);
        List<Integer> lengths = new ArrayList<>();
        Sha256 joined = new Sha256();
        byte[] out = new byte[MAX];
        for (int n = source.next(out); n >= 0; n = source.next(out)) {
            assertTrue(n > 0 && n <= MAX, "length " + n);
            joined.update(out, 0, n);
            lengths.add(n);
        }
        assertEquals(-1, source.next(out));
        assertEquals(Sha256.of(file), joined.digest());
        return lengths;
    }

    private static List<Integer> lengths(Chunker chunker, byte[] file) throws IOException {
        return lengths(chunker, file, Channels.newChannel(new ByteArrayInputStream(file)));
    }

    private static byte[] random(long seed, int length) {
        byte[] out = new byte[length];
        new Random(seed).nextBytes(out);
        return out;
    }

    /// Gives pieces of 1 to `most` bytes, now and then nothing.
    private static ReadableByteChannel pieces(byte[] file, int most, Random random) {
        return new ReadableByteChannel() {
            private int at;

            @Override
            public int read(ByteBuffer target) {
                if (at == file.length) {
                    return -1;
                }
                int n = Math.min(random.nextInt(most + 1), Math.min(target.remaining(), file.length - at));
                target.put(file, at, n);
                at += n;
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, MIN - 1, MIN, MIN + 1, MAX - 1, MAX, MAX + 1, MAX + MIN, 3 * MAX})
    void chunksAreTheFileForLengthsAtTheLimits(int length) throws IOException {
        for (byte[] file : List.of(new byte[length], random(length, length))) {
            List<Integer> cut = lengths(phte, file);
            assertEquals(length == 0, cut.isEmpty());
            for (int i = 0; i + 1 < cut.size(); i++) {
                assertTrue(cut.get(i) >= MIN, () -> "too short: " + cut);
            }
        }
    }

    @Test
    void monotonousFileIsCutAtTheLongest() throws IOException {
        assertEquals(List.of(MAX, MAX, 5), lengths(phte, new byte[2 * MAX + 5]));
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 65_536, 3_000_000})
    void cutsDoNotDependOnTheSizeOfReads(int most) throws IOException {
        byte[] file = random(11, 12 << 20);
        assertEquals(lengths(phte, file), lengths(phte, file, pieces(file, most, new Random(most))));
        assertEquals(lengths(Chunker.fixed(), file),
                lengths(Chunker.fixed(), file, pieces(file, most, new Random(most))));
    }

    @Test
    void fixedChunkerCutsAtTheLongestAlways() throws IOException {
        assertEquals(List.of(MAX, MAX, 1), lengths(Chunker.fixed(), random(3, 2 * MAX + 1)));
        assertEquals(List.of(MAX), lengths(Chunker.fixed(), random(3, MAX)));
        assertEquals(List.of(), lengths(Chunker.fixed(), new byte[0]));
        assertEquals(1, Chunker.fixed().id());
        assertEquals(2, phte.id());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void insertedByteLeavesNearlyAllOtherChunks(long seed) throws IOException {
        byte[] file = random(seed, 32 << 20);
        int at = new Random(seed).nextInt(file.length);
        byte[] edited = new byte[file.length + 1];
        System.arraycopy(file, 0, edited, 0, at);
        System.arraycopy(file, at, edited, at + 1, file.length - at);
        Set<Digest256> before = contents(file);
        Set<Digest256> after = contents(edited);
        int chunks = after.size();
        after.removeAll(before);
        assertTrue(!after.isEmpty() && after.size() <= 1 + chunks / 20,
                () -> "seed " + seed + ": " + after.size() + " of " + chunks + " chunks changed");
    }

    private Set<Digest256> contents(byte[] file) throws IOException {
        Set<Digest256> out = new HashSet<>();
        int at = 0;
        for (int n : lengths(phte, file)) {
            out.add(Sha256.of(file, at, n));
            at += n;
        }
        return out;
    }

    @Test
    void twoKeysCutAtOtherPlaces() throws IOException {
        byte[] file = random(31, 32 << 20);
        Set<Integer> one = ends(lengths(phte, file));
        Set<Integer> two = ends(lengths(Chunker.phte(KnownAnswers.epoch0().headScope().chunkerKey()), file));
        one.remove(file.length);
        int cuts = one.size();
        one.retainAll(two);
        assertTrue(cuts > 40 && one.isEmpty(), () -> one.size() + " of " + cuts + " cuts are common");
    }

    private static Set<Integer> ends(List<Integer> lengths) {
        Set<Integer> ends = new HashSet<>();
        int at = 0;
        for (int n : lengths) {
            at += n;
            ends.add(at);
        }
        return ends;
    }

    @Test
    void nextRefusesAnArrayThatIsTooShort() {
        byte[] out = new byte[MAX - 1];
        for (Chunker chunker : List.of(phte, Chunker.fixed())) {
            ChunkSource source = chunker.open(Channels.newChannel(new ByteArrayInputStream(new byte[1])));
            assertThrows(IllegalArgumentException.class, () -> source.next(out));
        }
    }

    @Test
    void nextPassesTheFailureOfTheChannelOn() {
        IOException gone = new IOException("disk gone");
        ReadableByteChannel broken = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                throw gone;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
        assertEquals(gone, assertThrows(IOException.class, () -> phte.open(broken).next(new byte[MAX])));
    }
}
