package org.stratobox.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The two AEADs of format v1, one-shot: plaintext never leaves before its tag was checked. Keys have 32 bytes, nonces
/// 12, tags 16.
///
/// Every call makes a new `Cipher`: SunJCE's guard against IV reuse looks at one instance and would refuse to seal the
/// same block twice in a row, which convergent encryption does (`format.md` 4, finding 1).
public enum Aead {
    /// AES-256-GCM (SP 800-38D).
    AES_256_GCM("AES/GCM/NoPadding", "AES"),
    /// ChaCha20-Poly1305 (RFC 8439).
    CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20");

    /// Length of the tag at the end of a ciphertext, in bytes.
    public static final int TAG = 16;
    private static final int NONCE = 12;
    private static final int KEY = 32;

    private final String transformation;
    private final String keyAlgorithm;

    Aead(String transformation, String keyAlgorithm) {
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    /// @param key 32 bytes, used for this one message
    /// @param nonce 12 bytes
    /// @param aad authenticated with the message
    /// @param plain an array holding the plaintext
    /// @param plainOffset where it starts
    /// @param plainLength its length
    /// @param out receives ciphertext and tag; may be the same array as `plain` if the regions are equal
    /// @param outOffset where they start
    public void seal(byte[] key, byte[] nonce, byte[] aad, byte[] plain, int plainOffset, int plainLength, byte[] out,
            int outOffset) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            cipher.updateAAD(aad);
            cipher.doFinal(plain, plainOffset, plainLength, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /// @param key 32 bytes
    /// @param nonce 12 bytes
    /// @param aad authenticated with the message
    /// @param in an array holding ciphertext and tag
    /// @param offset where they start
    /// @param length their length
    /// @return the plaintext, or empty if the tag is wrong
    public Optional<byte[]> open(byte[] key, byte[] nonce, byte[] aad, byte[] in, int offset, int length) {
        if (length < TAG) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(aad);
            return Optional.of(cipher.doFinal(in, offset, length));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening failed", e);
        }
    }

    private Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        if (key.length != KEY || nonce.length != NONCE) {
            throw new IllegalArgumentException("AEAD key or nonce of wrong length");
        }
        AlgorithmParameterSpec spec = this == AES_256_GCM
                ? new GCMParameterSpec(8 * TAG, nonce)
                : new IvParameterSpec(nonce);
        Cipher cipher = Cipher.getInstance(transformation, "SunJCE");
        cipher.init(mode, new SecretKeySpec(key, keyAlgorithm), spec);
        return cipher;
    }
}
