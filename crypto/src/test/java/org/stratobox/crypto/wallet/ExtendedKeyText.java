package org.stratobox.crypto.wallet;

import java.math.BigInteger;
import java.util.Arrays;

import org.stratobox.crypto.Sha256;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/// Reads the `xprv...` texts of the vectors: base58 of 78 bytes with chain code at 13 and private key at 46, then four bytes
/// of checksum.
final class ExtendedKeyText {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private ExtendedKeyText() {}

    static byte[] decode(String text) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(BASE58.indexOf(text.charAt(i))));
        }
        byte[] bytes = value.toByteArray();
        assertEquals(82, bytes.length);
        byte[] payload = Arrays.copyOf(bytes, 78);
        byte[] check = Sha256.of(Sha256.of(payload).bytes()).bytes();
        assertArrayEquals(Arrays.copyOf(check, 4), Arrays.copyOfRange(bytes, 78, 82), "checksum of " + text);
        return payload;
    }

    static byte[] chainCode(String text) {
        return Arrays.copyOfRange(decode(text), 13, 45);
    }

    static byte[] privateKey(String text) {
        return Arrays.copyOfRange(decode(text), 46, 78);
    }

    static void assertMatches(String text, Bip32Key key) {
        assertArrayEquals(privateKey(text), key.exposePrivateKey().exposeCopy(), text);
        assertArrayEquals(chainCode(text), key.exposeChainCode().exposeCopy(), text);
    }
}
