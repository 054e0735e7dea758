package org.stratobox.sync.object;

import java.util.Arrays;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Capability;

/// `cap = [cid32, B32]` (`format.md` 3.6).
final class Capabilities {
    /// Encoded length in bytes.
    static final int BYTES = 69;

    private static final int KEY = 32;

    private Capabilities() {}

    static void write(CborWriter out, Capability capability) {
        out.array(2);
        writeParts(out, capability);
    }

    static void writeParts(CborWriter out, Capability capability) {
        out.digest(capability.cid().digest());
        byte[] key = capability.readKey().exposeCopy();
        out.bytes(key);
        Arrays.fill(key, (byte) 0);
    }

    static Capability read(CborReader in) throws ObjectException {
        in.arrayOf(2);
        return readParts(in);
    }

    static Capability readParts(CborReader in) throws ObjectException {
        Cid cid = new Cid(in.digest());
        return new Capability(cid, Secret.takeOwnership(in.bytesExactly(KEY)));
    }
}
