package org.stratobox.sync.engine;

import java.util.Set;
import java.util.TreeSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.object.Succession;
import org.stratobox.sync.pack.PackException;

/// A home whose identity is used elsewhere goes on as another device (`sync.md` 5): new id, new keys, an own counter name
/// space. The old device vouches for the new one; what was on the disk and in the index stays.
final class NewIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(NewIdentity.class);

    private final Session session;

    NewIdentity(Session session) {
        this.session = session;
    }

    /// @param records of the account as just read
    /// @param last the newest head that is surely this home's own
    /// @return what the user is told, once
    String take(AccountRecords records, ChainPoint last)
            throws StratoboxException, IndexException, PackException, InterruptedException {
        DeviceKeys old = session.keys();
        SyncIndex index = session.index();
        EngineParts parts = session.parts();
        LOG.warn("the identity of this home is used elsewhere; it goes on under a new one");
        String oldLabel = records.certificates().device(old.device()).map(DeviceRecord::label).orElse("device");
        String label = label(oldLabel, records);
        try (DeviceIdentity identity = DeviceIdentity.create(parts.entropy())) {
            DeviceRecord successor = new DeviceRecord(DeviceId.of(identity.deviceId()), identity.publicKey(),
                    identity.kemPublicKey(), parts.clock().millis(), label, old.epoch().epoch(), old.accountId());
            new AccountWriter(old, session.mesh(), parts.clock().millis())
                    .succeed(new Succession(old.device(), last, successor));
            DeviceState state = old.state().withIdentity(successor.device(),
                    Secret.takeOwnership(identity.exposeSigningSeed().exposeCopy()),
                    Secret.takeOwnership(identity.exposeKemSeed().exposeCopy()));
            // the index is this home's under either name while both are possible
            IndexFile.expect(index, successor.device());
            session.replace(new DeviceKeys(state, parts.entropy()), session.mesh());
            new Restamp(index, old.device(), successor.device()).after(last, session.syncedFolders());
            IndexFile.belongsTo(index, successor.device());
            return new TrustBook(index, records.certificates(), parts.clock().millis())
                    .newIdentity(successor.device(), oldLabel, label);
        }
    }

    /// `desk`, `desk 2`, `desk 3`, whichever is free.
    private static String label(String old, AccountRecords records) {
        Set<String> taken = new TreeSet<>();
        records.devices().values().forEach(d -> taken.add(d.label()));
        String stem = old.replaceFirst(" [0-9]+$", "");
        int number = 2;
        while (taken.contains(stem + " " + number)) {
            number++;
        }
        return stem + " " + number;
    }
}
