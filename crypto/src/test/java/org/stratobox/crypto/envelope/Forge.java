package org.stratobox.crypto.envelope;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.ScopeKey;

/// Seals frames that [Sealer] would never make: what a holder of the scope secret could put on a node.
final class Forge {
    private Forge() {}

    /// @param size length of the envelope to make
    static byte[] frame(int size, int comp, int stored, int raw, byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(size - Envelope.HEADER - Envelope.TAG);
        frame.put((byte) 1).put((byte) comp).putShort((short) 0).putInt(stored).putInt(raw).put(body);
        return frame.array();
    }

    static SealedObject seal(ScopeKey scope, Suite suite, ObjectType type, byte[] frame) {
        byte[] envelope = new byte[frame.length + Envelope.HEADER + Envelope.TAG];
        byte[] context = Envelope.context(suite, type);
        byte[] salt = scope.syntheticSalt(context, frame, 0, frame.length);
        Secret readKey = scope.blobSecret(context, salt);
        System.arraycopy(context, 0, envelope, 0, 8);
        System.arraycopy(salt, 0, envelope, 8, 32);
        try (BlobKeys keys = BlobKeys.of(readKey, context)) {
            System.arraycopy(keys.commit(), 0, envelope, 40, 32);
            suite.aead().seal(keys.key(), keys.nonce(), Envelope.aad(envelope, type), frame, 0, frame.length, envelope,
                    72);
        }
        return new SealedObject(new Capability(Cid.ofEnvelope(envelope), readKey), envelope);
    }

    /// @return the plaintext of the AEAD, unparsed
    static byte[] frameOf(SealedObject sealed, Suite suite, ObjectType type) {
        byte[] envelope = sealed.envelope();
        try (BlobKeys keys = BlobKeys.of(sealed.capability().readKey(), Envelope.context(suite, type))) {
            return suite.aead().open(keys.key(), keys.nonce(), Envelope.aad(envelope, type), envelope, 72,
                    envelope.length - 72).orElseThrow();
        }
    }

    static byte[] repeated(int value, int count) {
        byte[] out = new byte[count];
        Arrays.fill(out, (byte) value);
        return out;
    }
}
