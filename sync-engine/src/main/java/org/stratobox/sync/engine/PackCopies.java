package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.collect.Reachability;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.Debt;
import org.stratobox.sync.pack.PackBuilder;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredPack;

/// Copies what is needed of little used packs into new ones, before a plan names the old ones.
final class PackCopies {
    private final Session session;
    private final SyncIndex index;
    private final PackBuilder builder;

    PackCopies(Session session) {
        this.session = session;
        index = session.index();
        builder = new PackBuilder(session.keys().accountSealer(), PackBuilder.DEFAULT_CAPACITY);
    }

    void copyNeeded(Collection<Digest256> packs, Reachability needed)
            throws IndexException, PackException, HistoryException, InterruptedException {
        Set<Cid> copied = new HashSet<>();
        for (Digest256 id : packs) {
            PackRecord pack = index.packs().pack(id).orElseThrow();
            List<PackItem> live = new ArrayList<>();
            for (PackItem item : index.packs().items(id)) {
                if (needed.isReached(item.cid()) && copied.add(item.cid())) {
                    live.add(item);
                }
            }
            List<byte[]> envelopes = live.isEmpty()
                    ? List.of()
                    : session.mesh().store().readEnvelopes(pack, live);
            for (int i = 0; i < live.size(); i++) {
                if (!builder.fits(live.get(i).length())) {
                    store();
                }
                builder.add(live.get(i).type(), live.get(i).cid(), envelopes.get(i));
            }
        }
        if (builder.items() > 0) {
            store();
        }
        PackPublishing.publish(session);
    }

    private void store() throws IndexException, PackException, InterruptedException {
        StoredPack stored = session.mesh().store().store(builder.finish());
        index.transact(() -> {
            index.packs().add(stored.record(), false);
            for (Debt.OfShare debt : stored.debts()) {
                index.packs().addDebt(new PackDebt(debt.packId(), debt.share(), debt.node()));
            }
        });
        builder.reset();
    }
}
