package org.stratobox.sync.engine;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.AeadWarmup;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.crypto.wallet.Fingerprint;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.WalletSeed;
import org.stratobox.sync.api.Account.Listing;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.RestorePreview;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.history.FolderContents;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.IndexImport;
import org.stratobox.sync.history.MergedFolder;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.PrivateDirectory;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.HeadAcceptance;
import org.stratobox.sync.object.MeshDescriptor;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;

/// The account as the nodes hold it, read with keys alone: a temporary index is filled from the pack indexes, heads say which
/// states there are. Nothing is written to any node (`format.md` 3.9).
final class RestoreView implements Restorable {
    private static final long CACHE_BYTES = 48L << 20;

    private final EngineParts parts;
    private final List<EpochKey> epochs;
    private final Mesh mesh;
    private final PrivateDirectory scratch;
    private final SyncIndex index;
    private final RestorePreview preview;
    private final HeadJudge.Found heads;
    private final AccountRecords records;
    private final ObjectReader objects;

    /// What an account is read with.
    ///
    /// @param epochs keys of the newest epoch and those before it
    /// @param root the account's public root key
    private record Keys(List<EpochKey> epochs, VerifyKey root) {
        EpochKey newest() {
            return epochs.getFirst();
        }

        List<byte[]> tags() {
            return epochs.stream().map(EpochKey::accountTag).toList();
        }
    }

    private RestoreView(EngineParts parts, Keys keys, Mesh mesh, PrivateDirectory scratch)
            throws StratoboxException, IndexException, HistoryException, InterruptedException {
        this.parts = parts;
        epochs = keys.epochs();
        this.mesh = mesh;
        this.scratch = scratch;
        index = parts.indexes().open(scratch.path().resolve("index.db"),
                LocalKey.of(Secret.takeOwnership(parts.entropy().bytes(32))));
        boolean done = false;
        try {
            DiscoveredState state = discover(keys);
            records = state.records();
            heads = state.heads();
            objects = new ObjectReader(index, mesh.store(), parts.tasks(), CACHE_BYTES);
            preview = preview(keys, state);
            done = true;
        } finally {
            if (!done) {
                index.close();
            }
        }
    }

    private record DiscoveredState(AccountRecords records, HeadJudge.Found heads, List<String> warnings,
            List<RestorePreview.NodeAnswer> answers) {}

    /// With the phrase: the named nodes lead to the others.
    static RestoreView ofPhrase(EngineParts parts, Mnemonic phrase, List<NodeSource> named) throws StratoboxException {
        try (WalletSeed seed = phrase.seed(new char[0]);
                MasterKeys master = MasterKeys.fromSeed(seed.expose());
                RootIdentity root = RootIdentity.of(master.rootSigningSeed())) {
            return Guarded.uninterrupted(() -> {
                EpochSearch search = new EpochSearch(parts, master, root.publicKey());
                List<NodeRecord> first = new Setup(parts).records(named);
                List<NodeRecord> nodes = allNodes(parts, new Keys(search.epochs(first), root.publicKey()), first);
                // the nodes that were named may all be behind those that they name
                return open(parts, new Keys(search.epochs(nodes), root.publicKey()), nodes);
            });
        }
    }

    /// With the keys of a device.
    static RestoreView ofDevice(EngineParts parts, DeviceKeys device, List<NodeRecord> nodes)
            throws StratoboxException {
        List<EpochKey> own = device.epochs().stream()
                .map(e -> EpochKey.of(e.epoch(), Secret.takeOwnership(e.expose().exposeCopy()))).toList();
        return open(parts, new Keys(own, device.root()), nodes);
    }

    private static RestoreView open(EngineParts parts, Keys keys, List<NodeRecord> nodes) throws StratoboxException {
        Mesh mesh = Mesh.open(parts, nodes, keys.tags(), Mesh.FOR_READING);
        return Guarded.run(() -> {
            boolean done = false;
            PrivateDirectory scratch = PrivateDirectory.create("stratobox-restore");
            try {
                RestoreView view = new RestoreView(parts, keys, mesh, scratch);
                done = true;
                return view;
            } finally {
                if (!done) {
                    mesh.close();
                    scratch.close();
                }
            }
        }, mesh);
    }

    /// The nodes the account names, plus those the user named that it does not know.
    private static List<NodeRecord> allNodes(EngineParts parts, Keys keys, List<NodeRecord> named)
            throws StratoboxException {
        try (Mesh mesh = Mesh.open(parts, named, keys.tags(), Mesh.FOR_READING)) {
            return Guarded.run(() -> {
                requireAccount(mesh);
                AccountRecords records = AccountRecords.read(keys.newest(), keys.root(), mesh,
                        AccountState.union(mesh.list(Space.KEYS)));
                List<NodeRecord> all = new ArrayList<>(records.mesh().map(MeshDescriptor::nodes).orElse(List.of()));
                named.stream().filter(n -> all.stream().noneMatch(a -> a.address().equals(n.address())))
                        .forEach(all::add);
                return all;
            }, mesh);
        }
    }

    private static void requireAccount(Mesh mesh) throws StratoboxException {
        List<String> reasons = new ArrayList<>();
        boolean empty = false;
        for (var node : mesh.nodes()) {
            try {
                if (node.isPrepared()) {
                    return;
                }
                empty = true;
                reasons.add(node.spec().address() + " holds nothing of this account");
            } catch (NodeException e) {
                reasons.add(node.spec().address() + " " + Sentences.of(e));
            }
        }
        throw empty
                ? new StratoboxException(Reason.WRONG_SECRET, "No account was found under these words: "
                        + String.join("; ", reasons) + ". Check the phrase and the address. Nothing was changed.")
                : new StratoboxException(Reason.NO_NODE, "No node could be reached: " + String.join("; ", reasons)
                        + ". Nothing was changed. Check the address, or name another node.");
    }

    private DiscoveredState discover(Keys keys)
            throws StratoboxException, HistoryException, InterruptedException {
        Map<org.stratobox.sync.model.NodeId, Mesh.Answer> headLists = mesh.list(Space.HEAD);
        AccountRecords found = AccountRecords.read(keys.newest(), keys.root(), mesh,
                AccountState.union(mesh.list(Space.KEYS)));
        if (headLists.values().stream().allMatch(a -> a.names().isEmpty())) {
            throw Setup.noNode(mesh);
        }
        Heads.Gathered gathered = new Heads(keys.epochs(), found.certificates()).read(mesh, parts.tasks(),
                AccountState.union(headLists));
        // no clock is asked: a state from the future is better than none
        HeadJudge.Found read = HeadJudge.judge(new HeadAcceptance(found.certificates(), keys.newest().epoch()),
                HeadJudge.Memory.NONE, gathered.heads(), Entry.MAX_NUMBER);
        List<String> warnings = new ArrayList<>(TrustBook.words(read.findings(), found.certificates()));
        if (gathered.unreadable() > 0) {
            warnings.add(gathered.unreadable()
                    + " state records on the nodes could not be read or are not genuine; they are ignored.");
        }
        importIndexes(keys, warnings);
        return new DiscoveredState(found, read, warnings, answers(headLists, warnings));
    }

    /// The newest epoch first: what it says of an object is not changed by what others may have left in earlier ones.
    private void importIndexes(Keys keys, List<String> warnings) throws HistoryException, InterruptedException {
        var listed = AccountState.union(mesh.list(Space.INDEX));
        int unreadable = 0;
        for (EpochKey epoch : keys.epochs()) {
            IndexImport.Outcome imported = new IndexImport(index, mesh.store(), parts.tasks(), epoch.accountScope())
                    .importNew(listed);
            unreadable = imported.unreadable().size();
        }
        if (unreadable > 0) {
            warnings.add(unreadable + " pack indexes could not be read; some files may be missing.");
        }
    }

    /// A node that lists fewer heads than another is behind.
    private List<RestorePreview.NodeAnswer> answers(Map<org.stratobox.sync.model.NodeId, Mesh.Answer> lists,
            List<String> warnings) {
        var lacking = AccountState.lacking(lists);
        List<RestorePreview.NodeAnswer> answers = new ArrayList<>();
        mesh.addresses().forEach((node, address) -> {
            Mesh.Answer answer = lists.get(node);
            String state = answer == null ? "was not asked" : answer.failure().map(Sentences::of).orElse("answers");
            int behind = lacking.getOrDefault(node, java.util.Set.of()).size();
            if (behind > 0) {
                warnings.add("The node " + address + " lacks " + behind + " states that others have.");
            }
            answers.add(new RestorePreview.NodeAnswer(address, answer != null && answer.names().isPresent(), state));
        });
        return answers;
    }

    private RestorePreview preview(Keys keys, DiscoveredState state)
            throws HistoryException, InterruptedException {
        List<RestorePreview.DeviceState> devices = new ArrayList<>();
        Map<String, RestorePreview.FolderSummary> folders = new TreeMap<>();
        for (Heads.Read newest : heads.tips(Entry.MAX_NUMBER)) {
            DeviceRecord device = records.devices().get(newest.head().device());
            devices.add(new RestorePreview.DeviceState(device == null ? "unknown" : device.label(),
                    newest.head().seq(), newest.head().wallMillis()));
            commit(newest).folders().values()
                    .forEach(f -> folders.put(f.name(), new RestorePreview.FolderSummary(f.name())));
        }
        return new RestorePreview(Fingerprint.of(RootIdentity.accountId(keys.root())), devices,
                List.copyOf(folders.values()), state.answers(), state.warnings());
    }

    private Commit commit(Heads.Read read) throws HistoryException, InterruptedException {
        try {
            return Commit.decode(objects.open(ObjectType.COMMIT, read.head().commit()));
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        }
    }

    @Override
    public Past past() {
        Map<DeviceId, String> labels = new TreeMap<>();
        records.devices().forEach((id, device) -> labels.put(id, device.label()));
        return new PastView(new PastView.Tools(parts, mesh, objects),
                heads.accepted().stream().map(Heads.Read::head).toList(), labels,
                name -> DeviceKeys.folderId(epochs, name));
    }

    @Override
    public RestorePreview preview() {
        return preview;
    }

    /// The folder as all devices together left it, now or at a moment.
    private FolderContents contents(String folder, Optional<Long> atMillis)
            throws StratoboxException, HistoryException, InterruptedException {
        List<Capability> trees = new ArrayList<>();
        for (Heads.Read read : heads.tips(atMillis.orElse(Entry.MAX_NUMBER))) {
            commit(read).folders().values().stream().filter(f -> f.name().equals(folder)).map(FolderRoot::tree)
                    .forEach(trees::add);
        }
        if (trees.isEmpty()) {
            throw new StratoboxException(Reason.USAGE, "The account has no folder called \"" + folder + "\""
                    + (atMillis.isPresent() ? " at that time." : ".") + " It has: "
                    + String.join(", ", preview.folders().stream().map(RestorePreview.FolderSummary::name).toList()));
        }
        return new MergedFolder(objects, new StateJoin(conflictNames())).open(trees);
    }

    private ConflictNames conflictNames() {
        Map<DeviceId, String> labels = new TreeMap<>();
        records.devices().forEach((id, device) -> labels.put(id, device.label()));
        return new ConflictNames(labels);
    }

    @Override
    public void list(String folder, String path, Consumer<Listing> to) throws StratoboxException {
        Guarded.run(() -> {
            RelativePath wanted = PastView.path(path);
            List<RelativePath> absent = contents(folder, Optional.empty()).<RuntimeException>forEach(List.of(wanted),
                    (at, entry) -> to.accept(PastView.listing(at, entry)));
            if (!absent.isEmpty() && !wanted.isRoot()) {
                throw new StratoboxException(Reason.USAGE,
                        "There is no \"" + path + "\" in the folder " + folder + ".");
            }
            return true;
        }, mesh);
    }

    @Override
    public void cat(String folder, String path, OutputStream to) throws StratoboxException {
        Guarded.run(() -> {
            Entry entry = contents(folder, Optional.empty()).find(PastView.path(path))
                    .filter(e -> e.kind() == EntryKind.FILE && !(e.content() instanceof Content.None))
                    .orElseThrow(() -> new StratoboxException(Reason.USAGE,
                            "There is no file \"" + path + "\" in the folder " + folder + "."));
            RestoreJob.cat(objects, parts, entry, to);
            return true;
        }, mesh);
    }

    @Override
    public RestoreReport restore(RestoreRequest request, Consumer<Progress> progress) throws StratoboxException {
        List<String> names = request.folder().map(List::of)
                .orElse(preview.folders().stream().map(RestorePreview.FolderSummary::name).toList());
        List<RelativePath> wanted = new ArrayList<>();
        for (String path : request.paths()) {
            wanted.add(PastView.path(path));
        }
        parts.tasks().work().execute(AeadWarmup.task());
        return Guarded.run(() -> {
            RestoreJob run = new RestoreJob(parts, objects, mesh, progress);
            for (String name : names) {
                Path target = names.size() == 1 ? request.target() : request.target().resolve(name);
                run.folder(contents(name, request.atMillis()), wanted.isEmpty() ? List.of(RelativePath.ROOT) : wanted,
                        target, sealer(name));
            }
            return run.report();
        }, mesh);
    }

    private Optional<Sealer> sealer(String folder) {
        byte[] id = DeviceKeys.folderId(epochs, folder).bytes();
        return Optional.of(new Sealer(epochs.getFirst().folderScope(id, DeviceKeys.FOLDER_EPOCH), DeviceKeys.SUITE,
                parts.entropy()));
    }

    @Override
    public void close() {
        epochs.forEach(EpochKey::close);
        index.close();
        mesh.close();
        scratch.close();
    }
}
