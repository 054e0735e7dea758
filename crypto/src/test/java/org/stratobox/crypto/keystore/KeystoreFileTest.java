package org.stratobox.crypto.keystore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// `format.md` 3.12 and its negative tests 5.2, 13. Whatever can be shown without the slow password hash is shown on a file
/// that a keyring secret opens.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeystoreFileTest {
    private static final Entropy ENTROPY = new Random(13)::nextBytes;
    private static final Secret PAYLOAD = Secret.copyOf("the keys of this device".getBytes(StandardCharsets.UTF_8));
    private static final Protection PASSPHRASE = new Protection.Passphrase(utf8("correct horse"));
    private static final Secret Q = Secret.takeOwnership(ENTROPY.bytes(32));
    private static final Protection KEYRING = new Protection.Keyring(Q);
    private static final int MODE = 4;
    private static final int MEMORY = 5;
    private static final int SALT = 11;
    private static final int FILE_SALT = 27;
    private static final int ENVELOPE = 59;

    private byte[] byPassphrase = {};
    private byte[] byKeyring = {};

    @BeforeAll
    void seal() throws CryptoException {
        byPassphrase = KeystoreFile.seal(PAYLOAD, PASSPHRASE, KdfParameters.FLOOR, ENTROPY);
        byKeyring = KeystoreFile.seal(PAYLOAD, KEYRING, KdfParameters.DEFAULT, ENTROPY);
    }

    @Test
    void openGivesBackWhatWasSealed() throws CryptoException {
        assertEquals(PAYLOAD, KeystoreFile.open(byPassphrase, PASSPHRASE));
        assertEquals(PAYLOAD, KeystoreFile.open(byKeyring, KEYRING));
        assertEquals(ENVELOPE + 4096, byPassphrase.length);
    }

    @Test
    void headerIsLaidOutAsTheFormatSays() {
        ByteBuffer header = ByteBuffer.wrap(byPassphrase);
        byte[] start = new byte[7];
        header.get(0, start, 0, 4);
        assertArrayEquals("SBK1\0\0\0".getBytes(StandardCharsets.US_ASCII), start);
        assertEquals(1, header.get(MODE));
        assertEquals(65_536, header.getInt(MEMORY));
        assertEquals(3, header.get(9));
        assertEquals(1, header.get(10));
        assertEquals(2, byKeyring[MODE]);
        assertArrayEquals(new byte[FILE_SALT - MEMORY], Arrays.copyOfRange(byKeyring, MEMORY, FILE_SALT));
    }

    @Test
    void bothAreNeededWhenBothProtect() throws CryptoException {
        Secret words = utf8("correct horse");
        byte[] file = KeystoreFile.seal(PAYLOAD, new Protection.Both(words, Q), KdfParameters.FLOOR, ENTROPY);
        Secret other = Secret.takeOwnership(ENTROPY.bytes(32));
        assertEquals(3, file[MODE]);
        assertEquals(PAYLOAD, KeystoreFile.open(file, new Protection.Both(words, Q)));
        assertReason(Reason.WRONG_KEY, file, new Protection.Both(words, other));
        assertReason(Reason.WRONG_KEY, file, new Protection.Both(utf8("correct"), Q));
        assertReason(Reason.REJECTED, file, PASSPHRASE);
        assertReason(Reason.REJECTED, file, KEYRING);
    }

    @Test
    void openRefusesWhenThePassphraseOrTheKeyringSecretIsWrong() {
        assertReason(Reason.WRONG_KEY, byPassphrase, new Protection.Passphrase(utf8("correct horse ")));
        assertReason(Reason.WRONG_KEY, byKeyring, new Protection.Keyring(Secret.takeOwnership(ENTROPY.bytes(32))));
        assertReason(Reason.REJECTED, byPassphrase, KEYRING);
        assertReason(Reason.REJECTED, byKeyring, PASSPHRASE);
    }

    @Test
    void openRefusesWhenAnyByteIsChanged() {
        Random random = new Random(1);
        for (int i = 0; i < byKeyring.length; i++) {
            byte[] changed = byKeyring.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            CryptoException e = assertThrows(CryptoException.class, () -> KeystoreFile.open(changed, KEYRING),
                    "byte " + i);
            if (i >= FILE_SALT && i < ENVELOPE) {
                assertEquals(Reason.WRONG_KEY, e.reason(), "byte " + i);
            }
        }
    }

    @Test
    void openRefusesWhenAnyBitOfTheHeaderIsChanged() {
        for (int bit = 0; bit < 8 * ENVELOPE; bit++) {
            byte[] changed = byKeyring.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(CryptoException.class, () -> KeystoreFile.open(changed, KEYRING), "bit " + bit);
        }
    }

    /// The bytes of the password salt and one within-range change of each parameter; each costs one password hash.
    @ParameterizedTest
    @CsvSource({"7, 1", "8, 1", "9, 4", "10, 3", "11, 1", "18, 16", "26, 128", "27, 1", "58, 128"})
    void openRefusesWhenTheHeaderOfAPassphraseFileIsChanged(int at, int mask) {
        byte[] changed = byPassphrase.clone();
        changed[at] ^= (byte) mask;
        assertReason(Reason.WRONG_KEY, changed, PASSPHRASE);
    }

    @Test
    void openRefusesWhenTheFileIsCutOrLonger() {
        for (int length = 0; length < byKeyring.length; length++) {
            byte[] cut = Arrays.copyOf(byKeyring, length);
            assertThrows(CryptoException.class, () -> KeystoreFile.open(cut, KEYRING), "length " + length);
        }
        for (int more : new int[]{1, 15, 16, 256, 4096, 1 << 20, 2 << 20}) {
            byte[] longer = Arrays.copyOf(byKeyring, byKeyring.length + more);
            assertThrows(CryptoException.class, () -> KeystoreFile.open(longer, KEYRING), "longer by " + more);
        }
    }

    @ParameterizedTest
    @CsvSource({"65535, 3, 1", "1048577, 3, 1", "0, 3, 1", "-1, 3, 1", "-2147483648, 3, 1", "65536, 2, 1",
        "65536, 0, 1", "65536, 11, 1", "65536, 255, 1", "65536, 3, 0", "65536, 3, 5", "65536, 3, 255"})
    void openRefusesBeforeAnyWorkWhenParametersAreOutOfRange(int memory, int iterations, int lanes) {
        byte[] changed = byPassphrase.clone();
        ByteBuffer.wrap(changed).putInt(MEMORY, memory).put(9, (byte) iterations).put(10, (byte) lanes);
        assertReason(Reason.REJECTED, changed, PASSPHRASE);
        assertThrows(IllegalArgumentException.class, () -> new KdfParameters(memory, iterations, lanes));
    }

    @Test
    void sealUsesFreshSaltsEveryTime() throws CryptoException {
        byte[] again = KeystoreFile.seal(PAYLOAD, KEYRING, KdfParameters.DEFAULT, ENTROPY);
        assertFalse(Arrays.equals(Arrays.copyOfRange(again, FILE_SALT, ENVELOPE),
                Arrays.copyOfRange(byKeyring, FILE_SALT, ENVELOPE)));
        assertNotEquals(0, byPassphrase[SALT] | byPassphrase[SALT + 1] | byPassphrase[SALT + 2]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3996, 3997, 100_000, 1_048_476})
    void openGivesBackPayloadsOfEveryLength(int length) throws CryptoException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Secret payload = Secret.takeOwnership(bytes);
        byte[] file = KeystoreFile.seal(payload, KEYRING, KdfParameters.DEFAULT, ENTROPY);
        assertEquals(payload, KeystoreFile.open(file, KEYRING));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 58, 59, 4154, 4155, 5000, 70_000})
    void openFailsAsDeclaredWhenTheFileIsRubbish(int length) {
        Random random = new Random(length);
        for (int i = 0; i < 50; i++) {
            byte[] rubbish = new byte[length];
            random.nextBytes(rubbish);
            if (i % 2 == 0 && length > ENVELOPE) {
                System.arraycopy(byKeyring, 0, rubbish, 0, ENVELOPE);
            }
            assertThrows(CryptoException.class, () -> KeystoreFile.open(rubbish, KEYRING));
        }
    }

    @Test
    void protectionRefusesWhatProtectsNothing() {
        Secret none = Secret.copyOf(new byte[0]);
        Secret zero = Secret.copyOf(new byte[32]);
        Secret words = utf8("words");
        assertThrows(IllegalArgumentException.class, () -> new Protection.Passphrase(none));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Keyring(zero));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Keyring(words));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Both(none, Q));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Both(words, zero));
        assertTrue(new Protection.Both(words, Q).toString().contains("redacted"));
    }

    private static void assertReason(Reason reason, byte[] file, Protection protection) {
        CryptoException e = assertThrows(CryptoException.class, () -> KeystoreFile.open(file, protection));
        assertEquals(reason, e.reason(), e.getMessage());
    }

    private static Secret utf8(String text) {
        return Secret.takeOwnership(text.getBytes(StandardCharsets.UTF_8));
    }
}
