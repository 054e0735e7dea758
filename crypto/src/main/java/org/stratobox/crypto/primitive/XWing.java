package org.stratobox.crypto.primitive;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/// X-Wing key pairs (draft-connolly-cfrg-xwing-kem), X25519 with ML-KEM-768. Checked against the draft's own vectors; the
/// encoding has changed between drafts, so the library's version is pinned.
public final class XWing {
    /// Length of the seed that is the whole private key, in bytes.
    public static final int SEED = 32;
    /// Length of a public key in bytes.
    public static final int PUBLIC_KEY = 1216;

    /// Length of an encapsulation in bytes.
    public static final int ENCAPSULATION = 1120;
    /// Length of a shared secret in bytes.
    public static final int SHARED = 32;
    /// Randomness of one encapsulation: 32 bytes for each of the two schemes.
    public static final int RANDOMNESS = 64;

    private XWing() {}

    /// A shared secret and what lets the owner of the key find it.
    ///
    /// @param secret 32 bytes, to be zeroed by the caller
    /// @param encapsulation 1120 bytes
    @SuppressWarnings("ArrayRecordComponent") // carried from here to the caller and never compared
    public record Encapsulated(byte[] secret, byte[] encapsulation) {}

    /// @param publicKey 1216 bytes
    /// @param randomness 64 bytes, used nowhere else
    /// @return a new shared secret with the owner of the key
    /// @throws IllegalArgumentException if a length differs or the key is not one
    public static Encapsulated encapsulate(byte[] publicKey, byte[] randomness) {
        if (publicKey.length != PUBLIC_KEY || randomness.length != RANDOMNESS) {
            throw new IllegalArgumentException("an X-Wing key has 1216 bytes, its randomness 64");
        }
        SecretWithEncapsulation made = new XWingKEMGenerator(new FixedSecureRandom(randomness))
                .generateEncapsulated(new XWingPublicKeyParameters(publicKey));
        return new Encapsulated(made.getSecret(), made.getEncapsulation());
    }

    /// @param seed 32 bytes
    /// @param encapsulation 1120 bytes
    /// @return the shared secret, 32 bytes; another one, not a failure, if it was made for another key
    /// @throws IllegalArgumentException if a length differs
    public static byte[] decapsulate(byte[] seed, byte[] encapsulation) {
        if (encapsulation.length != ENCAPSULATION) {
            throw new IllegalArgumentException("an X-Wing encapsulation has 1120 bytes");
        }
        return new XWingKEMExtractor((XWingPrivateKeyParameters) pair(seed).getPrivate()).extractSecret(encapsulation);
    }

    /// @param seed 32 bytes
    /// @return the public key, 1216 bytes
    public static byte[] publicKey(byte[] seed) {
        return ((XWingPublicKeyParameters) pair(seed).getPublic()).getEncoded();
    }

    private static AsymmetricCipherKeyPair pair(byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("an X-Wing seed has 32 bytes, not " + seed.length);
        }
        XWingKeyPairGenerator generator = new XWingKeyPairGenerator();
        // the library has no public way from a seed to the public key, except as "randomness" of the generator
        generator.init(new XWingKeyGenerationParameters(new FixedSecureRandom(seed)));
        return generator.generateKeyPair();
    }
}
