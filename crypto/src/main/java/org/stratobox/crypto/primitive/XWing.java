package org.stratobox.crypto.primitive;

import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/// X-Wing key pairs (draft-connolly-cfrg-xwing-kem), X25519 with ML-KEM-768. Checked against the draft's own vectors; the
/// encoding has changed between drafts, so the library's version is pinned.
public final class XWing {
    /// Length of the seed that is the whole private key, in bytes.
    public static final int SEED = 32;
    /// Length of a public key in bytes.
    public static final int PUBLIC_KEY = 1216;

    private XWing() {}

    /// @param seed 32 bytes
    /// @return the public key, 1216 bytes
    public static byte[] publicKey(byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("an X-Wing seed has 32 bytes, not " + seed.length);
        }
        XWingKeyPairGenerator generator = new XWingKeyPairGenerator();
        // the library has no public way from a seed to the public key, except as "randomness" of the generator
        generator.init(new XWingKeyGenerationParameters(new FixedSecureRandom(seed)));
        return ((XWingPublicKeyParameters) generator.generateKeyPair().getPublic()).getEncoded();
    }
}
