package org.stratobox.crypto.primitive;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.stratobox.crypto.CryptoException;

/// Argon2id version 1.3 (RFC 9106), a password hash that costs memory. The memory is Java heap.
///
/// @param memoryKib memory in KiB
/// @param iterations passes over it
/// @param lanes independent lanes; computed one after the other, they only shape the result
public record Argon2id(int memoryKib, int iterations, int lanes) {
    /// Length of the result in bytes.
    public static final int LENGTH = 32;

    private static final byte[] NONE = new byte[0];
    /// A block of 1 KiB with the header of its array.
    private static final long BYTES_PER_KIB = 1040;

    /// @param password any bytes
    /// @param salt 16 random bytes
    /// @return 32 bytes
    /// @throws CryptoException REJECTED if the heap does not hold the memory asked for
    public byte[] hash(byte[] password, byte[] salt) throws CryptoException {
        return hash(password, salt, NONE, NONE);
    }

    /// With the two optional inputs of the RFC, which its test vector uses and the product does not.
    byte[] hash(byte[] password, byte[] salt, byte[] secret, byte[] associated) throws CryptoException {
        if (memoryKib * BYTES_PER_KIB > Runtime.getRuntime().maxMemory()) {
            // known before trying, which would starve all other threads for a while
            throw tooLarge();
        }
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(memoryKib).withIterations(iterations)
                .withParallelism(lanes).withSalt(salt).withSecret(secret).withAdditional(associated).build();
        byte[] out = new byte[LENGTH];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(password, out);
            return out;
        } catch (OutOfMemoryError e) {
            // the one large allocation of the module, sized by a file: the rest of the program can go on without it
            throw tooLarge();
        } finally {
            parameters.clear();
        }
    }

    private CryptoException tooLarge() {
        return new CryptoException(CryptoException.Reason.REJECTED,
                "the Java heap does not hold " + memoryKib + " KiB for the password hash");
    }
}
