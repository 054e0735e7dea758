package org.stratobox.crypto.primitive;

/// Pure Ed25519 (RFC 8032 5.1) from 32-byte seeds. Deterministic; neither the context nor the pre-hashed variant.
public final class Ed25519 {
    /// Length of a seed and of a public key in bytes.
    public static final int KEY = 32;
    /// Length of a signature in bytes.
    public static final int SIGNATURE = 64;

    private Ed25519() {}

    /// @param seed 32 bytes
    /// @return the public key, 32 bytes
    public static byte[] publicKey(byte[] seed) {
        requireLength(seed, KEY);
        byte[] out = new byte[KEY];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, out, 0);
        return out;
    }

    /// @param seed 32 bytes
    /// @param publicKey the one of that seed: with another one the signature would give the seed away
    /// @param message what is signed
    /// @return 64 bytes
    public static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
        requireLength(seed, KEY);
        requireLength(publicKey, KEY);
        byte[] out = new byte[SIGNATURE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, out, 0);
        return out;
    }

    /// @param publicKey any bytes
    /// @param message what was signed
    /// @param signature any bytes
    /// @return whether the signature is valid; false for keys and signatures of a wrong length or form
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == KEY && signature.length == SIGNATURE && org.bouncycastle.math.ec.rfc8032.Ed25519
                .verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    private static void requireLength(byte[] key, int length) {
        if (key.length != length) {
            throw new IllegalArgumentException("an Ed25519 key has " + length + " bytes, not " + key.length);
        }
    }
}
