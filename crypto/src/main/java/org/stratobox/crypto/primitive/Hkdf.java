package org.stratobox.crypto.primitive;

import java.util.Arrays;

/// HKDF with SHA-256 (RFC 5869). The derivation tree uses Expand only, on 32-byte secrets (`format.md` 0).
public final class Hkdf {
    private static final int HASH = 32;

    private Hkdf() {}

    /// @param prk pseudo-random key, at least 32 bytes
    /// @param info context
    /// @param length bytes wanted, 1 to 8160
    /// @return the derived bytes
    /// @throws IllegalArgumentException if a length is out of range
    public static byte[] expand(byte[] prk, byte[] info, int length) {
        if (prk.length < HASH) {
            throw new IllegalArgumentException("an HKDF key has at least 32 bytes");
        }
        return chain(Hmac.sha256(prk), info, length);
    }

    /// For a key that is used often.
    ///
    /// @param prk HMAC-SHA-256 under the pseudo-random key; only copied
    /// @param info context
    /// @param length bytes wanted, 1 to 8160
    /// @return the derived bytes
    /// @throws IllegalArgumentException if the length is out of range
    public static byte[] expand(Hmac prk, byte[] info, int length) {
        return chain(prk.copy(), info, length);
    }

    private static byte[] chain(Hmac hmac, byte[] info, int length) {
        if (length < 1 || length > 255 * HASH) {
            throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes");
        }
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, i = 1; done < length; i++) {
            byte[] previous = block;
            block = hmac.update(previous).update(info).update((byte) i).tag();
            Arrays.fill(previous, (byte) 0);
            int n = Math.min(HASH, length - done);
            System.arraycopy(block, 0, out, done, n);
            done += n;
        }
        Arrays.fill(block, (byte) 0);
        return out;
    }

    /// @param salt may be empty, then 32 zero bytes as the RFC says
    /// @param ikm input keying material
    /// @return a pseudo-random key of 32 bytes
    public static byte[] extract(byte[] salt, byte[] ikm) {
        return Hmac.sha256(salt.length == 0 ? new byte[HASH] : salt).update(ikm).tag();
    }
}
