package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StatusReport.FolderState;
import org.stratobox.sync.api.StatusReport.NodeState;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.Profiles;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.scan.Found;
import org.stratobox.sync.scan.ScanSink;
import org.stratobox.sync.scan.Scanner;
import org.stratobox.sync.task.Tasks;

/// Finds out the state of a device without changing anything: a walk over the disk, a look into the index, one question to
/// every node.
final class StatusView {
    private static final int LARGE = 16 << 20;

    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Mesh mesh;

    StatusView(EngineParts parts, DeviceKeys keys, SyncIndex index, Mesh mesh) {
        this.parts = parts;
        this.keys = keys;
        this.index = index;
        this.mesh = mesh;
    }

    StatusReport report(List<FolderSetting> settings) throws IndexException, InterruptedException {
        List<NodeState> nodes = nodes();
        List<FolderState> folders = new ArrayList<>();
        boolean published = isPublished(settings);
        for (FolderSetting setting : settings) {
            folders.add(folder(setting, published));
        }
        long debts = index.packs().debts().size() + (long) index.packs().copyDebts().size();
        return new StatusReport(folders, nodes, protection(mesh.store().domains()), debts, unsafe());
    }

    private FolderState folder(FolderSetting setting, boolean published) throws IndexException, InterruptedException {
        FolderId folder = keys.folderId(setting.name());
        Path root = setting.path();
        EntryIndex.Totals totals = index.entries().totals(folder);
        Optional<String> problem = FolderChecks.problem(root, folder);
        if (problem.isEmpty() && totals.entries() > 0) {
            problem = FolderChecks.emptied(parts.files(), root);
        }
        Changes changes = new Changes();
        if (problem.isEmpty()) {
            try {
                new Scanner(parts.files(), index.entries(), changes).scan(root, index.entries().root(folder));
            } catch (IOException e) {
                problem = Optional.of("The folder cannot be listed. Nothing was changed anywhere.");
            }
        }
        return new FolderState(setting.name(), root, totals.entries(), totals.bytes(), changes.pending, published,
                index.packs().oldestProof(), problem);
    }

    /// Whether the trees as they are now are the ones in the newest head.
    private boolean isPublished(List<FolderSetting> settings) throws IndexException {
        SortedMap<FolderId, Capability> trees = new TreeMap<>();
        for (FolderSetting setting : settings) {
            FolderId folder = keys.folderId(setting.name());
            Optional<Capability> tree = index.entries().subtree(index.entries().root(folder));
            if (tree.isEmpty()) {
                return false;
            }
            trees.put(folder, tree.get());
        }
        return index.get(SyncPass.PUBLISHED).filter(p -> Arrays.equals(p, SyncPass.published(trees))).isPresent();
    }

    /// Packs with fewer shares than counts as safe, going by what is owed.
    private long unsafe() throws IndexException {
        Map<org.stratobox.crypto.Digest256, Long> owed = index.packs().debts().stream()
                .collect(Collectors.groupingBy(PackDebt::packId, Collectors.counting()));
        long unsafe = 0;
        for (var pack : owed.entrySet()) {
            Optional<PackRecord> record = index.packs().pack(pack.getKey());
            if (record.isPresent() && record.get().n() - pack.getValue() < new CodingProfile(record.get().k(),
                    record.get().n()).safeShares()) {
                unsafe++;
            }
        }
        return unsafe;
    }

    private List<NodeState> nodes() throws InterruptedException {
        Map<String, NodeState> states = new ConcurrentHashMap<>();
        List<Tasks.Job<Boolean, RuntimeException>> jobs = new ArrayList<>();
        for (MeshNode node : mesh.nodes()) {
            jobs.add(() -> {
                NodeState state = state(node);
                states.put(state.address(), state);
                return true;
            });
        }
        Tasks.all(parts.tasks().io(), jobs);
        return mesh.nodes().stream().map(n -> states.get(n.spec().address().toString())).toList();
    }

    private static NodeState state(MeshNode node) {
        String address = node.spec().address().toString();
        try {
            if (!node.isPrepared()) {
                return new NodeState(address, false, "holds nothing of this account", Optional.empty());
            }
            Optional<Long> free = node.usage().map(MeshNode.Usage::free);
            return new NodeState(address, true, "answers", free);
        } catch (NodeException e) {
            return new NodeState(address, false, Sentences.of(e), Optional.empty());
        }
    }

    /// What a number of places survives, in words.
    static String protection(int domains) {
        int survives = Profiles.forPack(domains, LARGE).survives();
        return survives == 0
                ? "one copy only: not protected yet, add a second place"
                : "survives the loss of any " + survives + " of " + domains + " places";
    }

    /// Counts what a pass would do.
    private static final class Changes implements ScanSink {
        private long pending;

        @Override
        public void file(Found file) {
            // what is only looked at again because it was young when it was read does not count as changed
            boolean same = file.known().filter(k -> k.evidence().isOf(Scanner.evidence(file.stat(), false)))
                    .isPresent();
            pending += same ? 0 : 1;
        }

        @Override
        public List<Long> small(List<Found> entries) {
            pending += entries.size();
            return entries.stream().map(f -> f.known().map(Row::id).orElse(-1L)).toList();
        }

        @Override
        public void gone(long directory, Row gone, Path parent) {
            pending++;
        }

        @Override
        public void problem(String shown, String reason) {
            pending++;
        }

        @Override
        public void seen(long size) {
            // only differences are counted
        }
    }
}
