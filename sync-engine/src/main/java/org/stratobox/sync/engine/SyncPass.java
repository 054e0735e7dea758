package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.event.Progress.Phase;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.CollectorTable.PlanState;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.HeadRetention;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackBuilder;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredCopies;
import org.stratobox.sync.reconcile.Brake;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;
import org.stratobox.sync.transfer.Author;
import org.stratobox.sync.transfer.Publisher;
import org.stratobox.sync.transfer.TransferException;
import org.stratobox.sync.transfer.Upload;

/// One pass over the folders of a device: scan, upload, publish. Used once.
final class SyncPass {
    static final String PUBLISHED = "published-trees";
    /// What another device published of the folders of this one.
    private static final String OTHERS = "published-trees:";
    private static final int PACKS_IN_FLIGHT = 3;
    private static final long CACHE_BYTES = 32L << 20;

    private final EngineParts parts;
    private final Home home;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Mesh mesh;
    private final PassMeter meter;
    private final ObjectReader objects;
    private final Memory memory;
    private final Applied applied = new Applied();
    private boolean published;
    /// Highest own counter of this pass.
    private long counter;

    /// Who counts, and who remembers.
    ///
    /// @param meter of this pass
    /// @param memory of all passes of the open account
    record Watching(PassMeter meter, Memory memory) {}

    SyncPass(EngineParts parts, Home home, DeviceKeys keys, SyncIndex index, Mesh mesh, Watching watching) {
        this.parts = parts;
        this.home = home;
        this.keys = keys;
        this.index = index;
        this.mesh = mesh;
        this.meter = watching.meter();
        this.memory = watching.memory();
        objects = new ObjectReader(index, mesh.store(), parts.tasks(), CACHE_BYTES);
    }

    SyncReport.Incoming incoming() {
        return applied.incoming(meter.heldHere());
    }

    boolean published() {
        return published;
    }

    /// @param settings folders of this device
    /// @param account what the nodes say now
    /// @param scope what to look at on the disk
    void run(List<FolderSetting> settings, AccountState account, Scope scope)
            throws TransferException, StratoboxException, InterruptedException {
        Author author = author();
        List<FolderPass> folders = folders(settings, account, braking(home, index));
        Upload upload = new Upload(mesh.store(), index, parts.tasks(), packing(), meter);
        try {
            meter.phase(Phase.SCANNING);
            for (FolderPass folder : folders) {
                Optional<Scope.Where> where = scope.of(folder.setting().name());
                if (where.isPresent()) {
                    folder.capture(where.get(), author, upload);
                }
            }
            merge(folders, account.newestMergeable());
            meter.phase(Phase.PUBLISHING);
            counter = author.counter();
            end(author);
            publish(folders, account.chain(), upload);
        } finally {
            upload.stop();
        }
        meter.phase(Phase.RESTORING);
        for (FolderPass folder : folders) {
            applied.addAll(folder.apply());
        }
    }

    private Author author() throws TransferException {
        try {
            return Authoring.begin(parts, keys, index);
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private void end(Author author) throws TransferException {
        try {
            Authoring.end(index, author);
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    /// The brake as the user set it.
    static FolderPass.Braking braking(Home home, SyncIndex index) throws StratoboxException, TransferException {
        Settings chosen = home.settings();
        Brake.Limits limits = new Brake.Limits(chosen.brakeFiles(), chosen.brakePercent(),
                Brake.Limits.USUAL.floor());
        try {
            return new FolderPass.Braking(new Brake(limits), Released.load(index), chosen.linksOutside());
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private List<FolderPass> folders(List<FolderSetting> settings, AccountState account,
            FolderPass.Braking braking) {
        Map<DeviceId, String> labels = account.labels();
        FolderPass.Tools tools = new FolderPass.Tools(parts, keys, index, objects,
                new StateJoin(new ConflictNames(labels)), braking, memory, meter);
        return settings.stream().map(setting -> new FolderPass(tools, setting)).toList();
    }

    private Upload.Packing packing() {
        List<PackBuilder> builders = new ArrayList<>();
        for (int i = 0; i < PACKS_IN_FLIGHT; i++) {
            builders.add(new PackBuilder(keys.accountSealer(), PackBuilder.DEFAULT_CAPACITY));
        }
        return new Upload.Packing(builders,
                bound -> (int) Long.remainderUnsigned(ByteBuffer.wrap(parts.entropy().bytes(8)).getLong(), bound));
    }

    /// Joins what the other devices published last, and does nothing else.
    void merge(List<FolderSetting> settings, AccountState account)
            throws TransferException, StratoboxException, InterruptedException {
        merge(folders(settings, account, braking(home, index)), account.newestMergeable());
    }

    /// Joins what the other devices published last. A head counts as merged when all its folders are.
    private void merge(List<FolderPass> folders, Map<DeviceId, Head> heads)
            throws TransferException, InterruptedException {
        try {
            Mergeable mergeable = new Mergeable(keys, index, objects,
                    folders.stream().map(FolderPass::folder).toList());
            for (Mergeable.Published other : mergeable.of(heads).toMerge()) {
                boolean all = true;
                for (FolderPass folder : folders) {
                    Optional<FolderRoot> root = Optional.ofNullable(other.commit().folders().get(folder.folder()));
                    all &= root.isEmpty()
                            || (!folder.isPaused() && folder.merge(other.device(), root.get().tree()));
                }
                if (all) {
                    mergeable.merged(other);
                    index.set(OTHERS + other.device(), digest(other.commit().folders(), folders));
                }
            }
            for (FolderPass folder : folders) {
                new ChosenPaths(index, folder.folder()).follow();
            }
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private void publish(List<FolderPass> folders, OwnChain chain, Upload upload)
            throws TransferException, StratoboxException, InterruptedException {
        Publisher publisher = new Publisher(index, mesh.store(), upload, keys.accountSealer());
        publisher.begin();
        try {
            Map<FolderId, FolderRoot> roots = new LinkedHashMap<>();
            for (FolderPass folder : folders) {
                Capability tree = publisher.sealTree(index.entries().root(folder.folder()), folder.sealer());
                roots.put(folder.folder(), new FolderRoot(DeviceKeys.FOLDER_EPOCH, tree, folder.setting().name()));
            }
            byte[] digest = digest(roots);
            boolean changed = index.get(PUBLISHED).filter(d -> Arrays.equals(d, digest)).isEmpty();
            boolean unknownElsewhere = changed && (chain.own().isEmpty() || !isPublishedElsewhere(digest));
            if (!chain.isConfirmed() || unknownElsewhere || isDue(chain) || isAsked()) {
                commit(publisher, chain, roots);
                index.set(PUBLISHED, digest);
                published = true;
            } else {
                index.set(PUBLISHED, digest);
                publisher.treesStored();
                publisher.publishPacks();
            }
            Authoring.published(index);
        } catch (IndexException e) {
            throw new TransferException(e);
        } catch (PackException e) {
            throw new TransferException(e);
        }
    }

    /// Plans of the collector whose candidates this pass has not referenced anew.
    private List<Id16> heeded() throws IndexException {
        return index.collector().plans().stream()
                .filter(p -> p.state() == PlanState.OPEN || p.state() == PlanState.DELETING).map(p -> p.plan().id())
                .toList();
    }

    /// Whether a head is due for another reason than files ([#publishAnyway]): that others have the same state does not
    /// replace it, since nobody else can say what this device heeds, or in which epoch and under which name it goes on.
    private boolean isAsked() throws IndexException {
        return index.get(PUBLISHED).filter(d -> d.length == 1).isPresent();
    }

    /// A head also says that the device is alive, what it has seen and which plans it heeds.
    private boolean isDue(OwnChain chain) {
        return chain.own().filter(own -> HeadRetention.heartbeatDue(own.wallMillis(), parts.clock().millis()))
                .isPresent();
    }

    private void commit(Publisher publisher, OwnChain chain, Map<FolderId, FolderRoot> roots)
            throws TransferException, StratoboxException, PackException, IndexException, InterruptedException {
        long seq = chain.newest().seq() + 1;
        long now = parts.clock().millis();
        Commit commit = new Commit(keys.device(), seq, chain.parents(), roots, meter.summary(), now);
        Capability cap = publisher.sendAccountObject(ObjectType.COMMIT, commit.encode());
        publisher.treesStored();
        publisher.publishPacks();
        Signed<Head> head = new Head(keys.accountId(), keys.device(), keys.epoch().epoch(), seq,
                chain.newest().hash(), cap, chain.seen(), chain.account(), now, heeded(), List.of())
                .sign(keys.identity());
        SealedObject sealed = keys.headSealer().seal(ObjectType.HEAD, head.encode());
        // first here, then there: a crash in between puts the same bytes again, never another head with this number
        index.trust().counterAt(seq, counter);
        index.setDurably(OwnIdentity.BEING_PUT, ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
        home.saveHead(sealed.envelope());
        StoredCopies stored = mesh.store().storeReplicated(Space.HEAD, ByteBuffer.wrap(sealed.envelope()));
        index.transact(() -> {
            index.heads().add(new KnownHead(new ObjectName(sealed.capability().cid().digest()), keys.device(), seq,
                    head.hash(), now));
            Publisher.addDebts(index, stored);
        });
    }

    /// Another device's newest head says the very same, so one of this device would add nothing.
    private boolean isPublishedElsewhere(byte[] digest) throws IndexException {
        for (DeviceId device : index.heads().newest().keySet()) {
            if (index.get(OTHERS + device).filter(d -> Arrays.equals(d, digest)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static byte[] digest(Map<FolderId, FolderRoot> published, List<FolderPass> folders) {
        Map<FolderId, FolderRoot> ours = new HashMap<>(published);
        ours.keySet().retainAll(folders.stream().map(FolderPass::folder).toList());
        return digest(ours);
    }

    private static byte[] digest(Map<FolderId, FolderRoot> roots) {
        SortedMap<FolderId, Capability> trees = new TreeMap<>();
        roots.forEach((folder, root) -> trees.put(folder, root.tree()));
        return published(trees);
    }

    /// What the index remembers of the trees in the newest own head.
    static byte[] published(SortedMap<FolderId, Capability> trees) {
        ByteBuffer all = ByteBuffer.allocate(trees.size() * 48);
        trees.forEach((folder, tree) -> all.put(folder.bytes()).put(tree.cid().digest().bytes()));
        return all.array();
    }

    /// The next pass publishes a head although no tree has changed.
    static void publishAnyway(SyncIndex index) throws IndexException {
        index.set(PUBLISHED, new byte[]{0});
    }
}
