package org.stratobox.sync.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.wallet.Fingerprint;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Brakes;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.Devices;
import org.stratobox.sync.api.EngineState;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.History;
import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.PlanReport;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.Selection;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.event.EngineEvent;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;
import org.stratobox.sync.transfer.Author;
import org.stratobox.sync.transfer.TransferException;

/// An unlocked home. One call at a time: the folders have one writer.
final class OpenAccount implements Account, Session {
    private static final long STATUS_CACHE = 8L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(OpenAccount.class);

    private final EngineParts parts;
    private final Home home;
    private final Secret passphrase;
    private final SyncIndex index;
    /// Guarded by this; replaced when nodes are added or removed.
    private DeviceKeys keys;
    /// Guarded by this.
    private Mesh mesh;
    /// Guarded by this.
    private final Memory memory;
    private final AtomicReference<Optional<RunLoop>> running = new AtomicReference<>(Optional.empty());
    /// What people call each device, as far as it is known. Guarded by this.
    private Map<DeviceId, String> labels = Map.of();

    OpenAccount(EngineParts parts, Home home, Secret passphrase, DeviceKeys keys) throws StratoboxException {
        this.parts = parts;
        this.home = home;
        this.passphrase = passphrase;
        this.keys = keys;
        memory = new Memory(parts.ticker());
        mesh = Mesh.open(parts, keys.nodes(), keys.tags(), Mesh.OF_ALL_EPOCHS);
        try {
            index = IndexFile.open(parts, home, keys);
            IndexFile.markClean(index, false);
        } catch (IndexException e) {
            mesh.close();
            throw Sentences.of(e);
        } catch (StratoboxException e) {
            mesh.close();
            throw e;
        }
    }

    @Override
    public Identity identity() {
        return new Identity("", Fingerprint.of(RootIdentity.accountId(keys.root())));
    }

    @Override
    public SyncReport sync(Consumer<Progress> progress) throws StratoboxException {
        return pass(Scope.EVERYTHING, progress);
    }

    private synchronized SyncReport pass(Scope scope, Consumer<Progress> progress) throws StratoboxException {
        List<FolderSetting> folders = home.folders();
        PassMeter meter = new PassMeter(parts.ticker(), progress, folders.size() > 1);
        return guarded(() -> {
            AccountState state = refresh();
            SyncPass pass = new SyncPass(parts, home, keys, index, mesh, new SyncPass.Watching(meter, memory));
            pass.run(folders, state, scope);
            selecting().release(folders);
            long debts = new Verification(parts, index, mesh).settle();
            return meter.report(pass.incoming(), pass.published(), debts, state.warnings());
        });
    }

    @Override
    public synchronized PlanReport plan() throws StratoboxException {
        List<FolderSetting> folders = home.folders();
        return guarded(() -> {
            AccountState state = refresh();
            PassMeter meter = new PassMeter(parts.ticker(), _ -> {}, folders.size() > 1);
            new SyncPass(parts, home, keys, index, mesh, new SyncPass.Watching(meter, memory)).merge(folders, state);
            return intentions(state.labels()).report(folders);
        });
    }

    private Intentions intentions(Map<DeviceId, String> labels) throws StratoboxException, TransferException {
        return new Intentions(parts, keys, index, SyncPass.braking(home, index), labels);
    }

    @Override
    public Running run(Consumer<EngineEvent> events) throws StratoboxException {
        RunLoop loop = new RunLoop(parts, new RunLoop.Passes() {
            @Override
            public List<FolderSetting> folders() throws StratoboxException {
                return home.folders();
            }

            @Override
            public List<MeshNode> nodes() {
                return openNodes();
            }

            @Override
            public Settings settings() throws StratoboxException {
                return home.settings();
            }

            @Override
            public Set<RelativePath> changedMeanwhile(FolderSetting folder) {
                return takeChanged(folder);
            }

            @Override
            public SyncReport pass(Scope scope, Consumer<Progress> progress) throws StratoboxException {
                return OpenAccount.this.pass(scope, progress);
            }
        }, events);
        if (!running.compareAndSet(Optional.empty(), Optional.of(loop))) {
            throw new StratoboxException(Reason.USAGE, "This device is kept in sync already.");
        }
        loop.start();
        return new Running() {
            @Override
            public EngineState state() {
                return loop.state();
            }

            @Override
            public void wake() {
                loop.wake();
            }

            @Override
            public void close() {
                loop.close();
                running.set(Optional.empty());
            }
        };
    }

    private synchronized Set<RelativePath> takeChanged(FolderSetting folder) {
        return memory.of(keys.folderId(folder.name())).takeChanged();
    }

    private synchronized List<MeshNode> openNodes() {
        return mesh.nodes();
    }

    @Override
    public Brakes brakes() {
        return new Brakes() {
            @Override
            public List<HeldChange> held() throws StratoboxException {
                return decide(h -> h.all(home.folders()).stream().map(Intentions.HeldHere::change).toList());
            }

            @Override
            public void release(String id) throws StratoboxException {
                decide(h -> {
                    h.release(h.find(home.folders(), id));
                    return true;
                });
            }

            @Override
            public void putBack(String id) throws StratoboxException {
                decide(h -> {
                    Author author = Authoring.begin(parts, keys, index);
                    h.putBack(h.find(home.folders(), id), author);
                    Authoring.end(index, author);
                    return true;
                });
            }
        };
    }

    private synchronized <T> T decide(Deciding<T> deciding) throws StratoboxException {
        return guarded(() -> deciding.on(new HeldChanges(index, intentions(labels),
                new StateJoin(new ConflictNames(Map.of())))));
    }

    @FunctionalInterface
    private interface Deciding<T> {
        T on(HeldChanges changes)
                throws StratoboxException, IndexException, TransferException, InterruptedException;
    }

    @Override
    public Selection selection() {
        return new SelectionView(new SelectionView.Turn() {
            @Override
            public <T> T take(SelectionView.Work<T> work) throws StratoboxException {
                synchronized (OpenAccount.this) {
                    return guarded(() -> work.on(selecting(), OpenAccount.this::folder));
                }
            }
        });
    }

    private SelectionTools selecting() {
        return new SelectionTools(parts, keys, index, mesh, objects());
    }

    @Override
    public Settings settings() throws StratoboxException {
        return home.settings();
    }

    @Override
    public void changeSettings(Settings next) throws StratoboxException {
        home.saveSettings(next);
        running.get().ifPresent(loop -> loop.changed(next));
    }

    @Override
    public synchronized StatusReport status() throws StratoboxException {
        List<FolderSetting> folders = home.folders();
        return guarded(() -> {
            long unread = new Mergeable(keys, index, objects(),
                    folders.stream().map(f -> keys.folderId(f.name())).toList())
                    .unmerged(index.heads().newest().values());
            return new StatusView(parts, keys, index, mesh, intentions(labels)).report(folders, unread);
        });
    }

    private ObjectReader objects() {
        return new ObjectReader(index, mesh.store(), parts.tasks(), STATUS_CACHE);
    }

    @Override
    public synchronized FileState fileState(String folder, String path) throws StratoboxException {
        FolderSetting setting = folder(folder);
        return guarded(() -> new FileStates(parts, keys, index, objects(), intentions(labels)).of(setting, path));
    }

    private FolderSetting folder(String name) throws StratoboxException {
        return home.folders().stream().filter(f -> f.name().equals(name)).findFirst()
                .orElseThrow(() -> new StratoboxException(Reason.USAGE,
                        "There is no synced folder \"" + name + "\" on this device."));
    }

    @Override
    public synchronized List<FileState> unsafe(int limit) throws StratoboxException {
        List<FolderSetting> folders = home.folders();
        return guarded(() -> new UnsafeFiles(selecting(), intentions(labels), limit).in(folders));
    }

    @Override
    public synchronized CheckReport check(boolean readData, boolean repair, Consumer<Progress> progress)
            throws StratoboxException {
        return guarded(() -> {
            AccountState state = refresh();
            return new Audit(parts, keys, index, mesh).run(state, readData, repair, progress);
        });
    }

    @Override
    public synchronized Restorable restorable() throws StratoboxException {
        return guarded(() -> RestoreView.ofDevice(parts, keys, mesh.records()));
    }

    @Override
    public History history() {
        return new HistoryView(new HistoryView.Access() {
            @Override
            public <T> T with(HistoryView.Use<T> use) throws StratoboxException {
                synchronized (OpenAccount.this) {
                    return guarded(
                            () -> use.of(new HistoryView.Context(OpenAccount.this, home, Map.copyOf(labels))));
                }
            }

            @Override
            public void pass(Consumer<Progress> progress) throws StratoboxException {
                sync(progress);
            }
        });
    }

    @Override
    public Ignores ignores() {
        return new IgnoresView(parts.files(), home);
    }

    @Override
    public List<FolderView> folders() {
        try {
            return home.folders().stream().map(f -> new FolderView(f.name(), f.path())).toList();
        } catch (StratoboxException e) {
            // read successfully when the account was opened; a command that needs them reports it
            return List.of();
        }
    }

    @Override
    public synchronized void addFolder(FolderSource folder) throws StratoboxException {
        List<FolderSetting> folders = new ArrayList<>(home.folders());
        Optional<FolderSetting> known = folders.stream().filter(f -> f.name().equals(folder.name())).findFirst();
        if (known.isPresent() && isSame(known.get(), folder)) {
            FolderChecks.mark(known.get().path(), keys.folderId(folder.name()), parts.entropy());
            return;
        }
        if (known.isPresent()) {
            throw new StratoboxException(Reason.USAGE, "There is a folder called \"" + folder.name()
                    + "\" on this device already. Give the new one another name with --name.");
        }
        var real = FolderChecks.accept(folder.directory(), home.directory(), folders);
        FolderChecks.mark(real, keys.folderId(folder.name()), parts.entropy());
        folders.add(new FolderSetting(folder.name(), real.toString()));
        home.saveFolders(folders);
    }

    /// Adding a folder again says that it is the right one, for example after its marker was lost.
    private static boolean isSame(FolderSetting known, FolderSource again) {
        try {
            return known.path().toRealPath().equals(again.directory().toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void removeFolder(String nameOrDirectory) throws StratoboxException {
        List<FolderSetting> folders = new ArrayList<>(home.folders());
        FolderSetting found = folders.stream()
                .filter(f -> f.name().equals(nameOrDirectory) || f.directory().equals(nameOrDirectory)).findFirst()
                .orElseThrow(() -> new StratoboxException(Reason.USAGE,
                        "There is no synced folder \"" + nameOrDirectory + "\" on this device."));
        folders.remove(found);
        home.saveFolders(folders);
        try {
            index.transact(() -> {
                index.entries().forget(keys.folderId(found.name()));
                index.selection().forget(keys.folderId(found.name()));
            });
        } catch (IndexException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public synchronized List<NodeView> nodes() {
        return keys.nodes().stream().map(n -> new NodeView(n.node(), n.address(), n.domain())).toList();
    }

    @Override
    public synchronized void addNode(NodeSource node) throws StratoboxException {
        changeNodes(new NodeChanges(parts, keys, index).add(node));
    }

    @Override
    public synchronized void removeNode(String address) throws StratoboxException {
        changeNodes(guarded(() -> new NodeChanges(parts, keys, index).remove(address)));
    }

    @Override
    public List<String> testNode(NodeSource node) throws StratoboxException {
        return guarded(() -> new NodeProbe(parts, keys).test(node));
    }

    private void changeNodes(NodeChanges.Plan plan) throws StratoboxException {
        Mesh next = Mesh.open(parts, plan.nodes(), keys.tags(), Mesh.OF_ALL_EPOCHS);
        boolean done = false;
        try {
            plan.checkNew(next);
            DeviceKeys changed = new DeviceKeys(keys.state().withNodes(plan.nodes()), parts.entropy());
            guarded(() -> {
                NodeChanges.describe(parts, changed, next, index);
                return Optional.empty();
            });
            replace(changed, next);
            done = true;
        } finally {
            if (!done) {
                next.close();
            }
        }
    }

    @Override
    public <T> T guarded(Guarded.Work<T> work) throws StratoboxException {
        return Guarded.run(work, mesh);
    }

    @Override
    public synchronized CollectReport collect(CollectReport.Consent consent) throws StratoboxException {
        return guarded(() -> {
            AccountState state = refresh();
            return new Collector(this).step(state, consent, Collector.KeptHistory.THIRTY_DAYS);
        });
    }

    @Override
    public Devices devices() {
        return new DeviceBook(this);
    }

    // ---- for those who work inside, with the monitor held

    @Override
    public EngineParts parts() {
        return parts;
    }

    @Override
    public synchronized DeviceKeys keys() {
        return keys;
    }

    @Override
    public synchronized Mesh mesh() {
        return mesh;
    }

    @Override
    public SyncIndex index() {
        return index;
    }

    @Override
    public List<FolderId> syncedFolders() throws StratoboxException {
        List<FolderId> ids = new ArrayList<>();
        for (FolderSetting folder : home.folders()) {
            ids.add(keys().folderId(folder.name()));
        }
        return ids;
    }

    @Override
    public synchronized void replace(DeviceKeys changed, Mesh next) throws StratoboxException {
        home.saveDevice(changed.state(), passphrase, parts.kdf(), parts.entropy());
        if (next != mesh) {
            mesh.close();
        }
        mesh = next;
        keys = changed;
    }

    @Override
    public synchronized AccountState refresh()
            throws StratoboxException, IndexException, PackException, HistoryException, InterruptedException {
        List<String> told = new ArrayList<>();
        while (true) {
            AccountState state = AccountState.refresh(parts, home, keys, index, mesh);
            switch (state.turn()) {
                case AccountState.Turn.Go _ -> {
                    new PlanWatch(this, state).heed();
                    labels = state.labels();
                    told.addAll(state.warnings());
                    return new AccountState(state.records(), state.heads(), state.chain(), told, state.turn());
                }
                case AccountState.Turn.NextEpoch _ -> new EpochMove(this).follow(state.records());
                case AccountState.Turn.UsedElsewhere elsewhere -> told
                        .add(new NewIdentity(this).take(state.records(), elsewhere.last()));
            }
        }
    }

    @Override
    public synchronized void close() {
        mesh.close();
        try {
            IndexFile.markClean(index, true);
        } catch (IndexException e) {
            // then it is looked through when it is opened next
            LOG.warn("the index could not be marked as closed: {}", e.reason());
        }
        index.close();
        keys.close();
        passphrase.close();
        home.close();
    }
}
