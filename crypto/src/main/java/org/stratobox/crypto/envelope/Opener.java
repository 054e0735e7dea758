package org.stratobox.crypto.envelope;

import java.security.MessageDigest;
import java.util.Arrays;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.ScopeKey;

/// Opens sealed objects in the order of `format.md` 3.3: form, address, commitment, authentication, frame, decompression. No
/// byte of plaintext leaves before all of it was checked. The reason of a failure is for our log; a node is told nothing
/// but "bad blob".
public final class Opener {
    private Opener() {}

    /// @param capability address and read key
    /// @param type what the object must be
    /// @param envelope bytes from anywhere
    /// @return the body
    /// @throws CryptoException MALFORMED, WRONG_CID, WRONG_KEY (also: another type) or TAMPERED
    public static byte[] open(Capability capability, ObjectType type, byte[] envelope) throws CryptoException {
        Suite suite = Envelope.check(envelope);
        requireCid(capability.cid(), envelope);
        return decrypt(suite, capability.readKey(), type, envelope);
    }

    /// @param scope where the object belongs
    /// @param expected its address
    /// @param type what the object must be
    /// @param envelope bytes from anywhere
    /// @return the body
    /// @throws CryptoException MALFORMED, WRONG_CID, WRONG_KEY (also: another type or scope) or TAMPERED
    public static byte[] open(ScopeKey scope, Cid expected, ObjectType type, byte[] envelope) throws CryptoException {
        Suite suite = Envelope.check(envelope);
        requireCid(expected, envelope);
        try (Secret readKey = readKey(scope, suite, type, envelope)) {
            return decrypt(suite, readKey, type, envelope);
        }
    }

    /// What reads an object of a scope we hold the secret of: for objects that were found, not named. The commitment was
    /// checked; the rest is checked when it is opened.
    ///
    /// @param scope where the object belongs
    /// @param type what the object must be
    /// @param envelope bytes from anywhere
    /// @return its address and read key
    /// @throws CryptoException MALFORMED, or WRONG_KEY if the object is not of that scope and type
    public static Capability capability(ScopeKey scope, ObjectType type, byte[] envelope) throws CryptoException {
        Suite suite = Envelope.check(envelope);
        Secret readKey = readKey(scope, suite, type, envelope);
        committedKeys(suite, readKey, type, envelope).close();
        return new Capability(Cid.ofEnvelope(envelope), readKey);
    }

    private static Secret readKey(ScopeKey scope, Suite suite, ObjectType type, byte[] envelope) {
        return scope.blobSecret(Envelope.context(suite, type),
                Arrays.copyOfRange(envelope, Envelope.SALT, Envelope.COMMIT));
    }

    private static void requireCid(Cid expected, byte[] envelope) throws CryptoException {
        if (!Cid.ofEnvelope(envelope).equals(expected)) {
            throw new CryptoException(Reason.WRONG_CID, "the bytes are not those of the address");
        }
    }

    private static byte[] decrypt(Suite suite, Secret readKey, ObjectType type, byte[] envelope)
            throws CryptoException {
        try (BlobKeys keys = committedKeys(suite, readKey, type, envelope)) {
            byte[] frame = suite.aead()
                    .open(keys.key(), keys.nonce(), Envelope.aad(envelope, type), envelope, Envelope.HEADER,
                            envelope.length - Envelope.HEADER)
                    .orElseThrow(() -> new CryptoException(Reason.TAMPERED, "the authentication tag is wrong"));
            return Frame.body(frame, type);
        }
    }

    private static BlobKeys committedKeys(Suite suite, Secret readKey, ObjectType type, byte[] envelope)
            throws CryptoException {
        BlobKeys keys = BlobKeys.of(readKey, Envelope.context(suite, type));
        if (!MessageDigest.isEqual(keys.commit(), Arrays.copyOfRange(envelope, Envelope.COMMIT, Envelope.HEADER))) {
            keys.close();
            throw new CryptoException(Reason.WRONG_KEY, "not sealed under this key, scope or type");
        }
        return keys;
    }
}
