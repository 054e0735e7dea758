package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.SignatureContext;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;

/// The nodes of the mesh, type 12 (`mesh.md` 6), kept on all of them so that a device that reaches one finds the others:
/// `{1: account, 2: device, 3: seq, 4: time, 5: [[node, address, domain, credentials], ...], 6: signature}`.
///
/// A reader takes the valid one with the highest sequence number, on a tie the one with the greater hash, and remembers
/// the highest it has seen.
///
/// @param accountId which account
/// @param device who signs it
/// @param seq 1 for the first, then one more than the newest one known
/// @param wallMillis the device's clock, milliseconds since 1970
/// @param nodes at most 1 024
public record MeshDescriptor(Id16 accountId, DeviceId device, long seq, long wallMillis, List<NodeRecord> nodes)
        implements
            Signable {
    private static final byte[] HASH = "stratobox/v1/mesh-hash\0".getBytes(StandardCharsets.US_ASCII);

    /// @throws IllegalArgumentException if a number is out of range
    public MeshDescriptor {
        Limits.requireSeq(seq);
        Limits.requireMillis(wallMillis);
        nodes = List.copyOf(nodes);
        Limits.requireCount(nodes.size(), Limits.NODES);
    }

    @Override
    public SignatureContext context() {
        return SignatureContext.MESH;
    }

    @Override
    public int signatureKey() {
        return 6;
    }

    /// @return `SHA-256("stratobox/v1/mesh-hash" || 0 || CBOR(1..5))`
    @Override
    public Digest256 hash() {
        return Sha256.of(HASH, unsigned());
    }

    /// @param identity the device named in it
    /// @return this descriptor with its signature
    /// @throws IllegalArgumentException if it is another device
    public Signed<MeshDescriptor> sign(DeviceIdentity identity) {
        if (!DeviceId.of(identity.deviceId()).equals(device)) {
            throw new IllegalArgumentException("a descriptor of another device");
        }
        return new Signed<>(this, new Signature(identity.sign(context(), unsigned())));
    }

    @Override
    public byte[] unsigned() {
        CborWriter out = new CborWriter(128 + nodes.size() * 160);
        out.map(5).uint(1).id(accountId).uint(2).id(device.id()).uint(3).uint(seq).uint(4).integer(wallMillis).uint(5);
        NodeRecords.write(out, nodes);
        byte[] unsigned = out.toByteArray();
        out.wipe();
        return unsigned;
    }

    /// @param body an opened object of type 12
    /// @return the descriptor; its signature is still to be verified
    /// @throws ObjectException if it is anything else
    public static Signed<MeshDescriptor> decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        Id16 account = in.id();
        fields.key(2);
        DeviceId device = new DeviceId(in.id());
        fields.key(3);
        long seq = Limits.seq(in);
        fields.key(4);
        long wall = Limits.millis(in);
        fields.key(5);
        MeshDescriptor descriptor = new MeshDescriptor(account, device, seq, wall, NodeRecords.read(in));
        fields.key(6);
        Signature signature = new Signature(in.bytesExactly(VerifyKey.SIGNATURE_BYTES));
        fields.endOfInput();
        return new Signed<>(descriptor, signature);
    }
}
