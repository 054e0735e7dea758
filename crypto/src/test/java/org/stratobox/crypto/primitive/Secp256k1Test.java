package org.stratobox.crypto.primitive;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

class Secp256k1Test {
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private static final String BELOW = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
    private static final String ZERO = "00".repeat(32);
    private static final String ONE = "00".repeat(31) + "01";
    private static final String TWO = "00".repeat(31) + "02";

    @Test
    void addIsEmptyWhenTheTweakReachesTheOrderOrTheSumIsZero() {
        assertEquals(Optional.empty(), Secp256k1.add(hex(ORDER), hex(TWO)));
        assertEquals(Optional.empty(), Secp256k1.add(hex("ff".repeat(32)), hex(TWO)));
        assertEquals(Optional.empty(), Secp256k1.add(hex(BELOW), hex(ONE)));
    }

    @Test
    void addKeepsLeadingZerosAndWrapsAtTheOrder() {
        assertEquals(ONE, hex(Secp256k1.add(hex(BELOW), hex(TWO)).orElseThrow()));
        assertEquals(TWO, hex(Secp256k1.add(hex(ZERO), hex(TWO)).orElseThrow()));
    }

    @Test
    void isPrivateKeyAcceptsOneToBelowTheOrderOnly() {
        assertTrue(Secp256k1.isPrivateKey(hex(ONE)));
        assertTrue(Secp256k1.isPrivateKey(hex(BELOW)));
        assertFalse(Secp256k1.isPrivateKey(hex(ZERO)));
        assertFalse(Secp256k1.isPrivateKey(hex(ORDER)));
        assertFalse(Secp256k1.isPrivateKey(new byte[]{1}));
        assertThrows(IllegalArgumentException.class, () -> Secp256k1.publicKey(hex(ORDER)));
    }

    @Test
    void coordinatesAreEmptyWhenThereIsNoSuchPoint() {
        byte[] key = Secp256k1.publicKey(hex(ONE));
        assertEquals("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
                hex(Secp256k1.coordinates(key).orElseThrow()));
        // the public key of BIP-32's vector 5 that is none, infinity, a hybrid form, a cut one
        for (String none : new String[]{"02" + "00".repeat(31) + "07", "00", "06" + "00".repeat(64), "0279be"}) {
            assertTrue(Secp256k1.coordinates(hex(none)).isEmpty(), none);
        }
    }

    @RepeatedTest(50)
    void signIsLowAndVerifiesForThisKeyAndDigestOnly(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        byte[] key = new byte[32];
        byte[] digest = new byte[32];
        random.nextBytes(key);
        random.nextBytes(digest);
        byte[] signature = Secp256k1.sign(key, digest);
        byte[] r = Arrays.copyOf(signature, 32);
        byte[] s = Arrays.copyOfRange(signature, 32, 64);
        byte[] publicKey = Secp256k1.publicKey(key);
        assertArrayEquals(signature, Secp256k1.sign(key, digest));
        assertTrue(Secp256k1.isLow(s));
        assertTrue(signature[64] == 0 || signature[64] == 1);
        assertTrue(Secp256k1.verify(publicKey, digest, r, s));
        digest[random.nextInt(32)] ^= 1;
        assertFalse(Secp256k1.verify(publicKey, digest, r, s));
    }
}
