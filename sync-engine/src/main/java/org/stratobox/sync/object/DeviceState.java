package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;

/// What a device keeps at rest in its keystore (`format.md` 3.1, 3.12): everything it needs to work without the phrase, and
/// never the phrase itself. `{1: epoch, 2: A_i, 3: device, 4: signing seed, 5: KEM seed, 6: index key, 7: root key,
/// 8: [[node, address, domain, credentials], ...], 64: [A_0, ..., A_(i-1)]}`, the last only after the first epoch. Closing
/// it destroys the secrets in it.
///
/// Earlier epochs are kept because what was written in them is still read: heads of devices that have not followed yet,
/// history, and the ids of folders, which come from the first epoch for good.
///
/// @param epoch account epoch i
/// @param epochSecret `A_i`, 32 bytes
/// @param device this device
/// @param signingSeed Ed25519 seed, 32 bytes
/// @param kemSeed X-Wing seed, 32 bytes
/// @param indexKey key of the local index, 32 bytes
/// @param root checks the root's signatures
/// @param nodes the mesh as this device knows it, with credentials
/// @param former secrets of the epochs before, from 0 on, 32 bytes each
public record DeviceState(int epoch, Secret epochSecret, DeviceId device, Secret signingSeed, Secret kemSeed,
        Secret indexKey, VerifyKey root, List<NodeRecord> nodes, List<Secret> former) implements AutoCloseable {
    private static final int SECRET = 32;
    private static final int FORMER = 64;
    private static final int MAX_FORMER = 1024;

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
        former = List.copyOf(former);
        if (former.size() > MAX_FORMER || former.stream().anyMatch(s -> s.length() != SECRET)) {
            throw new IllegalArgumentException("secrets of earlier epochs have 32 bytes");
        }
    }

    /// A device in the first epoch it knows.
    ///
    /// @param epoch account epoch i
    /// @param epochSecret `A_i`, 32 bytes
    /// @param device this device
    /// @param signingSeed Ed25519 seed, 32 bytes
    /// @param kemSeed X-Wing seed, 32 bytes
    /// @param indexKey key of the local index, 32 bytes
    /// @param root checks the root's signatures
    /// @param nodes the mesh as this device knows it, with credentials
    public DeviceState(int epoch, Secret epochSecret, DeviceId device, Secret signingSeed, Secret kemSeed,
            Secret indexKey, VerifyKey root, List<NodeRecord> nodes) {
        this(epoch, epochSecret, device, signingSeed, kemSeed, indexKey, root, nodes, List.of());
    }

    /// @param newNodes the mesh as it is now
    /// @return the same device with that mesh; it shares the secrets with this one
    public DeviceState withNodes(List<NodeRecord> newNodes) {
        return new DeviceState(epoch, epochSecret, device, signingSeed, kemSeed, indexKey, root, newNodes, former);
    }

    /// @param next the new epoch
    /// @param secret its `A_i`
    /// @return the same device in the next epoch; it shares the secrets with this one
    public DeviceState withEpoch(int next, Secret secret) {
        List<Secret> all = new ArrayList<>(former);
        all.add(epochSecret);
        return new DeviceState(next, secret, device, signingSeed, kemSeed, indexKey, root, nodes, all);
    }

    /// @param newDevice the new identity
    /// @param newSigningSeed its Ed25519 seed
    /// @param newKemSeed its X-Wing seed
    /// @return the same home as another device; it shares the other secrets with this one
    public DeviceState withIdentity(DeviceId newDevice, Secret newSigningSeed, Secret newKemSeed) {
        return new DeviceState(epoch, epochSecret, newDevice, newSigningSeed, newKemSeed, indexKey, root, nodes,
                former);
    }

    /// @return the payload of the keystore; the caller closes it
    public Secret encode() {
        CborWriter out = new CborWriter(512 + nodes.size() * 160 + former.size() * 40);
        out.map(former.isEmpty() ? 8 : 9).uint(1).uint(epoch);
        secret(out.uint(2), epochSecret);
        out.uint(3).id(device.id());
        secret(out.uint(4), signingSeed);
        secret(out.uint(5), kemSeed);
        secret(out.uint(6), indexKey);
        NodeRecords.write(out.uint(7).bytes(root.bytes()).uint(8), nodes);
        if (!former.isEmpty()) {
            out.uint(FORMER).array(former.size());
            former.forEach(secret -> secret(out, secret));
        }
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
        List<Secret> former = new ArrayList<>();
        if (fields.optional(FORMER)) {
            for (int left = in.array(MAX_FORMER, SECRET); left > 0; left--) {
                former.add(secret(in));
            }
        }
        fields.endOfInput();
        return new DeviceState(epoch, epochSecret, device, signing, kem, index, root, nodes, former);
    }

    /// Destroys the secrets, also those of the nodes.
    @Override
    public void close() {
        List.of(epochSecret, signingSeed, kemSeed, indexKey).forEach(Secret::close);
        former.forEach(Secret::close);
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
