package org.stratobox.sync.object;

import java.util.Arrays;
import java.util.List;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;

/// What a device keeps at rest in its keystore (`format.md` 3.1, 3.12): everything it needs to work without the phrase, and
/// never the phrase itself. `{1: epoch, 2: A_i, 3: device, 4: signing seed, 5: KEM seed, 6: index key, 7: root key,
/// 8: [[node, address, domain, credentials], ...]}`. Closing it destroys the secrets in it.
///
/// @param epoch account epoch i
/// @param epochSecret `A_i`, 32 bytes
/// @param device this device
/// @param signingSeed Ed25519 seed, 32 bytes
/// @param kemSeed X-Wing seed, 32 bytes
/// @param indexKey key of the local index, 32 bytes
/// @param root checks the root's signatures
/// @param nodes the mesh as this device knows it, with credentials
public record DeviceState(int epoch, Secret epochSecret, DeviceId device, Secret signingSeed, Secret kemSeed,
        Secret indexKey, VerifyKey root, List<NodeRecord> nodes) implements AutoCloseable {
    private static final int SECRET = 32;

    /// @throws IllegalArgumentException if a secret has another length
    public DeviceState {
        Limits.requireEpoch(epoch);
        for (Secret secret : List.of(epochSecret, signingSeed, kemSeed, indexKey)) {
            if (secret.length() != SECRET) {
                throw new IllegalArgumentException("a secret of another length than 32 bytes");
            }
        }
        nodes = List.copyOf(nodes);
        Limits.requireCount(nodes.size(), Limits.NODES);
    }

    /// @param newNodes the mesh as it is now
    /// @return the same device with that mesh; it shares the secrets with this one
    public DeviceState withNodes(List<NodeRecord> newNodes) {
        return new DeviceState(epoch, epochSecret, device, signingSeed, kemSeed, indexKey, root, newNodes);
    }

    /// @return the payload of the keystore; the caller closes it
    public Secret encode() {
        CborWriter out = new CborWriter(512 + nodes.size() * 160);
        out.map(8).uint(1).uint(epoch);
        secret(out.uint(2), epochSecret);
        out.uint(3).id(device.id());
        secret(out.uint(4), signingSeed);
        secret(out.uint(5), kemSeed);
        secret(out.uint(6), indexKey);
        NodeRecords.write(out.uint(7).bytes(root.bytes()).uint(8), nodes);
        byte[] body = out.toByteArray();
        out.wipe();
        return Secret.takeOwnership(body);
    }

    /// @param payload of an opened keystore; stays open
    /// @return the state; the caller closes it
    /// @throws ObjectException if it is anything else
    public static DeviceState decode(Secret payload) throws ObjectException {
        byte[] body = payload.exposeCopy();
        try {
            return decode(new CborReader(body));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private static DeviceState decode(CborReader in) throws ObjectException {
        MapFields fields = new MapFields(in);
        fields.key(1);
        int epoch = Limits.epoch(in);
        fields.key(2);
        Secret epochSecret = secret(in);
        fields.key(3);
        DeviceId device = new DeviceId(in.id());
        fields.key(4);
        Secret signing = secret(in);
        fields.key(5);
        Secret kem = secret(in);
        fields.key(6);
        Secret index = secret(in);
        fields.key(7);
        VerifyKey root = VerifyKey.of(in.bytesExactly(VerifyKey.BYTES));
        fields.key(8);
        List<NodeRecord> nodes = NodeRecords.read(in);
        fields.endOfInput();
        return new DeviceState(epoch, epochSecret, device, signing, kem, index, root, nodes);
    }

    /// Destroys the secrets, also those of the nodes.
    @Override
    public void close() {
        List.of(epochSecret, signingSeed, kemSeed, indexKey).forEach(Secret::close);
        nodes.forEach(node -> node.credentials().close());
    }

    @Override
    public String toString() {
        return "DeviceState[" + device + "]";
    }

    private static void secret(CborWriter out, Secret secret) {
        byte[] copy = secret.exposeCopy();
        out.bytes(copy);
        Arrays.fill(copy, (byte) 0);
    }

    private static Secret secret(CborReader in) throws ObjectException {
        return Secret.takeOwnership(in.bytesExactly(SECRET));
    }
}
