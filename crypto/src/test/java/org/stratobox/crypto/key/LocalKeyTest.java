package org.stratobox.crypto.key;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

class LocalKeyTest {
    private static final byte[] ROW = {1, 2, 3, 4, 5};
    private static final byte[] PLACE = {7};

    private final LocalKey key = LocalKey.of(Secret.takeOwnership(new byte[32]));

    @Test
    void openGivesTheRowBack() throws CryptoException {
        byte[] sealed = key.seal(ROW, PLACE);
        assertEquals(ROW.length + LocalKey.OVERHEAD, sealed.length);
        assertArrayEquals(ROW, key.open(sealed, PLACE));
        assertArrayEquals(new byte[0], key.open(key.seal(new byte[0], PLACE), PLACE));
    }

    @Test
    void sealNeverGivesTheSameBytesTwice() {
        assertFalse(Arrays.equals(key.seal(ROW, PLACE), key.seal(ROW, PLACE)));
    }

    @Test
    void openFailsWhenAnyBitWasFlipped() {
        byte[] sealed = key.seal(ROW, PLACE);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] bad = sealed.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertEquals(Reason.TAMPERED, reason(key, bad, PLACE));
        }
    }

    @Test
    void openFailsWhenTruncatedMovedOrUnderAnotherKey() {
        byte[] sealed = key.seal(ROW, PLACE);
        for (int n = 0; n < sealed.length; n++) {
            assertEquals(n < LocalKey.OVERHEAD ? Reason.MALFORMED : Reason.TAMPERED,
                    reason(key, Arrays.copyOf(sealed, n), PLACE));
        }
        assertEquals(Reason.TAMPERED, reason(key, sealed, new byte[]{8}));
        byte[] other = new byte[32];
        other[31] = 1;
        assertEquals(Reason.TAMPERED, reason(LocalKey.of(Secret.takeOwnership(other)), sealed, PLACE));
    }

    private static Reason reason(LocalKey key, byte[] sealed, byte[] aad) {
        return assertThrows(CryptoException.class, () -> key.open(sealed, aad)).reason();
    }

    @Test
    void tagIsTheSameForEqualMessagesOnly() {
        assertEquals(LocalKey.TAG, key.tag(ROW).length);
        assertArrayEquals(key.tag(ROW), key.tag(ROW.clone()));
        assertFalse(Arrays.equals(key.tag(ROW), key.tag(PLACE)));
    }

    @Test
    void tagAndSealWorkFromManyThreads() throws InterruptedException, ExecutionException {
        byte[] expected = key.tag(ROW);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> work = IntStream.range(0, 200).<Callable<byte[]>>mapToObj(i -> () -> {
                assertArrayEquals(ROW, key.open(key.seal(ROW, PLACE), PLACE));
                return key.tag(ROW);
            }).toList();
            for (Future<byte[]> tag : threads.invokeAll(work)) {
                assertArrayEquals(expected, tag.get());
            }
        }
    }

    @Test
    void systemEntropyFillsEveryByte() {
        byte[] seen = new byte[64];
        SystemEntropy entropy = new SystemEntropy();
        for (int i = 0; i < 64; i++) {
            byte[] more = entropy.bytes(64);
            for (int k = 0; k < 64; k++) {
                seen[k] |= more[k];
            }
        }
        for (byte b : seen) {
            assertEquals((byte) 0xff, b, "64 random bytes without one of the bits: not random");
        }
    }
}
