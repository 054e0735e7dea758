package org.stratobox.sync.health;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.IndexImport;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackIndex;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.Debt;
import org.stratobox.sync.pack.DebtOutcome;
import org.stratobox.sync.pack.NodeFailure;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.Profiles;
import org.stratobox.sync.pack.StoredCopies;
import org.stratobox.sync.task.Tasks;

/// Looks whether every node has the objects that are kept outside packs: account and device records, heads, index objects;
/// and whether the index objects together name every pack. Used by one thread.
final class CopyAudit {
    private static final List<Space> SPACES = List.of(Space.KEYS, Space.HEAD, Space.INDEX);
    private static final String WHAT = "records of the account";

    private final Checker.Parts parts;
    private final Checker.Depth depth;
    private final Checker.Action action;
    private final Findings findings;
    private final Set<NodeId> silent = new HashSet<>();
    /// Copies that are missing, and those with wrong bytes.
    private final List<Debt.OfCopy> missing = new ArrayList<>();
    private final List<Debt.OfCopy> damaged = new ArrayList<>();
    private final Set<ObjectName> withoutGoodCopy = new HashSet<>();

    CopyAudit(Checker.Parts parts, Checker.Depth depth, Checker.Action action, Findings findings) {
        this.parts = parts;
        this.depth = depth;
        this.action = action;
        this.findings = findings;
    }

    void run(CheckMeter meter) throws IndexException, HistoryException.IndexFailed, InterruptedException {
        Set<ObjectName> indexObjects = new HashSet<>();
        for (Space space : SPACES) {
            Map<NodeId, Map<ObjectName, Long>> lists = list(space);
            compare(space, lists, meter);
            if (space == Space.INDEX) {
                lists.values().forEach(l -> indexObjects.addAll(l.keySet()));
            }
        }
        // a node without packs is not seen by the audit of packs
        silent.stream().filter(this::holdsNoPack).forEach(node -> findings.unreachable(parts.address(node), 0));
        settle();
        lookForUnlisted(indexObjects);
    }

    private boolean holdsNoPack(NodeId node) {
        try {
            return parts.index().packs().packs().stream()
                    .noneMatch(p -> p.shares().stream().anyMatch(s -> s.node().equals(node)));
        } catch (IndexException e) {
            // the audit of packs fails the same way, and says so
            return false;
        }
    }

    private record Listed(NodeId node, Optional<Map<ObjectName, Long>> sizes) {}

    private Map<NodeId, Map<ObjectName, Long>> list(Space space) throws InterruptedException {
        List<Tasks.Job<Listed, RuntimeException>> jobs = new ArrayList<>();
        for (MeshNode node : parts.nodes()) {
            jobs.add(() -> new Listed(node.spec().id(), list(node, space)));
        }
        Map<NodeId, Map<ObjectName, Long>> out = new LinkedHashMap<>();
        for (Listed listed : Tasks.all(parts.tasks().io(), jobs)) {
            listed.sizes().ifPresentOrElse(sizes -> out.put(listed.node(), sizes), () -> silent.add(listed.node()));
        }
        return out;
    }

    private static Optional<Map<ObjectName, Long>> list(MeshNode node, Space space) throws InterruptedException {
        try {
            Map<ObjectName, Long> sizes = new HashMap<>();
            node.list(space).forEach(o -> sizes.put(o.name(), o.size()));
            return Optional.of(sizes);
        } catch (NodeException e) {
            requireNotInterrupted();
            return Optional.empty();
        }
    }

    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void compare(Space space, Map<NodeId, Map<ObjectName, Long>> lists, CheckMeter meter)
            throws InterruptedException {
        Map<ObjectName, Set<Long>> sizes = new TreeMap<>();
        lists.values()
                .forEach(l -> l.forEach((name, size) -> sizes.computeIfAbsent(name, _ -> new HashSet<>()).add(size)));
        for (Map.Entry<ObjectName, Set<Long>> object : sizes.entrySet()) {
            ObjectName name = object.getKey();
            boolean isSuspect = object.getValue().size() > 1 || depth == Checker.Depth.EVERY_BYTE;
            int good = 0;
            List<NodeId> without = new ArrayList<>();
            for (MeshNode node : parts.nodes()) {
                NodeId id = node.spec().id();
                Optional<Map<ObjectName, Long>> list = Optional.ofNullable(lists.get(id));
                if (list.isPresent() && !list.get().containsKey(name)) {
                    without.add(id);
                } else if (list.isPresent() && isSuspect && !isRight(node, space, name, meter)) {
                    damaged.add(new Debt.OfCopy(space, name, id));
                } else if (list.isPresent()) {
                    good++;
                }
            }
            if (good == 0) {
                withoutGoodCopy.add(name);
            }
            without.stream().limit(wanted(space, good)).forEach(id -> missing.add(new Debt.OfCopy(space, name, id)));
        }
    }

    /// Index objects of a wide mesh need not be everywhere.
    private long wanted(Space space, int there) {
        return space == Space.INDEX && parts.mesh().domains() > Profiles.MOST_COPIES
                ? Math.max(0, Profiles.MOST_COPIES - there)
                : Long.MAX_VALUE;
    }

    private static boolean isRight(MeshNode node, Space space, ObjectName name, CheckMeter meter)
            throws InterruptedException {
        try {
            byte[] bytes = node.get(space, name);
            meter.expect(1, bytes.length);
            meter.read(bytes.length);
            return ObjectName.of(bytes).equals(name);
        } catch (NodeException e) {
            requireNotInterrupted();
            // it was listed a moment ago
            return !(e instanceof NodeException.Corrupt || e instanceof NodeException.NotFound);
        }
    }

    private void settle() throws IndexException, InterruptedException {
        List<Debt.OfCopy> all = new ArrayList<>(missing);
        all.addAll(damaged);
        Set<Debt.OfCopy> paid = new HashSet<>();
        Set<NodeId> refusing = new HashSet<>();
        if (action == Checker.Action.REPAIR && !all.isEmpty()) {
            DebtOutcome<Debt.OfCopy> outcome = parts.mesh().payCopies(all);
            paid.addAll(outcome.paid());
            outcome.failures().stream().filter(f -> f.cause() instanceof NodeException.Refused)
                    .map(NodeFailure::node).forEach(refusing::add);
        }
        for (Debt.OfCopy debt : all) {
            CopyDebt row = new CopyDebt(debt.space().directory(), debt.name(), debt.node());
            if (paid.contains(debt)) {
                parts.index().packs().removeCopyDebt(row);
            } else {
                parts.index().packs().addCopyDebt(row);
            }
        }
        for (MeshNode node : parts.nodes()) {
            NodeId id = node.spec().id();
            String address = parts.address(id);
            findings.missing(address, count(missing, paid, id), WHAT);
            findings.damaged(address, count(damaged, paid, id), WHAT);
            if (refusing.contains(id)) {
                findings.refusing(address, count(damaged, paid, id).inDanger());
            }
        }
    }

    private Findings.Count count(List<Debt.OfCopy> debts, Set<Debt.OfCopy> paid, NodeId node) {
        List<Debt.OfCopy> here = debts.stream().filter(d -> d.node().equals(node)).toList();
        List<Debt.OfCopy> open = here.stream().filter(d -> !paid.contains(d)).toList();
        return new Findings.Count(here.size() - open.size(), open.size(),
                open.stream().anyMatch(d -> withoutGoodCopy.contains(d.name())));
    }

    /// A new device knows only what the index objects name.
    private void lookForUnlisted(Set<ObjectName> objects)
            throws IndexException, HistoryException.IndexFailed, InterruptedException {
        IndexImport indexes = parts.indexes();
        indexes.importNew(objects);
        Set<Digest256> known = new HashSet<>();
        parts.index().packs().packs().forEach(p -> known.add(p.packId()));
        parts.index().packs().unpublished().forEach(p -> known.remove(p.packId()));
        long unreadable = 0;
        for (ObjectName name : objects) {
            try {
                indexes.open(name).packs().forEach(p -> known.remove(p.packId()));
            } catch (HistoryException.Unreadable | HistoryException.Damaged e) {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            findings.listUnreadable(unreadable);
        }
        if (!known.isEmpty()) {
            boolean mended = action == Checker.Action.REPAIR && listAgain(known);
            findings.notListed(known.size(), mended);
        }
    }

    private boolean listAgain(Set<Digest256> packs) throws IndexException, InterruptedException {
        List<PackRecord> records = new ArrayList<>();
        for (Digest256 id : packs) {
            Optional<PackRecord> pack = parts.index().packs().pack(id);
            if (pack.isPresent()) {
                PackRecord p = pack.get();
                records.add(new PackRecord(id, p.length(), p.k(), p.n(), p.shares(), parts.index().packs().items(id)));
            }
        }
        try {
            for (PackIndex part : PackIndex.split(records)) {
                byte[] envelope = parts.accountSealer().seal(ObjectType.PACK_INDEX, part.encode()).envelope();
                StoredCopies stored = parts.mesh().storeReplicated(Space.INDEX, ByteBuffer.wrap(envelope));
                parts.index().packs().markPublished(stored.name(),
                        part.packs().stream().map(PackRecord::packId).toList());
                for (Debt.OfCopy debt : stored.debts()) {
                    parts.index().packs()
                            .addCopyDebt(new CopyDebt(debt.space().directory(), debt.name(), debt.node()));
                }
            }
            return true;
        } catch (PackException.NotSafe e) {
            return false;
        }
    }
}
