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
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.AccountRecord;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.MeshDescriptor;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.Revocation;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackException;

/// What the `keys/` space of the nodes says about an account: only what is signed as it must be (`format.md` 3.7).
///
/// @param devices certified by the root
/// @param account every valid account record
/// @param mesh the newest mesh record signed by a certified device
/// @param genuine names of the objects that open and are properly signed
/// @param unusable objects that do not open or are not signed
record AccountRecords(SortedMap<DeviceId, DeviceRecord> devices, List<AccountRecord> account,
        Optional<MeshDescriptor> mesh, Set<ObjectName> genuine, int unusable) {
    /// Whose words are ignored, and from which head on.
    Map<DeviceId, Revocation> revocations() {
        return AccountRecord.revocations(account);
    }

    Optional<AccountRecord> newestAccount() {
        return AccountRecord.newest(account);
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
        private final EpochKey keys;
        private final VerifyKey root;
        private final Id16 accountId;
        private final SortedMap<DeviceId, DeviceRecord> devices = new TreeMap<>();
        private final List<AccountRecord> account = new ArrayList<>();
        private final SortedMap<ObjectName, Signed<MeshDescriptor>> descriptors = new TreeMap<>();
        private final Set<ObjectName> genuine = new TreeSet<>();
        private int unusable;

        Reader(EpochKey keys, VerifyKey root) {
            this.keys = keys;
            this.root = root;
            accountId = Id16.of(RootIdentity.accountId(root));
        }

        void take(ObjectName name, byte[] envelope) {
            Cid cid = new Cid(name.digest());
            try {
                Optional<byte[]> device = tryOpen(ObjectType.DEVICE_RECORD, cid, envelope);
                Optional<byte[]> record = tryOpen(ObjectType.ACCOUNT_RECORD, cid, envelope);
                if (device.isPresent()) {
                    device(name, DeviceRecord.decode(device.get()));
                } else if (record.isPresent()) {
                    account(name, AccountRecord.decode(record.get()));
                } else {
                    descriptors.put(name, MeshDescriptor
                            .decode(Opener.open(keys.accountScope(), cid, ObjectType.MESH_DESCRIPTOR, envelope)));
                }
            } catch (CryptoException | ObjectException e) {
                unusable++;
            }
        }

        /// The commitment says whether an object is of a scope and type; anything else that is wrong is an error.
        private Optional<byte[]> tryOpen(ObjectType type, Cid cid, byte[] envelope) throws CryptoException {
            try {
                return Optional.of(Opener.open(
                        type == ObjectType.DEVICE_RECORD ? keys.headScope() : keys.accountScope(), cid, type,
                        envelope));
            } catch (CryptoException e) {
                if (e.reason() == CryptoException.Reason.WRONG_KEY) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private void device(ObjectName name, Signed<DeviceRecord> signed) {
            if (signed.verify(root) && signed.record().accountId().equals(accountId)) {
                devices.put(signed.record().device(), signed.record());
                genuine.add(name);
            } else {
                unusable++;
            }
        }

        private void account(ObjectName name, Signed<AccountRecord> signed) {
            if (signed.verify(root) && signed.record().accountId().equals(accountId)) {
                account.add(signed.record());
                genuine.add(name);
            } else {
                unusable++;
            }
        }

        AccountRecords result() {
            Optional<MeshDescriptor> newest = Optional.empty();
            for (Map.Entry<ObjectName, Signed<MeshDescriptor>> named : descriptors.entrySet()) {
                Signed<MeshDescriptor> signed = named.getValue();
                DeviceRecord author = devices.get(signed.record().device());
                if (author == null || !signed.verify(author.verifyKey())
                        || AccountRecord.revocations(account).containsKey(author.device())) {
                    unusable++;
                    continue;
                }
                genuine.add(named.getKey());
                if (newest.isEmpty() || isNewer(signed.record(), newest.get())) {
                    newest = Optional.of(signed.record());
                }
            }
            return new AccountRecords(devices, account, newest, genuine, unusable);
        }

        private static boolean isNewer(MeshDescriptor a, MeshDescriptor b) {
            return a.seq() != b.seq() ? a.seq() > b.seq() : a.hash().compareTo(b.hash()) > 0;
        }
    }
}
