package org.stratobox.crypto.primitive;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// AES-128 as a pseudo-random permutation over single blocks (FIPS 197), for the keyed chunker only. Not thread-safe.
public final class AesBlocks {
    private final Cipher cipher;

    /// @param key 16 bytes
    public AesBlocks(byte[] key) {
        if (key.length != 16) {
            throw new IllegalArgumentException("AES-128 key of wrong length");
        }
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks AES", e);
        }
    }

    /// @param in whole blocks
    /// @param length their length in bytes, a multiple of 16
    /// @param out receives the permuted blocks; may be `in`
    public void permute(byte[] in, int length, byte[] out) {
        try {
            cipher.update(in, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }
}
