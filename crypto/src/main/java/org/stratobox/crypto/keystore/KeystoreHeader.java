package org.stratobox.crypto.keystore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Entropy;

/// The 59 bytes in front of the sealed object: `"SBK1" || mode u8 || m u32 KiB || t u8 || p u8 || salt16 || fileSalt32`
/// (`format.md` 3.12). Without a passphrase m, t, p and the salt are zero. Everything here is checked before any work is
/// done on its behalf.
final class KeystoreHeader {
    static final int LENGTH = 59;

    private static final byte[] MAGIC = "SBK1".getBytes(StandardCharsets.US_ASCII);
    private static final int MODE = 4;
    private static final int MEMORY = 5;
    private static final int ITERATIONS = 9;
    private static final int LANES = 10;
    private static final int SALT = 11;
    private static final int FILE_SALT = 27;

    private final Mode mode;
    private final Optional<KdfParameters> parameters;
    private final byte[] bytes;

    private KeystoreHeader(Mode mode, Optional<KdfParameters> parameters, byte[] bytes) {
        this.mode = mode;
        this.parameters = parameters;
        this.bytes = bytes;
    }

    /// Which secrets the key is made of.
    enum Mode {
        PASSPHRASE(1), KEYRING(2), BOTH(3);

        private final int code;

        Mode(int code) {
            this.code = code;
        }

        static Mode of(Protection protection) {
            return protection.keyring().isEmpty()
                    ? PASSPHRASE
                    : protection.passphrase().isPresent() ? BOTH : KEYRING;
        }

        private static Optional<Mode> of(int code) {
            return Arrays.stream(values()).filter(mode -> mode.code == code).findFirst();
        }
    }

    static KeystoreHeader create(Mode mode, KdfParameters parameters, Entropy entropy) {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer out = ByteBuffer.wrap(bytes).put(MAGIC).put((byte) mode.code);
        if (mode != Mode.KEYRING) {
            out.putInt(parameters.memoryKib()).put((byte) parameters.iterations()).put((byte) parameters.lanes())
                    .put(entropy.bytes(FILE_SALT - SALT));
        }
        out.position(FILE_SALT).put(entropy.bytes(LENGTH - FILE_SALT));
        return new KeystoreHeader(mode, mode == Mode.KEYRING ? Optional.empty() : Optional.of(parameters),
                bytes);
    }

    /// @param file at least 59 bytes
    /// @return its header
    /// @throws CryptoException MALFORMED if it is not a keystore of this version, REJECTED if parameters are out of range
    static KeystoreHeader read(byte[] file) throws CryptoException {
        byte[] bytes = Arrays.copyOf(file, LENGTH);
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new CryptoException(Reason.MALFORMED, "not a keystore file");
        }
        Mode mode = Mode.of(bytes[MODE])
                .orElseThrow(() -> new CryptoException(Reason.MALFORMED, "unknown mode of a keystore file"));
        if (mode == Mode.KEYRING) {
            requireZero(bytes);
            return new KeystoreHeader(mode, Optional.empty(), bytes);
        }
        long memory = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(MEMORY));
        int iterations = bytes[ITERATIONS] & 0xff;
        int lanes = bytes[LANES] & 0xff;
        if (!KdfParameters.acceptable(memory, iterations, lanes)) {
            throw new CryptoException(Reason.REJECTED, "the keystore's Argon2id parameters are out of range");
        }
        return new KeystoreHeader(mode, Optional.of(new KdfParameters((int) memory, iterations, lanes)),
                bytes);
    }

    private static void requireZero(byte[] bytes) throws CryptoException {
        for (int i = MEMORY; i < FILE_SALT; i++) {
            if (bytes[i] != 0) {
                throw new CryptoException(Reason.MALFORMED, "password parameters in a keystore without a passphrase");
            }
        }
    }

    Mode mode() {
        return mode;
    }

    /// @return cost of the password hash, absent without a passphrase
    Optional<KdfParameters> parameters() {
        return parameters;
    }

    /// @return the header itself, which is part of the key
    byte[] toBytes() {
        return bytes.clone();
    }

    byte[] passwordSalt() {
        return Arrays.copyOfRange(bytes, SALT, FILE_SALT);
    }

    byte[] fileSalt() {
        return Arrays.copyOfRange(bytes, FILE_SALT, LENGTH);
    }
}
