package org.stratobox.crypto.envelope;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Aead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// One ciphertext, two keys, two plaintexts, both authentic to GCM: the invisible salamander (`format.md` 5.2, 3). A writer who
/// conspires with a node could show each reader another file under the same address, were it not for the commitment.
class SalamanderTest {
    private static final ObjectType TYPE = ObjectType.CHUNK;
    private static final byte[] CONTEXT = Envelope.context(Suite.AES_256_GCM, TYPE);
    /// Where the sacrificed block lies in the ciphertext.
    private static final int BLOCK = 16 * 10;

    @Test
    void bareGcmAcceptsOneBlockUnderTwoKeys() throws GeneralSecurityException {
        byte[] k1 = Forge.repeated(1, 32);
        byte[] k2 = Forge.repeated(2, 32);
        byte[] nonce = new byte[12];
        byte[] sealed = salamander(new Gcm(k1, nonce), new Gcm(k2, nonce), new byte[0], new byte[16], 0);
        byte[] one = Aead.AES_256_GCM.open(k1, nonce, new byte[0], sealed, 0, 32).orElseThrow();
        byte[] two = Aead.AES_256_GCM.open(k2, nonce, new byte[0], sealed, 0, 32).orElseThrow();
        assertFalse(Arrays.equals(one, two));
    }

    @Test
    void openRefusesTheSecondKeyOfAnEnvelopeThatGcmAcceptsUnderBoth() throws GeneralSecurityException, CryptoException {
        Secret b1 = Secret.takeOwnership(Forge.repeated(1, 32));
        Secret b2 = Secret.takeOwnership(Forge.repeated(2, 32));
        BlobKeys one = BlobKeys.of(b1, CONTEXT);
        BlobKeys two = BlobKeys.of(b2, CONTEXT);
        byte[] envelope = new byte[Envelope.MIN];
        System.arraycopy(CONTEXT, 0, envelope, 0, 8);
        System.arraycopy(one.commit(), 0, envelope, Envelope.COMMIT, 32);
        byte[] aad = Envelope.aad(envelope, TYPE);
        // under the first key it is a proper frame but for one block of the body
        byte[] sealed = new byte[Envelope.MIN - Envelope.HEADER];
        byte[] frame = Forge.frame(Envelope.MIN, 0, 1000, 1000, new byte[1000]);
        Aead.AES_256_GCM.seal(one.key(), one.nonce(), aad, frame, 0, frame.length, sealed, 0);
        byte[] both = salamander(new Gcm(one.key(), one.nonce()), new Gcm(two.key(), two.nonce()), aad,
                Arrays.copyOf(sealed, frame.length), BLOCK);
        System.arraycopy(both, 0, envelope, Envelope.HEADER, both.length);
        for (BlobKeys keys : new BlobKeys[]{one, two}) {
            assertTrue(Aead.AES_256_GCM.open(keys.key(), keys.nonce(), aad, both, 0, both.length).isPresent());
        }
        Cid cid = Cid.ofEnvelope(envelope);
        assertEquals(1000, Opener.open(new Capability(cid, b1), TYPE, envelope).length);
        assertEquals(Reason.WRONG_KEY, assertThrows(CryptoException.class,
                () -> Opener.open(new Capability(cid, b2), TYPE, envelope)).reason());
    }

    /// Replaces the block at `free` so that both keys give one tag: linear in that block, so one division solves it.
    ///
    /// @return ciphertext and tag
    private static byte[] salamander(Gcm one, Gcm two, byte[] aad, byte[] ciphertext, int free) {
        byte[] ct = ciphertext.clone();
        Arrays.fill(ct, free, free + 16, (byte) 0);
        int power = (ct.length + 15) / 16 - free / 16 + 1;
        BigInteger difference = one.tag(aad, ct).xor(two.tag(aad, ct));
        BigInteger slope = Field.power(one.h, power).xor(Field.power(two.h, power));
        BigInteger block = Field.multiply(difference, Field.inverse(slope));
        System.arraycopy(Field.bytes(block), 0, ct, free, 16);
        assertEquals(one.tag(aad, ct), two.tag(aad, ct));
        return ByteBuffer.allocate(ct.length + 16).put(ct).put(Field.bytes(one.tag(aad, ct))).array();
    }

    /// The tag of GCM, written down from SP 800-38D.
    private static final class Gcm {
        private final BigInteger h;
        private final BigInteger mask;

        Gcm(byte[] key, byte[] nonce) throws GeneralSecurityException {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            h = new BigInteger(1, aes.doFinal(new byte[16]));
            mask = new BigInteger(1, aes.doFinal(ByteBuffer.allocate(16).put(nonce).putInt(1).array()));
        }

        BigInteger tag(byte[] aad, byte[] ct) {
            BigInteger y = hash(hash(BigInteger.ZERO, aad), ct);
            byte[] lengths = ByteBuffer.allocate(16).putLong(8L * aad.length).putLong(8L * ct.length).array();
            return hash(y, lengths).xor(mask);
        }

        private BigInteger hash(BigInteger start, byte[] data) {
            BigInteger y = start;
            for (int at = 0; at < data.length; at += 16) {
                byte[] block = Arrays.copyOf(Arrays.copyOfRange(data, at, Math.min(at + 16, data.length)), 16);
                y = Field.multiply(y.xor(new BigInteger(1, block)), h);
            }
            return y;
        }
    }

    /// GF(2^128) in GCM's bit order: the highest bit of the number is the coefficient of x^0.
    private static final class Field {
        private static final BigInteger ONE = BigInteger.ONE.shiftLeft(127);
        private static final BigInteger R = BigInteger.valueOf(0xe1).shiftLeft(120);

        private Field() {}

        static BigInteger multiply(BigInteger a, BigInteger b) {
            BigInteger z = BigInteger.ZERO;
            BigInteger v = b;
            for (int i = 127; i >= 0; i--) {
                if (a.testBit(i)) {
                    z = z.xor(v);
                }
                v = v.testBit(0) ? v.shiftRight(1).xor(R) : v.shiftRight(1);
            }
            return z;
        }

        static BigInteger power(BigInteger a, int n) {
            BigInteger out = ONE;
            for (int i = 0; i < n; i++) {
                out = multiply(out, a);
            }
            return out;
        }

        /// a^(2^128 - 2): the product of all squares a^2, a^4, ... a^(2^127).
        static BigInteger inverse(BigInteger a) {
            BigInteger out = ONE;
            BigInteger square = a;
            for (int i = 1; i < 128; i++) {
                square = multiply(square, square);
                out = multiply(out, square);
            }
            return out;
        }

        static byte[] bytes(BigInteger a) {
            byte[] raw = a.toByteArray();
            byte[] out = new byte[16];
            int n = Math.min(16, raw.length);
            System.arraycopy(raw, raw.length - n, out, 16 - n, n);
            return out;
        }
    }
}
