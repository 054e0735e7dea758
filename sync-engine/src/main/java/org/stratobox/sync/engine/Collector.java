package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.CollectReport.Consent;
import org.stratobox.sync.api.CollectReport.Outcome;
import org.stratobox.sync.collect.GcRules;
import org.stratobox.sync.collect.GcRules.Usage;
import org.stratobox.sync.collect.Reachability;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.CollectorTable;
import org.stratobox.sync.index.CollectorTable.HeededPlan;
import org.stratobox.sync.index.CollectorTable.PlanState;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.GcPlan;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.PackException;

/// The author's side of collecting unused packs (`format.md` 3.10). Every call is one step: it makes a plan, finds that it has
/// to wait, or deletes. What others must agree to goes out with the next head.
final class Collector {
    private static final long CACHE_BYTES = 32L << 20;

    private final Session session;
    private final SyncIndex index;
    private final CollectorTable table;
    private final long now;

    Collector(Session session) {
        this.session = session;
        index = session.index();
        table = index.collector();
        now = session.parts().clock().millis();
    }

    /// Which heads, beside the newest, keep what they need.
    @FunctionalInterface
    interface KeptHistory {
        /// Versions of thirty days.
        KeptHistory THIRTY_DAYS = (head, now) -> now - head.wallMillis() < 30L * 24 * 3600 * 1000;

        boolean keeps(Head head, long nowMillis);
    }

    /// @param state as just read; plans were taken in from it ([PlanWatch])
    CollectReport step(AccountState state, Consent consent, KeptHistory history)
            throws IndexException, PackException, HistoryException, InterruptedException {
        if (!state.heads().findings().isEmpty()) {
            return report(Outcome.WAITING, "Nothing is collected while something about a device is not settled.");
        }
        Optional<HeededPlan> own = table.plans().stream().filter(p -> isOwn(p) && p.state() != PlanState.ENDED
                && p.state() != PlanState.OVER).findFirst();
        if (own.isPresent()) {
            return goOn(own.get(), state, history);
        }
        if (table.hasCandidates()) {
            return report(Outcome.WAITING, "Another device collects, or nodes are away; it goes on by itself.");
        }
        return plan(state, consent, history);
    }

    private boolean isOwn(HeededPlan plan) {
        return plan.plan().author().equals(session.keys().device());
    }

    private static CollectReport report(Outcome outcome, String words) {
        return new CollectReport(outcome, 0, 0, words);
    }

    // ---- a new plan

    private CollectReport plan(AccountState state, Consent consent, KeptHistory history)
            throws IndexException, PackException, HistoryException, InterruptedException {
        if (!GcRules.mayAuthor(newest(state), now)) {
            return report(Outcome.WAITING, "The clock of this computer differs from the others'.");
        }
        Optional<Reachability> needed = needed(state, history);
        if (needed.isEmpty()) {
            return report(Outcome.WAITING, "Not all nodes answer.");
        }
        Set<Digest256> unpublished = new HashSet<>();
        index.packs().unpublished().forEach(p -> unpublished.add(p.packId()));
        Map<Digest256, Usage> idle = new TreeMap<>();
        long all = 0;
        for (PackRecord pack : index.packs().packs()) {
            Usage usage = usage(pack, needed.get());
            all += usage.total();
            if (usage.isIdle() && !unpublished.contains(pack.packId())) {
                idle.put(pack.packId(), usage);
            }
        }
        Map<Digest256, Long> since = table.idle(idle.keySet(), now);
        idle.keySet().removeIf(p -> now - since.getOrDefault(p, now) < GcRules.IDLE_MILLIS);
        if (idle.isEmpty()) {
            return report(Outcome.NOTHING, "Nothing is unused for long enough.");
        }
        List<Digest256> packs = idle.keySet().stream().limit(GcPlan.MAX_PACKS).toList();
        long dead = packs.stream().map(idle::get).mapToLong(u -> u.total() - u.live()).sum();
        if (dead * 100 > all * GcRules.CONSENT_PERCENT && consent == Consent.ASK) {
            return new CollectReport(Outcome.NEEDS_CONSENT, packs.size(), dead,
                    "Much would be deleted that no device and no kept version needs any more; please agree first.");
        }
        return announce(state, packs, dead, needed.get());
    }

    private CollectReport announce(AccountState state, List<Digest256> packs, long dead, Reachability needed)
            throws IndexException, PackException, HistoryException, InterruptedException {
        new PackCopies(session).copyNeeded(packs, needed);
        Map<DeviceId, ChainPoint> frontier = new TreeMap<>();
        newest(state).forEach((device, head) -> frontier.put(device, head.point()));
        GcPlan plan = new GcPlan(session.keys().accountId(), session.keys().device(), frontier, packs, now);
        byte[] envelope = session.keys().accountSealer().seal(ObjectType.GC_PLAN, plan.encode()).envelope();
        ObjectName name = session.mesh().store().storeReplicated(Space.LOCK, ByteBuffer.wrap(envelope)).name();
        index.transact(() -> {
            table.put(new HeededPlan(name, plan, PlanState.OPEN, false));
            SyncPass.publishAnyway(index);
        });
        return new CollectReport(Outcome.PLANNED, packs.size(), dead,
                "Unused data was found. It is deleted when all devices have agreed, in two days at the earliest.");
    }

    private Usage usage(PackRecord pack, Reachability needed) throws IndexException {
        long live = 0;
        long total = 0;
        for (PackItem item : index.packs().items(pack.packId())) {
            total += item.length();
            live += needed.isReached(item.cid()) ? item.length() : 0;
        }
        return new Usage(pack.packId(), live, total);
    }

    // ---- an own plan that is open

    private CollectReport goOn(HeededPlan heeded, AccountState state, KeptHistory history)
            throws IndexException, PackException, HistoryException, InterruptedException {
        GcPlan plan = heeded.plan();
        Map<DeviceId, Head> newest = newest(state);
        for (Head head : newest.values()) {
            if (head.gcAcks().contains(plan.id())) {
                table.acked(plan.id(), head.device(), head.seq());
            }
        }
        return switch (GcRules.verdict(plan, newest, table.acks(plan.id()), now)) {
            case WAIT -> new CollectReport(Outcome.WAITING, plan.packs().size(), 0,
                    "Waiting until two days are over and all devices have agreed.");
            case DROP -> {
                end(heeded);
                yield new CollectReport(Outcome.DROPPED, plan.packs().size(), 0,
                        "Not all devices agreed in time; nothing of that plan is deleted any more.");
            }
            case DELETE -> delete(heeded, state, history);
        };
    }

    /// The next head does not name the plan any more: that ends it for everybody.
    private void end(HeededPlan heeded) throws IndexException {
        index.transact(() -> {
            table.put(heeded.in(PlanState.ENDED));
            SyncPass.publishAnyway(index);
        });
    }

    private CollectReport delete(HeededPlan heeded, AccountState state, KeptHistory history)
            throws IndexException, PackException, HistoryException, InterruptedException {
        Optional<Reachability> needed = needed(state, history);
        if (needed.isEmpty()) {
            return report(Outcome.WAITING, "Not all nodes answer.");
        }
        List<PackRecord> dead = new ArrayList<>();
        long bytes = 0;
        for (Digest256 id : heeded.plan().packs()) {
            Optional<PackRecord> pack = index.packs().pack(id);
            if (pack.isPresent() && isDead(id, needed.get())) {
                dead.add(pack.get());
                bytes += pack.get().length();
            }
        }
        table.put(heeded.in(PlanState.DELETING));
        if (!new PackRemoval(session).remove(dead)) {
            return new CollectReport(Outcome.WAITING, dead.size(), bytes,
                    "Some nodes did not delete what they were asked to; it is tried again.");
        }
        end(heeded);
        return new CollectReport(Outcome.DELETED, dead.size(), bytes,
                "Unused data was deleted. Nothing of what any device or any kept version needs was among it.");
    }

    /// Looked at again with everything that all heads need now: a pack of which something is needed that is nowhere else stays.
    private boolean isDead(Digest256 pack, Reachability needed) throws IndexException {
        for (PackItem item : index.packs().items(pack)) {
            if (needed.isReached(item.cid()) && table.isCandidate(item.cid())) {
                return false;
            }
        }
        return true;
    }

    // ---- what is needed

    private Map<DeviceId, Head> newest(AccountState state) {
        Map<DeviceId, Head> newest = new TreeMap<>(state.newestMergeable());
        newest.keySet().removeAll(state.records().revocations().keySet());
        state.chain().own().ifPresent(own -> newest.put(own.device(), own));
        return newest;
    }

    /// Everything that the newest heads and all others that stay on the nodes need.
    ///
    /// @return empty if a node did not answer: it may hold a head that needs something
    private Optional<Reachability> needed(AccountState state, KeptHistory history)
            throws IndexException, HistoryException, InterruptedException {
        Map<NodeId, Mesh.Answer> answers = session.mesh().list(Space.HEAD);
        if (answers.values().stream().anyMatch(a -> a.names().isEmpty())) {
            return Optional.empty();
        }
        Reachability needed = new Reachability(
                new ObjectReader(index, session.mesh().store(), session.parts().tasks(), CACHE_BYTES));
        Heads heads = new Heads(session.keys().epochs(), state.records().certificates());
        List<Head> roots = new ArrayList<>(state.newestMergeable().values());
        state.chain().own().ifPresent(roots::add);
        List<Heads.Read> served = heads.read(session.mesh(), session.parts().tasks(), AccountState.union(answers))
                .heads();
        new HeadPruning(session).prune(served, state, history).forEach(read -> roots.add(read.head()));
        for (Head head : roots) {
            needed.addCommit(head.commit());
            needed.keep(head.keep());
        }
        return Optional.of(needed);
    }
}
