package org.stratobox.crypto.key;

import java.util.Arrays;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Aead;
import org.stratobox.crypto.primitive.Hkdf;
import org.stratobox.crypto.primitive.Hmac;
import org.stratobox.crypto.primitive.SystemRandom;

/// The key of this device's index at rest (`format.md` 3.12): rows are AES-256-GCM under random 96-bit nonces, lookup keys are
/// truncated HMACs. Random per device, never derived from the phrase. Good for 2^32 rows. Thread-safe; no state is kept
/// per thread.
public final class LocalKey {
    /// Length of a lookup tag in bytes.
    public static final int TAG = 16;
    /// What sealing adds, in bytes.
    public static final int OVERHEAD = 28;
    private static final int NONCE = 12;
    private static final int LENGTH = 32;

    private final Secret enc;
    private final Hmac tags;

    private LocalKey(Secret enc, Hmac tags) {
        this.enc = enc;
        this.tags = tags;
    }

    /// @param k32 32 random bytes, copied
    /// @return the key
    /// @throws IllegalArgumentException if the length differs
    public static LocalKey of(Secret k32) {
        if (k32.length() != LENGTH) {
            throw new IllegalArgumentException("a local key has 32 bytes");
        }
        byte[] k = k32.exposeCopy();
        byte[] tagKey = Hkdf.expand(k, Label.LOCAL_TAG.info(), LENGTH);
        LocalKey key = new LocalKey(Secret.takeOwnership(Hkdf.expand(k, Label.LOCAL_ENC.info(), LENGTH)),
                Hmac.sha256(tagKey));
        Arrays.fill(tagKey, (byte) 0);
        Arrays.fill(k, (byte) 0);
        return key;
    }

    /// @param message what is looked up; the caller separates its domains, say by a first byte per table
    /// @return 16 bytes, the same for equal messages
    public byte[] tag(byte[] message) {
        return Arrays.copyOf(tags.copy().update(message).tag(), TAG);
    }

    /// @param plain a row
    /// @param aad where it belongs, for example table and lookup tag; must be given again to open
    /// @return nonce, ciphertext, tag: [#OVERHEAD] bytes longer
    public byte[] seal(byte[] plain, byte[] aad) {
        byte[] nonce = new byte[NONCE];
        SystemRandom.fill(nonce);
        byte[] out = Arrays.copyOf(nonce, OVERHEAD + plain.length);
        byte[] key = enc.exposeCopy();
        Aead.AES_256_GCM.seal(key, nonce, aad, plain, 0, plain.length, out, NONCE);
        Arrays.fill(key, (byte) 0);
        return out;
    }

    /// @param sealed what [#seal] returned
    /// @param aad the same as then
    /// @return the row
    /// @throws CryptoException MALFORMED if it is too short, TAMPERED if bytes, place or key are others
    public byte[] open(byte[] sealed, byte[] aad) throws CryptoException {
        if (sealed.length < OVERHEAD) {
            throw new CryptoException(Reason.MALFORMED, "a sealed row is too short");
        }
        byte[] key = enc.exposeCopy();
        byte[] nonce = Arrays.copyOf(sealed, NONCE);
        var plain = Aead.AES_256_GCM.open(key, nonce, aad, sealed, NONCE, sealed.length - NONCE);
        Arrays.fill(key, (byte) 0);
        return plain.orElseThrow(
                () -> new CryptoException(Reason.TAMPERED, "a row of the index does not belong to this key and place"));
    }

    @Override
    public String toString() {
        return "LocalKey[redacted]";
    }
}
