package org.stratobox.crypto.envelope;

import java.util.Objects;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.ScopeKey;

/// Makes sealed objects of one scope (`format.md` 3.3). Types 1 to 4 are convergent: the same body gives the same object,
/// inside this scope only. All other types get a random salt. Thread-safe if the entropy is.
public final class Sealer {
    private final ScopeKey scope;
    private final Suite suite;
    private final Entropy entropy;

    /// @param scope where the objects belong
    /// @param suite the cipher the account writes
    /// @param entropy for random salts
    public Sealer(ScopeKey scope, Suite suite, Entropy entropy) {
        this.scope = scope;
        this.suite = suite;
        this.entropy = entropy;
    }

    /// @param type what the body is
    /// @param body at most [Envelope#MAX_BODY] bytes
    /// @return the sealed object
    /// @throws IllegalArgumentException if the body is too long
    public SealedObject seal(ObjectType type, byte[] body) {
        return seal(type, body, 0, body.length);
    }

    /// @param type what the body is
    /// @param buffer an array holding the body
    /// @param offset where it starts
    /// @param length its length, at most [Envelope#MAX_BODY]
    /// @return the sealed object
    /// @throws IllegalArgumentException if the body is too long
    public SealedObject seal(ObjectType type, byte[] buffer, int offset, int length) {
        byte[] envelope = framed(type, buffer, offset, length);
        byte[] context = Envelope.context(suite, type);
        byte[] salt = type.hasSyntheticSalt()
                ? scope.syntheticSalt(context, envelope, Envelope.HEADER, frameLength(envelope))
                : entropy.bytes(Envelope.DIGEST);
        return encrypt(type, envelope, context, salt);
    }

    /// Seals under a new address what [#seal] would seal under the old one: for content that a collector is about to delete
    /// (`format.md` 3.10).
    ///
    /// @param type what the body is
    /// @param body at most [Envelope#MAX_BODY] bytes
    /// @return the sealed object
    /// @throws IllegalArgumentException if the body is too long
    public SealedObject sealWithRandomSalt(ObjectType type, byte[] body) {
        return sealWithRandomSalt(type, body, 0, body.length);
    }

    /// @param type what the body is
    /// @param buffer an array holding the body
    /// @param offset where it starts
    /// @param length its length, at most [Envelope#MAX_BODY]
    /// @return the sealed object, as by [#sealWithRandomSalt(ObjectType, byte\[\])]
    /// @throws IllegalArgumentException if the body is too long
    public SealedObject sealWithRandomSalt(ObjectType type, byte[] buffer, int offset, int length) {
        return encrypt(type, framed(type, buffer, offset, length), Envelope.context(suite, type),
                entropy.bytes(Envelope.DIGEST));
    }

    private static byte[] framed(ObjectType type, byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        Body body = Body.of(type, buffer, offset, length);
        byte[] envelope = new byte[Envelope.paddedLength(body.length())];
        Frame.write(envelope, body);
        return envelope;
    }

    private SealedObject encrypt(ObjectType type, byte[] envelope, byte[] context, byte[] salt) {
        Secret readKey = scope.blobSecret(context, salt);
        System.arraycopy(context, 0, envelope, 0, Envelope.FIXED);
        System.arraycopy(salt, 0, envelope, Envelope.SALT, Envelope.DIGEST);
        try (BlobKeys keys = BlobKeys.of(readKey, context)) {
            System.arraycopy(keys.commit(), 0, envelope, Envelope.COMMIT, Envelope.DIGEST);
            suite.aead().seal(keys.key(), keys.nonce(), Envelope.aad(envelope, type), envelope, Envelope.HEADER,
                    frameLength(envelope), envelope, Envelope.HEADER);
        }
        return new SealedObject(new Capability(Cid.ofEnvelope(envelope), readKey), envelope);
    }

    private static int frameLength(byte[] envelope) {
        return envelope.length - Envelope.HEADER - Envelope.TAG;
    }
}
