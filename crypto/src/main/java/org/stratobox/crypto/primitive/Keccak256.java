package org.stratobox.crypto.primitive;

import org.bouncycastle.crypto.digests.KeccakDigest;

/// Keccak-256 with the padding from before the standard, as Ethereum and Stratos use it: not SHA3-256.
public final class Keccak256 {
    private Keccak256() {}

    /// @param message any bytes
    /// @return the digest, 32 bytes
    public static byte[] of(byte[] message) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(message, 0, message.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }
}
