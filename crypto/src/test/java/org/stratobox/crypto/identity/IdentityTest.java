package org.stratobox.crypto.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.crypto.primitive.Ed25519;
import org.stratobox.crypto.wallet.Fingerprint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

class IdentityTest {
    private static final String ROOT = "d740b1b3dde967a34f047f2331e1d051a1de8d328e2c5b87f9535937b32a093a";
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    @Test
    void rootKeyIsTheKnownAnswer() {
        try (MasterKeys master = KnownAnswers.masterKeys();
                RootIdentity root = RootIdentity.of(master.rootSigningSeed())) {
            assertEquals(ROOT, hex(root.publicKey().bytes()));
            assertArrayEquals(root.accountId(), RootIdentity.accountId(root.publicKey()));
        }
    }

    /// Computed once with another program from the public key of the known answers.
    @Test
    void accountIdAndFingerprintAreThoseOfThePublicKey() {
        byte[] accountId = RootIdentity.accountId(VerifyKey.of(hex(ROOT)));
        assertEquals("a6ecc0028a9725c024e87b009e504462", hex(accountId));
        assertEquals("plunge gravity absent benefit", Fingerprint.of(accountId));
    }

    @ParameterizedTest
    @EnumSource
    void signatureVerifiesInItsOwnContextOnly(SignatureContext context) {
        try (DeviceIdentity device = DeviceIdentity.create(new Random(1)::nextBytes)) {
            byte[] signature = device.sign(context, MESSAGE);
            for (SignatureContext other : SignatureContext.values()) {
                assertEquals(other == context, device.publicKey().verify(other, MESSAGE, signature));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void signedBytesStartWithTheNameOfTheContextAndZero(SignatureContext context) {
        try (RootIdentity root = RootIdentity.of(Secret.copyOf(new byte[32]))) {
            byte[] input = ("stratobox/v1/sig/" + context.name().toLowerCase(Locale.ROOT) + "\0message")
                    .getBytes(StandardCharsets.US_ASCII);
            assertTrue(Ed25519.verify(root.publicKey().bytes(), input, root.sign(context, MESSAGE)));
        }
    }

    @Test
    void verifyRefusesWhenAnyBitOfTheSignatureIsFlipped() {
        try (RootIdentity root = RootIdentity.of(Secret.copyOf(new byte[32]))) {
            byte[] signature = root.sign(SignatureContext.HEAD, MESSAGE);
            for (int bit = 0; bit < 8 * signature.length; bit++) {
                byte[] changed = signature.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(root.publicKey().verify(SignatureContext.HEAD, MESSAGE, changed), "bit " + bit);
            }
            assertFalse(root.publicKey().verify(SignatureContext.HEAD, MESSAGE, new byte[0]));
            assertFalse(root.publicKey().verify(SignatureContext.HEAD, new byte[0], signature));
        }
    }

    @Test
    void restoreGivesTheSameDeviceWhenTheSeedsAreThoseExposed() {
        try (DeviceIdentity device = DeviceIdentity.create(new Random(2)::nextBytes);
                DeviceIdentity again = DeviceIdentity.restore(device.deviceId(), device.exposeSigningSeed(),
                        device.exposeKemSeed())) {
            assertArrayEquals(device.deviceId(), again.deviceId());
            assertEquals(device.publicKey(), again.publicKey());
            assertArrayEquals(device.kemPublicKey(), again.kemPublicKey());
            assertEquals(DeviceIdentity.KEM_PUBLIC_KEY_BYTES, again.kemPublicKey().length);
            assertEquals(16, again.deviceId().length);
        }
    }

    @Test
    void createGivesDifferentKeysEveryTime() {
        Random random = new Random(3);
        try (DeviceIdentity one = DeviceIdentity.create(random::nextBytes);
                DeviceIdentity other = DeviceIdentity.create(random::nextBytes)) {
            assertNotEquals(one.publicKey(), other.publicKey());
            assertFalse(Arrays.equals(one.deviceId(), other.deviceId()));
            assertFalse(Arrays.equals(one.kemPublicKey(), other.kemPublicKey()));
            assertNotEquals(one.exposeSigningSeed(), one.exposeKemSeed());
        }
    }

    @Test
    void signFailsWhenClosedAndTheSeedsAreGone() {
        DeviceIdentity device = DeviceIdentity.create(new Random(4)::nextBytes);
        device.close();
        assertThrows(IllegalStateException.class, () -> device.sign(SignatureContext.HEAD, MESSAGE));
        assertTrue(device.exposeSigningSeed().isDestroyed());
        assertTrue(device.exposeKemSeed().isDestroyed());
    }

    @Test
    void lengthsAreCheckedEverywhere() {
        Secret right = Secret.copyOf(new byte[32]);
        Secret wrong = Secret.copyOf(new byte[31]);
        assertThrows(IllegalArgumentException.class, () -> VerifyKey.of(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> RootIdentity.of(wrong));
        assertThrows(IllegalArgumentException.class, () -> DeviceIdentity.restore(new byte[15], right, right));
        assertThrows(IllegalArgumentException.class, () -> DeviceIdentity.restore(new byte[16], wrong, right));
        assertThrows(IllegalArgumentException.class, () -> DeviceIdentity.restore(new byte[16], right, wrong));
    }
}
