package org.stratobox.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4), the one hash of names and content ids.
public final class Sha256 {
    private final MessageDigest digest = newDigest();

    /// Starts an empty message.
    public Sha256() {
        // the digest is ready
    }

    /// @param parts byte strings, hashed one after the other
    /// @return the digest of their concatenation
    public static Digest256 of(byte[]... parts) {
        MessageDigest md = newDigest();
        for (byte[] part : parts) {
            md.update(part);
        }
        return Digest256.of(md.digest());
    }

    /// @param bytes an array
    /// @param offset where the message starts
    /// @param length its length in bytes
    /// @return its digest
    public static Digest256 of(byte[] bytes, int offset, int length) {
        return new Sha256().update(bytes, offset, length).digest();
    }

    /// @param buffer the message is what remains in it; position and limit stay as they are
    /// @return its digest
    public static Digest256 of(ByteBuffer buffer) {
        return new Sha256().update(buffer.duplicate()).digest();
    }

    /// @param bytes an array
    /// @param offset where the next part starts
    /// @param length its length in bytes
    /// @return this
    public Sha256 update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /// @param buffer what remains in it is the next part; it is consumed
    /// @return this
    public Sha256 update(ByteBuffer buffer) {
        digest.update(buffer);
        return this;
    }

    /// @return the digest of all parts; the message starts anew
    public Digest256 digest() {
        return Digest256.of(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
