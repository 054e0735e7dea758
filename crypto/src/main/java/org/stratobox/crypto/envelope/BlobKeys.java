package org.stratobox.crypto.envelope;

import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.Label;
import org.stratobox.crypto.primitive.Hkdf;

/// Key, nonce and commitment of one blob, from its read key. Closed as soon as the one message is done.
final class BlobKeys implements AutoCloseable {
    private static final int KEY = 32;
    private static final int NONCE = 12;

    private final byte[] key;
    private final byte[] nonce;
    private final byte[] commit;

    private BlobKeys(byte[] okm) {
        key = Arrays.copyOf(okm, KEY);
        nonce = Arrays.copyOfRange(okm, KEY, KEY + NONCE);
        commit = Arrays.copyOfRange(okm, KEY + NONCE, okm.length);
    }

    static BlobKeys of(Secret readKey, byte[] context) {
        byte[] b = readKey.exposeCopy();
        byte[] okm = Hkdf.expand(b, Label.BLOB_KEYS.info(context), KEY + NONCE + Envelope.DIGEST);
        BlobKeys keys = new BlobKeys(okm);
        Arrays.fill(okm, (byte) 0);
        Arrays.fill(b, (byte) 0);
        return keys;
    }

    byte[] key() {
        return key;
    }

    byte[] nonce() {
        return nonce;
    }

    byte[] commit() {
        return commit;
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }
}
