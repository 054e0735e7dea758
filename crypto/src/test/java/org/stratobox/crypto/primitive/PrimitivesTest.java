package org.stratobox.crypto.primitive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.ascending;
import static org.stratobox.crypto.KnownAnswers.hex;

/// A few numbers of the specifications, so that something is checked where the official vectors are absent.
class PrimitivesTest {
    @Test
    void gcmMatchesTestCases13And14OfItsSpecification() {
        byte[] out = new byte[16];
        Aead.AES_256_GCM.seal(new byte[32], new byte[12], new byte[0], new byte[0], 0, 0, out, 0);
        assertEquals("530f8afbc74536b9a963b4f1c4cb738b", hex(out));
        out = new byte[32];
        Aead.AES_256_GCM.seal(new byte[32], new byte[12], new byte[0], new byte[16], 0, 16, out, 0);
        assertEquals("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919", hex(out));
    }

    @Test
    void hkdfMatchesCase1OfRfc5869() {
        byte[] ikm = new byte[22];
        Arrays.fill(ikm, (byte) 0x0b);
        byte[] prk = Hkdf.extract(ascending(0, 13), ikm);
        String okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
        assertEquals("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5", hex(prk));
        assertEquals(okm, hex(Hkdf.expand(prk, ascending(0xf0, 10), 42)));
        assertEquals(okm, hex(Hkdf.expand(Hmac.sha256(prk), ascending(0xf0, 10), 42)));
    }

    @Test
    void hmacMatchesCase2OfRfc4231() {
        byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
        byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        assertEquals("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                hex(Hmac.sha256(key).update(message).tag()));
        assertEquals("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
                hex(Hmac.sha512(key).update(message, 0, message.length).tag()));
    }

    @Test
    void aesMatchesTheExampleOfFips197() {
        byte[] blocks = new byte[48];
        for (int i = 0; i < 16; i++) {
            blocks[i] = (byte) (0x11 * i);
            blocks[32 + i] = (byte) (0x11 * i);
        }
        byte[] out = new byte[48];
        new AesBlocks(ascending(0, 16)).permute(blocks, 48, out);
        assertEquals("69c4e0d86a7b0430d8cdb78070b4c55a", hex(Arrays.copyOf(out, 16)));
        assertArrayEquals(Arrays.copyOf(out, 16), Arrays.copyOfRange(out, 32, 48));
    }

    @Test
    void copiesOfAnHmacDoNotDisturbOneAnother() {
        Hmac key = Hmac.sha256(new byte[]{1});
        byte[] expected = Hmac.sha256(new byte[]{1}).update(new byte[]{1, 2}).tag();
        Hmac one = key.copy().update((byte) 1);
        key.copy().update((byte) 9).tag();
        assertArrayEquals(expected, one.update((byte) 2).tag());
        assertArrayEquals(expected, key.copy().update((byte) 1, (byte) 2).tag());
    }

    @Test
    void wrongLengthsAreRefused() {
        byte[] b = new byte[64];
        assertThrows(IllegalArgumentException.class,
                () -> Aead.AES_256_GCM.seal(new byte[16], new byte[12], b, b, 0, 1, b, 0));
        assertThrows(IllegalArgumentException.class,
                () -> Aead.AES_256_GCM.seal(new byte[32], new byte[1], b, b, 0, 1, b, 0));
        assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(new byte[31], b, 32));
        assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(new byte[32], b, 0));
        assertThrows(IllegalArgumentException.class, () -> new AesBlocks(new byte[32]));
        assertTrue(Aead.AES_256_GCM.open(new byte[32], new byte[12], b, b, 0, 15).isEmpty());
    }
}
