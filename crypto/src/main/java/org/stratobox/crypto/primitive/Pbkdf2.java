package org.stratobox.crypto.primitive;

import java.security.GeneralSecurityException;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// PBKDF2 with HMAC-SHA-512 (RFC 8018), for BIP-39 only.
public final class Pbkdf2 {
    private Pbkdf2() {}

    /// @param password hashed as UTF-8; stays the caller's
    /// @param salt not empty
    /// @param iterations at least 1
    /// @param length bytes wanted
    /// @return the derived bytes
    public static byte[] hmacSha512(char[] password, byte[] salt, int iterations, int length) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, 8 * length);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512", "SunJCE").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }
}
