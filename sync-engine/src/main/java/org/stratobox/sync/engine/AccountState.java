package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.HashSet;
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
import org.stratobox.sync.object.Head;
import org.stratobox.sync.pack.PackException;

/// What the nodes say about the account now, taken into the local index.
///
/// @param records who belongs to it
/// @param heads every head that was read now
/// @param chain where this device's own chain stands
/// @param warnings in sentences
record AccountState(AccountRecords records, Heads.Found heads, OwnChain chain, List<String> warnings) {
    private static final long CACHE_BYTES = 32L << 20;
    private static final long DAY_MILLIS = 24L * 3600 * 1000;

    /// Asks every node what is new: records, heads, pack indexes. Rebuilds a new index from what is found.
    static AccountState refresh(EngineParts parts, Home home, DeviceKeys keys, SyncIndex index, Mesh mesh)
            throws StratoboxException, IndexException, PackException, HistoryException, InterruptedException {
        Map<NodeId, Mesh.Answer> keySpaces = mesh.list(Space.KEYS);
        AccountRecords records = Setup.records(keys, mesh, keySpaces);
        Map<NodeId, Mesh.Answer> heads = mesh.list(Space.HEAD);
        Map<NodeId, Mesh.Answer> indexes = mesh.list(Space.INDEX);
        Set<ObjectName> headNames = union(heads);
        boolean fresh = index.heads().names().isEmpty();
        headNames.removeAll(index.heads().names());
        Heads.Found found = new Heads(keys.epoch(), keys.accountId(), records, index.heads().all())
                .read(mesh, parts.tasks(), headNames);
        List<String> warnings = new ArrayList<>(found.warnings());
        IndexImport.Outcome imported = new IndexImport(index, mesh.store(), parts.tasks(), keys.epoch().accountScope())
                .importNew(union(indexes));
        if (!imported.unreadable().isEmpty()) {
            warnings.add(imported.unreadable().size() + " pack indexes on the nodes could not be read now.");
        }
        clockWarnings(parts, keys, records, index, found, warnings);
        OwnChain chain = OwnChain.load(home, keys, index, records, found);
        if (fresh && chain.own().isPresent()) {
            rebuild(parts, keys, index, mesh, chain.own().get());
        }
        index.transact(() -> {
            for (Heads.Read read : found.accepted()) {
                Head head = read.head();
                index.heads()
                        .add(new KnownHead(read.name(), head.device(), head.seq(), head.hash(), head.wallMillis()));
            }
            owe(index, Space.KEYS, keySpaces, records.genuine());
            owe(index, Space.HEAD, heads, index.heads().names());
            owe(index, Space.INDEX, indexes, index.packs().indexObjects());
        });
        OwnChain current = OwnChain.load(home, keys, index, records, found);
        return new AccountState(records, found, current.confirm(home, keys, index, mesh), warnings);
    }

    /// A pass that died between its nodes leaves a record on one of them, and reading it here must not hide that the others
    /// lack it. Only what was read and is genuine is owed: a node cannot make debts up.
    private static void owe(SyncIndex index, Space space, Map<NodeId, Mesh.Answer> answers, Set<ObjectName> genuine)
            throws IndexException {
        for (var node : lacking(answers).entrySet()) {
            for (ObjectName name : node.getValue()) {
                if (genuine.contains(name)) {
                    index.packs().addCopyDebt(new CopyDebt(space.directory(), name, node.getKey()));
                }
            }
        }
    }

    /// Wall time orders concurrent versions, so a clock that is far off is said, never silently believed.
    private static void clockWarnings(EngineParts parts, DeviceKeys keys, AccountRecords records, SyncIndex index,
            Heads.Found found, List<String> warnings) throws IndexException {
        long limit = parts.clock().millis() + DAY_MILLIS;
        Set<DeviceId> ahead = new TreeSet<>();
        index.heads().newest().values().stream().filter(h -> h.wallMillis() > limit)
                .forEach(h -> ahead.add(h.device()));
        found.accepted().stream().filter(r -> r.head().wallMillis() > limit).forEach(r -> ahead.add(r.head().device()));
        for (DeviceId device : ahead) {
            String who = device.equals(keys.device())
                    ? "this device itself"
                    : "the device \"" + (records.devices().containsKey(device)
                            ? records.devices().get(device).label()
                            : "unknown") + "\"";
            warnings.add("The newest state by " + who + " is dated more than a day in the future:"
                    + " the clock of this computer or of that device is wrong. Nothing is lost; please correct it.");
        }
    }

    private static void rebuild(EngineParts parts, DeviceKeys keys, SyncIndex index, Mesh mesh, Head own)
            throws IndexException, HistoryException, InterruptedException {
        ObjectReader objects = new ObjectReader(index, mesh.store(), parts.tasks(), CACHE_BYTES);
        new BaseRebuild(index, objects, keys).from(own);
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
        Map<NodeId, Set<ObjectName>> lacking = new java.util.LinkedHashMap<>();
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
