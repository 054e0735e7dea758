package org.stratobox.sync.object;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.crypto.envelope.ObjectType;

/// Objects in memory, "sealed" by their hash alone; deterministic as real sealing is.
final class MemoryObjects implements ObjectSink<ObjectException>, ObjectSource<ObjectException> {
    private final Map<Digest256, byte[]> bodies = new HashMap<>();
    int opened;
    int largest;

    @Override
    public Capability seal(ObjectType type, byte[] body) {
        if (body.length > Envelope.MAX_BODY) {
            throw new IllegalArgumentException("a body of " + body.length + " bytes");
        }
        largest = Math.max(largest, body.length);
        Digest256 hash = Sha256.of(new byte[]{(byte) type.code()}, body);
        bodies.put(hash, body);
        return new Capability(new Cid(hash), Secret.takeOwnership(Arrays.copyOf(hash.bytes(), 32)));
    }

    @Override
    public byte[] open(ObjectType type, Capability capability) throws ObjectException {
        opened++;
        byte[] body = bodies.get(capability.cid().digest());
        if (body == null || !Sha256.of(new byte[]{(byte) type.code()}, body).equals(capability.cid().digest())) {
            throw new ObjectException(ObjectException.Reason.BAD_VALUE, "no such object");
        }
        return body;
    }

    int count() {
        return bodies.size();
    }
}
