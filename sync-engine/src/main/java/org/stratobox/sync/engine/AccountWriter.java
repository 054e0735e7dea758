package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.AccountPolicy;
import org.stratobox.sync.object.AccountRecord;
import org.stratobox.sync.object.Backend;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.Enrolment;
import org.stratobox.sync.object.EpochGrant;
import org.stratobox.sync.object.MeshDescriptor;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.object.Revocation;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.object.Succession;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredCopies;

/// Writes the records of an account to all nodes: who belongs to it and where its bytes are.
final class AccountWriter {
    private final DeviceKeys keys;
    private final Mesh mesh;
    private final long nowMillis;

    AccountWriter(DeviceKeys keys, Mesh mesh, long nowMillis) {
        this.keys = keys;
        this.mesh = mesh;
        this.nowMillis = nowMillis;
    }

    /// Certifies this device and renews the account record; needs the root, that is the phrase.
    List<StoredCopies> enrol(RootIdentity root, AccountRecords known, String label)
            throws PackException, InterruptedException {
        DeviceRecord device = new DeviceRecord(keys.device(), keys.identity().publicKey(),
                keys.identity().kemPublicKey(), nowMillis, label, keys.epoch().epoch(), keys.accountId());
        List<StoredCopies> stored = new ArrayList<>();
        stored.add(store(keys.headSealer(), ObjectType.DEVICE_RECORD, device.sign(root).encode()));
        stored.add(store(keys.accountSealer(), ObjectType.ACCOUNT_RECORD,
                account(known, device).sign(root).encode()));
        return stored;
    }

    /// A device goes on under a new identity; the old one, whose keys these are, says so.
    void succeed(Succession succession) throws PackException, InterruptedException {
        store(keys.headSealer(), ObjectType.SUCCESSION, succession.sign(keys.identity()).encode());
    }

    /// Another name for a device.
    void rename(RootIdentity root, DeviceRecord renamed) throws PackException, InterruptedException {
        store(keys.headSealer(), ObjectType.DEVICE_RECORD, renamed.sign(root).encode());
    }

    /// Copies what is known of devices into this epoch.
    void copy(AccountRecords.Cards cards) throws PackException, InterruptedException {
        for (Signed<DeviceRecord> device : cards.devices()) {
            store(keys.headSealer(), ObjectType.DEVICE_RECORD, device.encode());
        }
        for (Signed<Succession> succession : cards.successions()) {
            store(keys.headSealer(), ObjectType.SUCCESSION, succession.encode());
        }
    }

    /// Stores an account record in this epoch; of a later epoch it says that the account has moved there.
    StoredCopies announce(RootIdentity root, AccountRecord account) throws PackException, InterruptedException {
        return store(keys.accountSealer(), ObjectType.ACCOUNT_RECORD, account.sign(root).encode());
    }

    StoredCopies grant(RootIdentity root, EpochGrant grant) throws PackException, InterruptedException {
        return store(keys.accountSealer(), ObjectType.EPOCH_GRANT, grant.sign(root).encode());
    }

    /// The account record that follows the newest one, with more revocations.
    AccountRecord successor(AccountRecords known, int epoch, SortedMap<DeviceId, Revocation> revoked) {
        Optional<AccountRecord> newest = known.newestAccount();
        List<Enrolment> devices = new ArrayList<>();
        known.devices().values().stream().filter(d -> !revoked.containsKey(d.device()))
                .forEach(d -> devices.add(new Enrolment(d.device(), d.hash())));
        return new AccountRecord(keys.accountId(), epoch, newest.map(AccountRecord::seq).orElse(0L) + 1,
                newest.map(AccountRecord::hash).orElse(new Digest256(0, 0, 0, 0)), devices,
                List.copyOf(revoked.values()),
                newest.map(AccountRecord::policy).orElse(AccountPolicy.first(DeviceKeys.SUITE)),
                mesh.records().stream().map(n -> new Backend(n.node(), n.address(), n.domain())).toList(), nowMillis);
    }

    private AccountRecord account(AccountRecords known, DeviceRecord device) {
        Optional<AccountRecord> newest = known.newestAccount();
        List<Enrolment> devices = new ArrayList<>();
        known.devices().values().forEach(d -> devices.add(new Enrolment(d.device(), d.hash())));
        devices.add(new Enrolment(device.device(), device.hash()));
        devices.sort(Comparator.comparing(Enrolment::device));
        List<Revocation> revoked = List.copyOf(known.revocations().values());
        List<Backend> backends = mesh.records().stream()
                .map(n -> new Backend(n.node(), n.address(), n.domain())).toList();
        return new AccountRecord(keys.accountId(), keys.epoch().epoch(), newest.map(AccountRecord::seq).orElse(0L) + 1,
                newest.map(AccountRecord::hash).orElse(new Digest256(0, 0, 0, 0)), devices, revoked,
                newest.map(AccountRecord::policy).orElse(AccountPolicy.first(DeviceKeys.SUITE)), backends, nowMillis);
    }

    /// Tells all nodes which nodes there are.
    StoredCopies describe(AccountRecords known, List<NodeRecord> nodes) throws PackException, InterruptedException {
        Id16 account = keys.accountId();
        long seq = known.mesh().map(MeshDescriptor::seq).orElse(0L) + 1;
        MeshDescriptor descriptor = new MeshDescriptor(account, keys.device(), seq, nowMillis, nodes);
        return store(keys.accountSealer(), ObjectType.MESH_DESCRIPTOR, descriptor.sign(keys.identity()).encode());
    }

    private StoredCopies store(Sealer sealer, ObjectType type, byte[] body) throws PackException, InterruptedException {
        return mesh.store().storeReplicated(Space.KEYS, ByteBuffer.wrap(sealer.seal(type, body).envelope()));
    }
}
