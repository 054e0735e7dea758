package org.stratobox.sync.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.EpochTransfer;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.sync.api.Devices.Removal;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.object.AccountRecord;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.EpochGrant;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.Revocation;
import org.stratobox.sync.pack.PackException;

/// The account's next epoch (`format.md` 3.7, 3.15): new keys and a new namespace that a removed device knows nothing of.
/// Nothing is uploaded again: packs stay where they are, capabilities are copied forward, earlier namespaces are still read.
///
/// Order of a removal, so that a crash in between leaves an account that works: records into the new namespace, the keys for
/// those who stay into the old one, and last, in the old one, the record that says so.
final class EpochMove {
    private static final Logger LOG = LoggerFactory.getLogger(EpochMove.class);

    private final Session session;

    EpochMove(Session session) {
        this.session = session;
    }

    /// Removes devices and moves the account to the next epoch.
    ///
    /// @param state as just read, with nothing to be done first
    /// @param gone devices that are removed
    Removal remove(AccountState state, Set<DeviceId> gone, MasterKeys master, RootIdentity root)
            throws StratoboxException, IndexException, PackException, InterruptedException {
        DeviceKeys old = session.keys();
        AccountRecords known = state.records();
        SortedMap<DeviceId, Revocation> revoked = revocations(state, gone);
        int next = old.epoch().epoch() + 1;
        try (EpochKey key = master.epoch(next)) {
            DeviceKeys keys = moved(old, key);
            long now = session.parts().clock().millis();
            AccountWriter before = new AccountWriter(old, session.mesh(), now);
            AccountRecord record = before.successor(known, next, revoked);
            EpochGrant grant = grant(known, revoked, key);
            Mesh mesh = open(keys);
            boolean done = false;
            try {
                prepare(mesh);
                AccountWriter after = new AccountWriter(keys, mesh, now);
                after.copy(known.cards());
                after.describe(known, keys.nodes());
                long debts = after.announce(root, record).debts().size();
                debts += before.grant(root, grant).debts().size();
                debts += before.announce(root, record).debts().size();
                take(keys, mesh);
                done = true;
                return new Removal(next, grant.transfers().size() - 1, debts);
            } finally {
                if (!done) {
                    mesh.close();
                }
            }
        }
    }

    /// What the removed devices said until now counts, as far as this device has accepted it.
    private static SortedMap<DeviceId, Revocation> revocations(AccountState state, Set<DeviceId> gone) {
        SortedMap<DeviceId, Revocation> revoked = new TreeMap<>(state.records().revocations());
        Map<DeviceId, Head> newest = state.newestMergeable();
        for (DeviceId device : gone) {
            ChainPoint last = Optional.ofNullable(newest.get(device)).map(Head::point).orElse(ChainPoint.NONE);
            revoked.putIfAbsent(device, new Revocation(device, last));
        }
        return revoked;
    }

    private EpochGrant grant(AccountRecords known, SortedMap<DeviceId, Revocation> revoked, EpochKey key) {
        Map<DeviceId, byte[]> transfers = new TreeMap<>();
        for (DeviceRecord device : known.devices().values()) {
            if (!revoked.containsKey(device.device())) {
                transfers.put(device.device(), EpochTransfer.seal(key, device.device().bytes(), device.kemKey(),
                        session.parts().entropy()));
            }
        }
        return new EpochGrant(session.keys().accountId(), key.epoch(), transfers);
    }

    /// Follows an account whose keys have changed.
    ///
    /// @param records of the namespace that was left, with a record of a later epoch
    void follow(AccountRecords records) throws StratoboxException, IndexException, InterruptedException {
        DeviceKeys old = session.keys();
        int next = old.epoch().epoch() + 1;
        Optional<byte[]> transfer = records.grants().stream().filter(g -> g.epoch() == next)
                .flatMap(g -> g.of(old.device()).stream()).findFirst();
        if (transfer.isEmpty()) {
            throw new StratoboxException(Reason.FAILED, "The account has new keys since a device was removed, and this"
                    + " device was not given them. Its files stay as they are. Set it up in a new home with the phrase:"
                    + " stratobox init");
        }
        try (EpochKey key = EpochTransfer.open(transfer.get(), next, old.identity())) {
            DeviceKeys keys = moved(old, key);
            Mesh mesh = open(keys);
            boolean done = false;
            try {
                AccountRecords there = Setup.records(keys, mesh);
                if (there.newestAccount().filter(a -> a.epoch() >= next).isEmpty()) {
                    throw new StratoboxException(Reason.NO_NODE,
                            "The account has new keys, but no node that was reached"
                                    + " has its records yet. Nothing was changed; try again when more nodes are there.");
                }
                take(keys, mesh);
                done = true;
            } finally {
                if (!done) {
                    mesh.close();
                }
            }
        }
        LOG.info("this device follows the account into its next epoch");
    }

    private DeviceKeys moved(DeviceKeys old, EpochKey key) {
        return new DeviceKeys(old.state().withEpoch(key.epoch(), Secret.takeOwnership(key.expose().exposeCopy())),
                session.parts().entropy());
    }

    private Mesh open(DeviceKeys keys) throws StratoboxException {
        return Mesh.open(session.parts(), keys.nodes(), keys.tags(), Mesh.OF_ALL_EPOCHS);
    }

    /// As many as can be reached; the others are prepared when they are back. Asking is enough: a layered node prepares the
    /// new namespace beside the old one, and only there, so that an unmounted disk is not mistaken for an empty one.
    private static void prepare(Mesh mesh) {
        for (MeshNode node : mesh.nodes()) {
            try {
                node.isPrepared();
            } catch (NodeException e) {
                LOG.warn("a node could not be prepared for the next epoch: {}", e.getClass().getSimpleName());
            }
        }
    }

    /// The index follows: index objects of the old namespace are not looked at any more, so the new one gets all of them; and
    /// a head is published although no file has changed.
    private void take(DeviceKeys keys, Mesh mesh) throws StratoboxException, IndexException {
        session.replace(keys, mesh);
        SyncIndex index = session.index();
        index.transact(() -> {
            index.packs().forgetIndexObjects();
            for (var debt : index.packs().copyDebts()) {
                if (!debt.space().equals(Space.HEAD.directory())) {
                    index.packs().removeCopyDebt(debt);
                }
            }
            SyncPass.publishAnyway(index);
        });
    }
}
