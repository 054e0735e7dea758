package org.stratobox.crypto.primitive;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC (RFC 2104) with SHA-256 or SHA-512 of the JDK. One instance is one key; it is not thread-safe and may be used for
/// many messages. An instance that is only ever copied may be shared by threads: that is how a long-lived key is kept
/// without a pool.
public final class Hmac {
    private final Mac mac;

    private Hmac(Mac mac) {
        this.mac = mac;
    }

    private Hmac(String algorithm, byte[] key) {
        try {
            mac = Mac.getInstance(algorithm, "SunJCE");
            mac.init(new SecretKeySpec(key, algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks " + algorithm, e);
        }
    }

    /// @param key not empty; copied
    /// @return HMAC-SHA-256, 32-byte tags
    public static Hmac sha256(byte[] key) {
        return new Hmac("HmacSHA256", key);
    }

    /// @param key not empty; copied
    /// @return HMAC-SHA-512, 64-byte tags
    public static Hmac sha512(byte[] key) {
        return new Hmac("HmacSHA512", key);
    }

    /// Safe from several threads at once as long as no message is under way in this instance.
    ///
    /// @return the same key, independent of this instance
    public Hmac copy() {
        try {
            return new Hmac((Mac) mac.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HMAC cannot be copied", e);
        }
    }

    /// @param bytes an array holding the next part of the message
    /// @param offset where it starts
    /// @param length its length
    /// @return this
    public Hmac update(byte[] bytes, int offset, int length) {
        mac.update(bytes, offset, length);
        return this;
    }

    /// @param part the next part of the message
    /// @return this
    public Hmac update(byte... part) {
        mac.update(part);
        return this;
    }

    /// @param part what remains is the next part of the message; it is consumed
    /// @return this
    public Hmac update(ByteBuffer part) {
        mac.update(part);
        return this;
    }

    /// @return the tag of the message; the next message starts empty
    public byte[] tag() {
        return mac.doFinal();
    }
}
