package org.stratobox.sync.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.Debt;
import org.stratobox.sync.pack.DebtOutcome;
import org.stratobox.sync.pack.NodeEvidence;
import org.stratobox.sync.pack.NodeEvidence.Kind;
import org.stratobox.sync.pack.NodeFailure;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.pack.coding.ShareLayout;
import org.stratobox.sync.task.Tasks;

/// Looks whether every share of every pack is on its node, and makes those again that are not. Used by one thread.
final class PackAudit {
    /// Shares read at once; each is up to 16 MiB by default.
    private static final int READERS = 4;
    private static final String WHAT = "pieces of data";

    private final Checker.Parts parts;
    private final Checker.Depth depth;
    private final Checker.Action action;
    private final Findings findings;
    private final Map<Digest256, State> states = new LinkedHashMap<>();
    private final Map<NodeId, Faults> faults = new LinkedHashMap<>();
    private final Set<NodeId> refusing = new HashSet<>();
    private long contradictions;

    /// What is known of one pack.
    private static final class State {
        private final PackRecord pack;
        /// Guarded by this state while shares are read.
        private final Map<StoredShare, Kind> bad = new HashMap<>();
        /// Likewise.
        private final Set<StoredShare> proven = new HashSet<>();

        State(PackRecord pack) {
            this.pack = pack;
        }

        int shareBytes() {
            return new ShareLayout(new CodingProfile(pack.k(), pack.n()), pack.length()).shareLength();
        }

        boolean isReadable() {
            long good = pack.shares().stream().filter(s -> !bad.containsKey(s)).map(StoredShare::index).distinct()
                    .count();
            return good >= pack.k();
        }

        void found(NodeEvidence evidence) {
            pack.shares().stream()
                    .filter(s -> s.index() == evidence.share() && s.node().equals(evidence.node()))
                    .forEach(s -> bad.put(s, evidence.kind()));
        }

        PackDebt debt(StoredShare share) {
            return new PackDebt(pack.packId(), share.index(), share.node());
        }
    }

    /// What was found on one node, counted.
    private static final class Faults {
        private final List<State> missing = new ArrayList<>();
        private final List<State> damaged = new ArrayList<>();
        private final List<State> unknown = new ArrayList<>();
        private long missingMended;
        private long damagedMended;
    }

    PackAudit(Checker.Parts parts, Checker.Depth depth, Checker.Action action, Findings findings) {
        this.parts = parts;
        this.depth = depth;
        this.action = action;
        this.findings = findings;
    }

    long packs() {
        return states.size();
    }

    long shares() {
        return states.values().stream().mapToLong(s -> s.pack.shares().size()).sum();
    }

    /// @return whether enough shares of that pack are there, as far as this audit looked
    boolean isReadable(Digest256 packId) {
        State state = states.get(packId);
        return state != null && state.isReadable();
    }

    void run(CheckMeter meter) throws IndexException, InterruptedException {
        List<PackRecord> packs = parts.index().packs().packs();
        packs.forEach(pack -> states.put(pack.packId(), new State(pack)));
        for (NodeEvidence found : parts.mesh().checkPresence(packs)) {
            Optional.ofNullable(states.get(found.packId())).ifPresent(s -> s.found(found));
        }
        if (depth == Checker.Depth.EVERY_BYTE) {
            readAll(meter);
        }
        Set<PackDebt> debts = new HashSet<>(parts.index().packs().debts());
        for (State state : states.values()) {
            settle(state, debts);
        }
        report();
    }

    private record Reading(State state, StoredShare share) {}

    private void readAll(CheckMeter meter) throws InterruptedException {
        Queue<Reading> queue = new ConcurrentLinkedQueue<>();
        for (State state : states.values()) {
            for (StoredShare share : state.pack.shares()) {
                if (!state.bad.containsKey(share)) {
                    queue.add(new Reading(state, share));
                    meter.expect(1, state.shareBytes());
                }
            }
        }
        List<Tasks.Job<Boolean, RuntimeException>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(() -> {
                for (Reading next = queue.poll(); next != null; next = queue.poll()) {
                    read(next.state(), next.share());
                    meter.read(next.state().shareBytes());
                }
                return true;
            });
        }
        Tasks.all(parts.tasks().work(), readers);
    }

    private void read(State state, StoredShare share) throws InterruptedException {
        Optional<Kind> wrong = parts.mesh().verifyShare(state.pack, share);
        synchronized (state) {
            wrong.ifPresentOrElse(kind -> state.bad.put(share, kind), () -> state.proven.add(share));
        }
    }

    /// Mends a pack if that is wanted, and brings the index up to what is known now.
    private void settle(State state, Set<PackDebt> debts) throws IndexException, InterruptedException {
        Map<StoredShare, Kind> found = new HashMap<>(state.bad);
        if (action == Checker.Action.REPAIR) {
            repair(state, debts);
        }
        found.forEach((share, kind) -> count(state, share, kind));
        for (StoredShare share : state.pack.shares()) {
            PackDebt debt = state.debt(share);
            Optional<Kind> kind = Optional.ofNullable(state.bad.get(share));
            if (kind.isPresent() && kind.get() != Kind.UNREACHABLE) {
                parts.index().packs().addDebt(debt);
            } else if (state.proven.contains(share) && debts.contains(debt)) {
                parts.index().packs().removeDebt(debt);
            }
        }
        for (StoredShare share : state.proven) {
            if (!state.bad.containsKey(share)) {
                parts.index().proofs().prove(state.pack.packId(), share.index(), share.node(), parts.clock().millis());
            }
        }
    }

    private void repair(State state, Set<PackDebt> known) throws IndexException, InterruptedException {
        List<Debt.OfShare> owed = new ArrayList<>();
        for (StoredShare share : state.pack.shares()) {
            Optional<Kind> kind = Optional.ofNullable(state.bad.get(share));
            PackDebt debt = state.debt(share);
            boolean isOpenDebt = kind.isEmpty() && known.contains(debt) && !state.proven.contains(share);
            if (kind.filter(k -> k != Kind.UNREACHABLE).isPresent() || isOpenDebt) {
                owed.add(new Debt.OfShare(debt.packId(), debt.share(), debt.node()));
            }
        }
        if (!owed.isEmpty()) {
            pay(state, owed);
        }
    }

    private void pay(State state, List<Debt.OfShare> owed) throws IndexException, InterruptedException {
        try {
            DebtOutcome<Debt.OfShare> outcome = parts.mesh().payDebts(state.pack, owed);
            for (Debt.OfShare paid : outcome.paid()) {
                afterPayment(state, paid);
            }
            outcome.failures().stream().filter(f -> f.cause() instanceof NodeException.Refused)
                    .map(NodeFailure::node).forEach(refusing::add);
        } catch (PackException.Malformed e) {
            contradictions++;
        }
    }

    /// The node's word for a put is no proof; reading it back is.
    private void afterPayment(State state, Debt.OfShare paid) throws IndexException, InterruptedException {
        parts.index().packs().removeDebt(new PackDebt(paid.packId(), paid.share(), paid.node()));
        for (StoredShare share : state.pack.shares()) {
            if (share.index() == paid.share() && share.node().equals(paid.node())) {
                state.bad.remove(share);
                if (depth == Checker.Depth.EVERY_BYTE) {
                    read(state, share);
                }
            }
        }
    }

    private void count(State state, StoredShare share, Kind kind) {
        Faults here = faults.computeIfAbsent(share.node(), _ -> new Faults());
        boolean mended = !state.bad.containsKey(share);
        switch (kind) {
            case MISSING -> {
                here.missingMended += mended ? 1 : 0;
                addUnless(mended, here.missing, state);
            }
            case WRONG_BYTES -> {
                here.damagedMended += mended ? 1 : 0;
                addUnless(mended, here.damaged, state);
            }
            case UNREACHABLE -> here.unknown.add(state);
        }
    }

    private static void addUnless(boolean mended, List<State> open, State state) {
        if (!mended) {
            open.add(state);
        }
    }

    private void report() {
        faults.forEach((node, here) -> {
            String address = parts.address(node);
            if (!here.unknown.isEmpty()) {
                findings.unreachable(address, here.unknown.stream().filter(s -> !s.isReadable()).count());
            }
            findings.missing(address, new Findings.Count(here.missingMended, here.missing.size(),
                    inDanger(here.missing)), WHAT);
            findings.damaged(address, new Findings.Count(here.damagedMended, here.damaged.size(),
                    inDanger(here.damaged)), WHAT);
            if (refusing.contains(node)) {
                findings.refusing(address, inDanger(here.damaged));
            }
        });
        if (contradictions > 0) {
            findings.contradiction(contradictions);
        }
    }

    private static boolean inDanger(Collection<State> states) {
        return !states.stream().allMatch(State::isReadable);
    }
}
