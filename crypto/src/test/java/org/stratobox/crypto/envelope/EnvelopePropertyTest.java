package org.stratobox.crypto.envelope;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.crypto.key.SystemEntropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// `format.md` 5.3: envelope and padding.
class EnvelopePropertyTest {
    private static final ScopeKey FOLDER = KnownAnswers.folder();

    private static Sealer sealer(Suite suite) {
        return new Sealer(FOLDER, suite, new SystemEntropy());
    }

    private static byte[] random(long seed, int length) {
        byte[] out = new byte[length];
        new Random(seed).nextBytes(out);
        return out;
    }

    @Test
    void paddedLengthHas193ValuesAndIsMonotoneAndSmall() {
        Set<Integer> sizes = new TreeSet<>();
        int last = 0;
        for (int body = 0; body <= Envelope.MAX_BODY; body++) {
            int padded = Envelope.paddedLength(body);
            int needed = body + 100;
            assertTrue(padded >= last && padded >= needed, () -> "body " + needed);
            assertTrue(needed <= Envelope.MIN || padded <= needed * 1.063, () -> "body " + needed);
            last = padded;
            sizes.add(padded);
        }
        assertEquals(193, sizes.size());
        for (int size : sizes) {
            assertEquals(size, Envelope.sizeClass(size));
        }
        assertEquals(Envelope.MAX, last);
        assertThrows(IllegalArgumentException.class, () -> Envelope.paddedLength(Envelope.MAX_BODY + 1));
        assertThrows(IllegalArgumentException.class, () -> Envelope.paddedLength(-1));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void openGivesTheBodyBackAtBothEdgesOfEverySizeClass(Suite suite) throws CryptoException {
        byte[] source = random(41, Envelope.MAX_BODY);
        Sealer sealer = sealer(suite);
        int classes = 0;
        for (int body = 0; body < Envelope.MAX_BODY; body = Envelope.paddedLength(body) - 100 + 1) {
            int longest = Envelope.paddedLength(body) - 100;
            roundTrip(sealer, source, body);
            roundTrip(sealer, source, longest);
            classes++;
        }
        assertEquals(193, classes);
    }

    private static void roundTrip(Sealer sealer, byte[] source, int length) throws CryptoException {
        SealedObject sealed = sealer.seal(ObjectType.CHUNK, source, 0, length);
        assertEquals(Envelope.paddedLength(length), sealed.envelope().length);
        byte[] body = Opener.open(sealed.capability(), ObjectType.CHUNK, sealed.envelope());
        assertEquals(-1, Arrays.mismatch(source, 0, length, body, 0, body.length), () -> "length " + length);
    }

    @ParameterizedTest
    @EnumSource(ObjectType.class)
    void everyTypeOpensAndOnlyContentIsConvergent(ObjectType type) throws CryptoException {
        byte[] body = random(type.code(), 5000);
        for (Suite suite : Suite.values()) {
            SealedObject one = sealer(suite).seal(type, body);
            SealedObject two = sealer(suite).seal(type, body);
            assertEquals(type.code() <= 4, one.equals(two));
            assertArrayEquals(body, Opener.open(one.capability(), type, one.envelope()));
            assertArrayEquals(body, Opener.open(FOLDER, two.capability().cid(), type, two.envelope()));
            assertEquals(two.capability(), Opener.capability(FOLDER, type, two.envelope()));
        }
    }

    /// A `Cipher` kept between seals would throw "Cannot reuse iv" here.
    @ParameterizedTest
    @EnumSource(Suite.class)
    void sameChunkSealsTwiceInARow(Suite suite) {
        Sealer sealer = sealer(suite);
        byte[] block = new byte[100_000];
        assertEquals(sealer.seal(ObjectType.CHUNK, block), sealer.seal(ObjectType.CHUNK, block));
    }

    @Test
    void randomSaltGivesAnotherAddressForTheSameContent() throws CryptoException {
        Sealer sealer = sealer(Suite.AES_256_GCM);
        byte[] body = {1, 2, 3};
        SealedObject again = sealer.sealWithRandomSalt(ObjectType.CHUNK, body);
        assertNotEquals(sealer.seal(ObjectType.CHUNK, body).capability(), again.capability());
        assertNotEquals(sealer.sealWithRandomSalt(ObjectType.CHUNK, body).capability().cid(),
                again.capability().cid());
        assertArrayEquals(body, Opener.open(again.capability(), ObjectType.CHUNK, again.envelope()));
    }

    @Test
    void sealDependsOnScopeSuiteAndTypeNotOnThePlaceInTheArray() {
        byte[] body = random(2, 500);
        SealedObject sealed = sealer(Suite.AES_256_GCM).seal(ObjectType.CHUNK, body);
        byte[] larger = new byte[900];
        System.arraycopy(body, 0, larger, 123, 500);
        assertEquals(sealed, sealer(Suite.AES_256_GCM).seal(ObjectType.CHUNK, larger, 123, 500));
        Sealer elsewhere = new Sealer(KnownAnswers.epoch0().folderScope(new byte[16], 1), Suite.AES_256_GCM,
                new SystemEntropy());
        for (SealedObject other : List.of(elsewhere.seal(ObjectType.CHUNK, body),
                sealer(Suite.AES_256_GCM).seal(ObjectType.TREE, body),
                sealer(Suite.CHACHA20_POLY1305).seal(ObjectType.CHUNK, body))) {
            assertFalse(Arrays.equals(sealed.envelope(), 8, 40, other.envelope(), 8, 40), "same salt");
        }
    }

    @Test
    void sealRefusesBodiesThatAreTooLong() {
        Sealer sealer = sealer(Suite.AES_256_GCM);
        for (ObjectType type : List.of(ObjectType.CHUNK, ObjectType.TREE)) {
            assertThrows(IllegalArgumentException.class, () -> sealer.seal(type, new byte[Envelope.MAX_BODY + 1]));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> sealer.seal(ObjectType.CHUNK, new byte[10], 5, 6));
    }

    /// Random bodies, bodies that differ by one bit, and bodies that differ in length only.
    @Test
    void differentFramesNeverShareSaltOrKey() {
        Sealer sealer = sealer(Suite.AES_256_GCM);
        Set<Digest256> salts = new HashSet<>();
        Set<Digest256> commits = new HashSet<>();
        int sealed = 0;
        byte[] zeros = new byte[4000];
        for (int length = 0; length < 4000; length++, sealed++) {
            note(sealer.seal(ObjectType.CHUNK, zeros, 0, length), salts, commits);
        }
        for (int bit = 0; bit < 32_000; bit++, sealed++) {
            zeros[bit / 8] ^= (byte) (1 << (bit % 8));
            note(sealer.seal(ObjectType.CHUNK, zeros), salts, commits);
            zeros[bit / 8] = 0;
        }
        Random random = new Random(51);
        byte[] body = new byte[48];
        for (int i = 0; i < 64_000; i++, sealed++) {
            random.nextBytes(body);
            note(sealer.seal(ObjectType.CHUNK, body), salts, commits);
        }
        assertEquals(100_000, sealed);
        assertEquals(sealed, salts.size());
        assertEquals(sealed, commits.size());
    }

    private static void note(SealedObject sealed, Set<Digest256> salts, Set<Digest256> commits) {
        salts.add(Digest256.read(sealed.envelope(), Envelope.SALT));
        commits.add(Digest256.read(sealed.envelope(), Envelope.COMMIT));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void envelopeLooksRandomBehindItsFirstEightBytes(Suite suite) {
        byte[] e = sealer(suite).seal(ObjectType.CHUNK, new byte[Envelope.MAX_BODY]).envelope();
        int[] counts = new int[256];
        for (int i = 8; i < e.length; i++) {
            counts[e[i] & 0xff]++;
        }
        double expected = (e.length - 8) / 256.0;
        double chi = Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
        // 255 degrees of freedom: mean 255, standard deviation 22.6; the envelope is always the same one
        assertTrue(chi > 140 && chi < 370, () -> "chi square " + chi);
        try (Deflater deflater = new Deflater(9, true)) {
            deflater.setInput(e);
            deflater.finish();
            assertTrue(deflater.deflate(new byte[2 * e.length]) >= e.length - 8, "compressible");
        }
    }

    @Test
    void onlyTheFirstEightBytesAreConstant() {
        byte[] first = sealer(Suite.AES_256_GCM).seal(ObjectType.HEAD, new byte[10]).envelope();
        byte[] differs = new byte[first.length];
        for (int i = 0; i < 8; i++) {
            byte[] other = sealer(Suite.AES_256_GCM).seal(ObjectType.HEAD, new byte[10]).envelope();
            for (int k = 0; k < first.length; k++) {
                differs[k] |= (byte) (first[k] ^ other[k]);
            }
        }
        for (int k = 0; k < differs.length; k++) {
            assertEquals(k >= 8, differs[k] != 0, "byte " + k);
        }
    }

    @Test
    void sealerWorksFromManyThreads() throws InterruptedException, ExecutionException {
        Sealer sealer = sealer(Suite.AES_256_GCM);
        List<byte[]> bodies = IntStream.range(0, 300).mapToObj(i -> random(i, 100 * i)).toList();
        List<SealedObject> expected = bodies.stream().map(b -> sealer.seal(ObjectType.CHUNK, b)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SealedObject>> sealed = threads.invokeAll(bodies.stream()
                    .<Callable<SealedObject>>map(b -> () -> sealer.seal(ObjectType.CHUNK, b)).toList());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), sealed.get(i).get());
            }
        }
    }

    @Test
    void warmupEndsAndObeysAnInterrupt() {
        AeadWarmup.task().run();
        Thread.currentThread().interrupt();
        AeadWarmup.task().run();
        assertTrue(Thread.interrupted(), "the interrupt must stay visible");
    }

    @Test
    void textOfCapabilityShowsNeitherKeyNorAddress() {
        SealedObject sealed = sealer(Suite.AES_256_GCM).seal(ObjectType.CHUNK, new byte[1]);
        assertEquals("Capability[redacted]", sealed.capability().toString());
        assertEquals("SealedObject[4096 bytes]", sealed.toString());
    }
}
