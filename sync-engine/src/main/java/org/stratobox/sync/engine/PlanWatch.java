package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.collect.GcRules;
import org.stratobox.sync.index.CollectorTable;
import org.stratobox.sync.index.CollectorTable.HeededPlan;
import org.stratobox.sync.index.CollectorTable.PlanState;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.GcPlan;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.PackException;

/// Everybody's side of collecting (`format.md` 3.10), before every pass: takes plans in, notices when they end, finds out which
/// packs are gone, and, after a long absence, whether what the index knows is still there.
final class PlanWatch {
    /// Set while something of a long absence is still to be looked at.
    private static final String UNSURE = "packs-unsure";

    private final Session session;
    private final AccountState state;
    private final SyncIndex index;
    private final CollectorTable table;
    private final long now;

    PlanWatch(Session session, AccountState state) {
        this.session = session;
        this.state = state;
        index = session.index();
        table = index.collector();
        now = session.parts().clock().millis();
    }

    /// Must come between reading the account's state and a pass.
    void heed() throws IndexException, StratoboxException, InterruptedException {
        Map<NodeId, Mesh.Answer> answers = session.mesh().list(Space.LOCK);
        takeIn(AccountState.union(answers));
        for (HeededPlan plan : table.plans()) {
            follow(plan);
        }
        boolean dormant = GcRules.isDormant(state.chain().own().map(Head::wallMillis), now);
        boolean unsure = dormant || index.get(UNSURE).filter(flag -> flag[0] == 1).isPresent();
        List<HeededPlan> ended = table.plans().stream().filter(p -> p.state() == PlanState.ENDED).toList();
        if (unsure || !ended.isEmpty()) {
            settle(ended, unsure, dormant);
        }
        tidy(answers);
    }

    private void takeIn(Set<ObjectName> listed) throws IndexException, InterruptedException {
        Set<ObjectName> known = new HashSet<>();
        table.plans().forEach(p -> known.add(p.name()));
        for (ObjectName name : listed) {
            Optional<GcPlan> plan = known.contains(name) ? Optional.empty() : read(name);
            if (plan.isPresent() && GcRules.isOpen(plan.get(), false, Optional.empty(), now)) {
                index.transact(() -> {
                    table.put(new HeededPlan(name, plan.get(), PlanState.OPEN, false));
                    // the next head says that this device heeds it
                    SyncPass.publishAnyway(index);
                });
            }
        }
    }

    private Optional<GcPlan> read(ObjectName name) throws InterruptedException {
        try {
            byte[] envelope = session.mesh().store().readReplicated(Space.LOCK, name);
            GcPlan plan = GcPlan.decode(Opener.open(session.keys().epoch().accountScope(), new Cid(name.digest()),
                    ObjectType.GC_PLAN, envelope));
            return Optional.of(plan).filter(p -> p.accountId().equals(session.keys().accountId())
                    && state.records().certificates().device(p.author()).isPresent());
        } catch (PackException | CryptoException | ObjectException e) {
            return Optional.empty();
        }
    }

    private void follow(HeededPlan heeded) throws IndexException {
        if (heeded.state() == PlanState.ENDED || heeded.state() == PlanState.OVER) {
            return;
        }
        DeviceId author = heeded.plan().author();
        boolean own = author.equals(session.keys().device());
        Optional<Head> head = own
                ? state.chain().own()
                : Optional.ofNullable(state.newestMergeable().get(author))
                        .filter(h -> !state.records().revocations().containsKey(author));
        boolean announced = heeded.announced()
                || head.filter(h -> h.gcAcks().contains(heeded.plan().id())).isPresent();
        HeededPlan next = new HeededPlan(heeded.name(), heeded.plan(), heeded.state(), announced);
        // the author ends its own plans itself
        boolean open = GcRules.isOpen(heeded.plan(), announced && !own, head, now);
        if (!open || announced != heeded.announced()) {
            table.put(open ? next : next.in(PlanState.ENDED));
        }
    }

    /// Packs of which fewer shares are listed than rebuild them are gone. While a node does not answer nobody can say that;
    /// then they are not referenced anew.
    private void settle(List<HeededPlan> ended, boolean unsure, boolean dormant)
            throws IndexException, StratoboxException, InterruptedException {
        Map<NodeId, Mesh.Answer> answers = session.mesh().list(Space.DATA);
        boolean sure = answers.values().stream().allMatch(a -> a.names().isPresent());
        Set<ObjectName> listed = AccountState.union(answers);
        Set<Digest256> asked = new HashSet<>();
        ended.forEach(p -> asked.addAll(p.plan().packs()));
        List<Digest256> missing = new ArrayList<>();
        for (PackRecord pack : index.packs().packs()) {
            long shares = pack.shares().stream().filter(s -> listed.contains(s.name())).map(s -> s.index()).distinct()
                    .count();
            if ((unsure || asked.contains(pack.packId())) && shares < pack.k() && isAbsent(pack)) {
                missing.add(pack.packId());
            }
        }
        if (!sure) {
            table.suspect(missing);
            index.set(UNSURE, new byte[]{(byte) (unsure ? 1 : 0)});
            if (dormant) {
                new Absence(session).lookAgain();
            }
            return;
        }
        table.suspect(List.of());
        for (Digest256 pack : missing) {
            table.gone(pack);
        }
        for (HeededPlan plan : ended) {
            table.put(plan.in(PlanState.OVER));
        }
        if (dormant || (unsure && !missing.isEmpty())) {
            new Absence(session).lookAgain();
        }
        index.set(UNSURE, new byte[]{0});
    }

    /// A list may be old: that something is gone counts only when each node that had it says so when it is asked by name.
    private boolean isAbsent(PackRecord pack) {
        Map<NodeId, MeshNode> nodes = new HashMap<>();
        session.mesh().nodes().forEach(node -> nodes.put(node.spec().id(), node));
        long left = pack.shares().stream().filter(share -> mayHave(Optional.ofNullable(nodes.get(share.node())), share))
                .map(StoredShare::index).distinct().count();
        return left < pack.k();
    }

    private static boolean mayHave(Optional<MeshNode> node, StoredShare share) {
        try {
            return node.isPresent() && node.get().size(Space.DATA, share.name()).isPresent();
        } catch (NodeException e) {
            return true;
        }
    }

    /// Plans that are over for long are taken from the nodes by their authors, and forgotten when they are not there any more.
    private void tidy(Map<NodeId, Mesh.Answer> answers) throws IndexException {
        Set<ObjectName> listed = AccountState.union(answers);
        for (HeededPlan plan : table.plans()) {
            boolean old = plan.state() == PlanState.OVER
                    && now - plan.plan().createdMillis() > GcRules.HEEDED_MILLIS;
            if (old && !listed.contains(plan.name())) {
                table.forget(plan.plan().id());
            } else if (old && plan.plan().author().equals(session.keys().device())) {
                delete(plan.name());
            }
        }
    }

    private void delete(ObjectName name) {
        for (MeshNode node : session.mesh().nodes()) {
            try {
                node.delete(Space.LOCK, name);
            } catch (NodeException e) {
                // the next time
            }
        }
    }
}
