package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.IndexImport;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.HeadAcceptance;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackException;

/// What the nodes say about the account now, taken into the local index.
///
/// @param records who belongs to it
/// @param heads what the heads are worth
/// @param chain where this device's own chain stands
/// @param warnings in sentences
/// @param turn what has to happen before a pass can go on; nothing of the state was taken into the index then
record AccountState(AccountRecords records, HeadJudge.Found heads, OwnChain chain, List<String> warnings, Turn turn) {
    private static final long CACHE_BYTES = 32L << 20;

    /// What has to happen first.
    sealed interface Turn {
        /// Nothing.
        record Go() implements Turn {}

        /// The account has newer keys.
        record NextEpoch() implements Turn {}

        /// This device's identity is used by another home.
        ///
        /// @param last the newest head that is surely this home's own
        record UsedElsewhere(ChainPoint last) implements Turn {}
    }

    /// The newest head of each other device that may be merged, whether it was read now or in an earlier pass. A device that
    /// is held (forked, clock ahead, a gap) is there with the head before that, or not at all. The one source of remote
    /// states for a pass.
    Map<DeviceId, Head> newestMergeable() {
        return heads.newestMergeable();
    }

    /// Asks every node what is new: records, heads, pack indexes. Rebuilds a new index from what is found.
    static AccountState refresh(EngineParts parts, Home home, DeviceKeys keys, SyncIndex index, Mesh mesh)
            throws StratoboxException, IndexException, PackException, HistoryException, InterruptedException {
        return new Refresh(parts, home, keys, index, mesh).run();
    }

    /// One refresh.
    private static final class Refresh {
        private final EngineParts parts;
        private final Home home;
        private final DeviceKeys keys;
        private final SyncIndex index;
        private final Mesh mesh;

        Refresh(EngineParts parts, Home home, DeviceKeys keys, SyncIndex index, Mesh mesh) {
            this.parts = parts;
            this.home = home;
            this.keys = keys;
            this.index = index;
            this.mesh = mesh;
        }

        AccountState run()
                throws StratoboxException, IndexException, PackException, HistoryException, InterruptedException {
            Map<NodeId, Mesh.Answer> keySpaces = mesh.list(Space.KEYS);
            AccountRecords records = Setup.records(keys, mesh, keySpaces);
            TrustBook trust = new TrustBook(index, records.certificates(), parts.clock().millis());
            if (records.revocations().containsKey(keys.device())) {
                throw trust.thisDeviceWasRemoved(keys.device());
            }
            if (records.newestEpoch() > keys.epoch().epoch()) {
                return before(records, new Turn.NextEpoch());
            }
            Map<NodeId, Mesh.Answer> answers = mesh.list(Space.HEAD);
            Heads heads = new Heads(keys.epochs(), records.certificates());
            Optional<Signed<Head>> local = OwnChain.local(home, keys, heads);
            Map<DeviceId, Signed<Head>> remembered = remembered(heads);
            Heads.Gathered gathered = heads.read(mesh, parts.tasks(), unread(answers, remembered.keySet()));
            List<Heads.Read> mine = gathered.heads().stream().filter(this::isOwn).toList();
            Optional<ChainPoint> elsewhere = new OwnIdentity(keys.device(), local.map(Signed::record),
                    index.heads().all(), OwnIdentity.beingPut(index))
                    .usedElsewhere(mine.stream().map(Heads.Read::head).toList());
            if (elsewhere.isPresent()) {
                return before(records, new Turn.UsedElsewhere(elsewhere.get()));
            }
            HeadJudge.Found found = judge(records, local, remembered, gathered.heads());
            List<String> warnings = new ArrayList<>();
            boolean fresh = index.heads().names().isEmpty();
            Map<NodeId, Mesh.Answer> indexes = mesh.list(Space.INDEX);
            imported(indexes, warnings);
            OwnChain chain = OwnChain.of(local.map(Signed::record), mine, found.newestMergeable(), records,
                    index.heads().newest());
            if (fresh && chain.own().isPresent()) {
                rebuild(chain.own().get());
            }
            watch(trust, found, answers);
            // before anything is kept: an index that knows of others and not of the own head would look like an old one
            chain = chain.confirm(home, keys, index, mesh);
            keep(records, found, mine, Map.of(Space.KEYS, keySpaces, Space.HEAD, answers, Space.INDEX, indexes));
            unreadable(gathered.unreadable(), warnings);
            trust.ownClock(chain.own().map(Head::wallMillis)).ifPresent(warnings::add);
            warnings.addAll(trust.openWords());
            return new AccountState(records, found, chain, warnings, new Turn.Go());
        }

        private static AccountState before(AccountRecords records, Turn turn) {
            return new AccountState(records, HeadJudge.Found.NONE,
                    new OwnChain(ChainPoint.NONE, List.of(), ChainPoint.NONE, true, Optional.empty(), Map.of()),
                    List.of(), turn);
        }

        private static void unreadable(int count, List<String> warnings) {
            if (count > 0) {
                warnings.add(
                        count + " state records on the nodes could not be read or are not genuine; they are ignored.");
            }
        }

        private boolean isOwn(Heads.Read read) {
            return read.head().device().equals(keys.device());
        }

        /// The newest accepted heads of earlier passes.
        private Map<DeviceId, Signed<Head>> remembered(Heads heads) throws IndexException {
            Map<DeviceId, Signed<Head>> remembered = new HashMap<>();
            index.trust().accepted().forEach((device, envelope) -> heads.open(envelope)
                    .filter(s -> s.record().device().equals(device) && !device.equals(keys.device()))
                    .ifPresent(signed -> remembered.put(device, signed)));
            return remembered;
        }

        /// Heads that were not settled before, and the newest settled one of a device of which none is remembered.
        private Set<ObjectName> unread(Map<NodeId, Mesh.Answer> answers, Set<DeviceId> remembered)
                throws IndexException {
            Set<ObjectName> names = union(answers);
            Set<ObjectName> settled = new HashSet<>(index.heads().names());
            for (KnownHead head : index.heads().newest().values()) {
                if (!remembered.contains(head.device()) && !head.device().equals(keys.device())) {
                    settled.remove(head.name());
                }
            }
            names.removeAll(settled);
            return names;
        }

        private HeadJudge.Found judge(AccountRecords records, Optional<Signed<Head>> local,
                Map<DeviceId, Signed<Head>> remembered, List<Heads.Read> read) throws IndexException {
            Collection<KnownHead> known = new ArrayList<>(index.heads().all());
            local.ifPresent(s -> known.add(new KnownHead(new ObjectName(s.hash()), keys.device(), s.record().seq(),
                    s.hash(), s.record().wallMillis())));
            HeadJudge.Memory memory = new HeadJudge.Memory(remembered, known, TrustBook.allowedGaps(index));
            return HeadJudge.judge(new HeadAcceptance(records.certificates(), keys.epoch().epoch()), memory,
                    read.stream().filter(r -> !isOwn(r)).toList(), parts.clock().millis());
        }

        private void imported(Map<NodeId, Mesh.Answer> indexes, List<String> warnings)
                throws HistoryException, InterruptedException {
            IndexImport.Outcome imported = new IndexImport(index, mesh.store(), parts.tasks(),
                    keys.epoch().accountScope()).importNew(union(indexes));
            if (!imported.unreadable().isEmpty()) {
                warnings.add(imported.unreadable().size() + " pack indexes on the nodes could not be read now.");
            }
        }

        private void watch(TrustBook trust, HeadJudge.Found found, Map<NodeId, Mesh.Answer> answers)
                throws IndexException, StratoboxException, InterruptedException {
            trust.heads(found.findings());
            Map<DeviceId, byte[]> newest = new HashMap<>(index.trust().accepted());
            if (index.heads().newest().containsKey(keys.device())) {
                home.head().ifPresent(own -> newest.put(keys.device(), own));
            }
            NodeWatch watch = new NodeWatch(mesh, answers, newest);
            trust.rolledBack(watch.putBack());
            trust.staleNodes(watch.answered(), watch.stale(Set.copyOf(index.packs().copyDebts())), mesh.addresses());
        }

        private void keep(AccountRecords records, HeadJudge.Found found, List<Heads.Read> mine,
                Map<Space, Map<NodeId, Mesh.Answer>> answers) throws IndexException {
            index.transact(() -> {
                List<Heads.Read> settled = new ArrayList<>(found.settled());
                settled.addAll(mine);
                for (Heads.Read read : settled) {
                    Head head = read.head();
                    index.heads().add(new KnownHead(read.name(), head.device(), head.seq(), read.signed().hash(),
                            head.wallMillis()));
                }
                for (var renewed : found.renewed().entrySet()) {
                    index.trust().accept(renewed.getKey(), renewed.getValue().envelope());
                }
                owe(index, Space.KEYS, answers.getOrDefault(Space.KEYS, Map.of()), records.genuine());
                owe(index, Space.HEAD, answers.getOrDefault(Space.HEAD, Map.of()), index.heads().names());
                owe(index, Space.INDEX, answers.getOrDefault(Space.INDEX, Map.of()), index.packs().indexObjects());
            });
        }

        private void rebuild(Head own) throws IndexException, HistoryException, InterruptedException {
            ObjectReader objects = new ObjectReader(index, mesh.store(), parts.tasks(), CACHE_BYTES);
            new BaseRebuild(index, objects, keys).from(own);
        }
    }

    /// A pass that dies between its nodes leaves a record on one of them, and reading it here must not hide that the others
    /// lack it. Only what was read and is genuine is owed: a node cannot make debts up.
    private static void owe(SyncIndex index, Space space, Map<NodeId, Mesh.Answer> answers, Set<ObjectName> genuine)
            throws IndexException {
        Set<ObjectName> gone = index.collector().goneNames();
        for (var node : lacking(answers).entrySet()) {
            for (ObjectName name : node.getValue()) {
                if (genuine.contains(name) && !gone.contains(name)) {
                    index.packs().addCopyDebt(new CopyDebt(space.directory(), name, node.getKey()));
                }
            }
        }
    }

    /// What people call each device.
    Map<DeviceId, String> labels() {
        Map<DeviceId, String> labels = new HashMap<>();
        records.devices().forEach((device, record) -> labels.put(device, record.label()));
        return labels;
    }

    /// Everything any node lists.
    static Set<ObjectName> union(Map<NodeId, Mesh.Answer> answers) {
        Set<ObjectName> all = new HashSet<>();
        answers.values().forEach(a -> a.names().ifPresent(all::addAll));
        return new TreeSet<>(all);
    }

    /// The objects a node lacks that others have; empty for a node that did not answer.
    static Map<NodeId, Set<ObjectName>> lacking(Map<NodeId, Mesh.Answer> answers) {
        Set<ObjectName> all = union(answers);
        Map<NodeId, Set<ObjectName>> lacking = new LinkedHashMap<>();
        answers.forEach((node, answer) -> {
            Optional<Set<ObjectName>> has = answer.names();
            if (has.isPresent()) {
                Set<ObjectName> missing = new TreeSet<>(all);
                missing.removeAll(has.get());
                lacking.put(node, missing);
            }
        });
        return lacking;
    }
}
