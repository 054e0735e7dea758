package org.stratobox.crypto.key;

import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Hkdf;
import org.stratobox.crypto.primitive.Hmac;

/// The secret of one scope: one folder, the account's records, the heads, a share or the keystore (`format.md` 3.1). Whoever
/// holds it creates and finds blobs of that scope; to read one blob its own read key is enough. Thread-safe.
public final class ScopeKey {
    private static final int LENGTH = 32;

    private final Secret secret;
    private final Hmac enc;
    private final Hmac siv;

    private ScopeKey(Secret secret, Hmac enc, Hmac siv) {
        this.secret = secret;
        this.enc = enc;
        this.siv = siv;
    }

    /// @param x32 32 bytes, copied
    /// @return the key
    /// @throws IllegalArgumentException if the length differs
    public static ScopeKey of(Secret x32) {
        if (x32.length() != LENGTH) {
            throw new IllegalArgumentException("a scope secret has 32 bytes");
        }
        byte[] x = x32.exposeCopy();
        return new ScopeKey(Secret.takeOwnership(x), keyed(x, Label.BLOB_ENC), keyed(x, Label.BLOB_SIV));
    }

    private static Hmac keyed(byte[] x, Label label) {
        byte[] key = Hkdf.expand(x, label.info(), LENGTH);
        Hmac hmac = Hmac.sha256(key);
        Arrays.fill(key, (byte) 0);
        return hmac;
    }

    /// @return the chunker's key of this scope; derived anew by every call, which takes about 0.1 ms
    public ChunkerKey chunkerKey() {
        byte[] x = secret.exposeCopy();
        byte[] material = Hkdf.expand(x, Label.CHUNKER.info(), ChunkerKey.LENGTH);
        Arrays.fill(x, (byte) 0);
        return ChunkerKey.of(Secret.takeOwnership(material));
    }

    /// For sealing only: the salt that makes equal frames equal envelopes.
    ///
    /// @param context first 8 header bytes and the type
    /// @param buffer holds the frame, exactly as the AEAD will get it
    /// @param offset where the frame starts
    /// @param length its length
    /// @return 32 bytes, not secret
    public byte[] syntheticSalt(byte[] context, byte[] buffer, int offset, int length) {
        return siv.copy().update(Label.SIV.info(context)).update(buffer, offset, length).tag();
    }

    /// For sealing and opening only: the read key `B` of one blob.
    ///
    /// @param context first 8 header bytes and the type
    /// @param salt the blob's salt, 32 bytes
    /// @return 32 bytes
    public Secret blobSecret(byte[] context, byte[] salt) {
        return Secret.takeOwnership(Hkdf.expand(enc, Label.BLOB.info(context, salt), LENGTH));
    }

    @Override
    public String toString() {
        return "ScopeKey[redacted]";
    }
}
