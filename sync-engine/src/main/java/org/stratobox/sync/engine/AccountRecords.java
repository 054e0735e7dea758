package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.AccountRecord;
import org.stratobox.sync.object.Certificates;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.EpochGrant;
import org.stratobox.sync.object.MeshDescriptor;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.Revocation;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.object.Succession;
import org.stratobox.sync.pack.PackException;

/// What the `keys/` space of the nodes says about an account: only what is signed as it must be (`format.md` 3.7).
///
/// @param certificates who may speak
/// @param cards certified devices and successions as they were signed, for copying into a next epoch
/// @param account every valid account record
/// @param mesh the newest mesh record signed by a certified device
/// @param grants keys of later epochs, signed by the root
/// @param genuine names of the objects that open and are properly signed
/// @param unusable objects that do not open or are not signed
record AccountRecords(Certificates certificates, Cards cards, List<AccountRecord> account,
        Optional<MeshDescriptor> mesh, List<EpochGrant> grants, Set<ObjectName> genuine, int unusable) {
    /// Signed records of devices.
    ///
    /// @param devices by the root
    /// @param successions by devices
    record Cards(List<Signed<DeviceRecord>> devices, List<Signed<Succession>> successions) {}

    SortedMap<DeviceId, DeviceRecord> devices() {
        return certificates.devices();
    }

    /// Whose words are ignored, and from which head on.
    SortedMap<DeviceId, Revocation> revocations() {
        return certificates.revoked();
    }

    Optional<AccountRecord> newestAccount() {
        return AccountRecord.newest(account);
    }

    /// The newest epoch the root has announced.
    int newestEpoch() {
        return account.stream().mapToInt(AccountRecord::epoch).max().orElse(0);
    }

    /// Reads every record that any of the nodes lists.
    ///
    /// @param keys of the epoch
    /// @param root the account's public root key
    /// @param mesh to ask
    /// @param names union of what the nodes list
    static AccountRecords read(EpochKey keys, VerifyKey root, Mesh mesh, Iterable<ObjectName> names)
            throws InterruptedException {
        Reader reader = new Reader(keys, root);
        for (ObjectName name : names) {
            try {
                reader.take(name, mesh.store().readReplicated(Space.KEYS, name));
            } catch (PackException e) {
                reader.unusable++;
            }
        }
        return reader.result();
    }

    /// Sorts objects by what opens them, then keeps what is properly signed.
    private static final class Reader {
        private final ScopeKey head;
        private final ScopeKey accountScope;
        private final VerifyKey root;
        private final Id16 accountId;
        private final SortedMap<ObjectName, Signed<DeviceRecord>> devices = new TreeMap<>();
        private final SortedMap<ObjectName, Signed<Succession>> successions = new TreeMap<>();
        private final List<AccountRecord> account = new ArrayList<>();
        private final List<EpochGrant> grants = new ArrayList<>();
        private final SortedMap<ObjectName, Signed<MeshDescriptor>> descriptors = new TreeMap<>();
        private final Set<ObjectName> genuine = new TreeSet<>();
        private int unusable;

        Reader(EpochKey keys, VerifyKey root) {
            head = keys.headScope();
            accountScope = keys.accountScope();
            this.root = root;
            accountId = Id16.of(RootIdentity.accountId(root));
        }

        void take(ObjectName name, byte[] envelope) {
            try {
                for (ObjectType type : List.of(ObjectType.DEVICE_RECORD, ObjectType.ACCOUNT_RECORD,
                        ObjectType.MESH_DESCRIPTOR, ObjectType.SUCCESSION, ObjectType.EPOCH_GRANT)) {
                    Optional<byte[]> body = tryOpen(type, name, envelope);
                    if (body.isPresent()) {
                        sort(type, name, body.get());
                        return;
                    }
                }
            } catch (CryptoException | ObjectException e) {
                // counted below
            }
            unusable++;
        }

        private void sort(ObjectType type, ObjectName name, byte[] body) throws ObjectException {
            switch (type) {
                case DEVICE_RECORD -> devices.put(name, DeviceRecord.decode(body));
                case SUCCESSION -> successions.put(name, Succession.decode(body));
                case MESH_DESCRIPTOR -> descriptors.put(name, MeshDescriptor.decode(body));
                case ACCOUNT_RECORD -> {
                    Signed<AccountRecord> signed = AccountRecord.decode(body);
                    if (isRoots(name, signed, signed.record().accountId())) {
                        account.add(signed.record());
                    }
                }
                default -> {
                    Signed<EpochGrant> signed = EpochGrant.decode(body);
                    if (isRoots(name, signed, signed.record().accountId())) {
                        grants.add(signed.record());
                    }
                }
            }
        }

        /// The commitment says whether an object is of a scope and type; anything else that is wrong is an error.
        private Optional<byte[]> tryOpen(ObjectType type, ObjectName name, byte[] envelope) throws CryptoException {
            boolean ofHeads = type == ObjectType.DEVICE_RECORD || type == ObjectType.SUCCESSION;
            try {
                return Optional.of(Opener.open(ofHeads ? head : accountScope, new Cid(name.digest()), type, envelope));
            } catch (CryptoException e) {
                if (e.reason() == CryptoException.Reason.WRONG_KEY) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private boolean isRoots(ObjectName name, Signed<?> signed, Id16 of) {
            boolean good = signed.verify(root) && of.equals(accountId);
            unusable += good ? 0 : 1;
            if (good) {
                genuine.add(name);
            }
            return good;
        }

        AccountRecords result() {
            Certificates certificates = Certificates.of(root, devices.values(), successions.values(), account);
            Map<ObjectName, Signed<DeviceRecord>> signedByRoot = new TreeMap<>(devices);
            signedByRoot.entrySet()
                    .removeIf(d -> !isRoots(d.getKey(), d.getValue(), d.getValue().record().accountId()));
            Map<ObjectName, Signed<Succession>> followed = new TreeMap<>(successions);
            followed.values().removeIf(s -> !certificates.successions().containsValue(s.record()));
            genuine.addAll(followed.keySet());
            unusable += successions.size() - followed.size();
            return new AccountRecords(certificates,
                    new Cards(List.copyOf(signedByRoot.values()), List.copyOf(followed.values())), account,
                    newestMesh(certificates), grants, genuine, unusable);
        }

        private Optional<MeshDescriptor> newestMesh(Certificates certificates) {
            Optional<MeshDescriptor> newest = Optional.empty();
            for (Map.Entry<ObjectName, Signed<MeshDescriptor>> named : descriptors.entrySet()) {
                Signed<MeshDescriptor> signed = named.getValue();
                Optional<DeviceRecord> author = certificates.device(signed.record().device());
                if (author.isEmpty() || !signed.verify(author.get().verifyKey())
                        || certificates.revoked().containsKey(author.get().device())) {
                    unusable++;
                    continue;
                }
                genuine.add(named.getKey());
                if (newest.isEmpty() || isNewer(signed.record(), newest.get())) {
                    newest = Optional.of(signed.record());
                }
            }
            return newest;
        }

        private static boolean isNewer(MeshDescriptor a, MeshDescriptor b) {
            return a.seq() != b.seq() ? a.seq() > b.seq() : a.hash().compareTo(b.hash()) > 0;
        }
    }
}
