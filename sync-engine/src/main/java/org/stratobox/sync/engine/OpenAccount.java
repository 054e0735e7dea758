package org.stratobox.sync.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.wallet.Fingerprint;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;

/// An unlocked home. One call at a time: the folders have one writer.
final class OpenAccount implements Account {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAccount.class);

    private final EngineParts parts;
    private final Home home;
    private final Secret passphrase;
    private final SyncIndex index;
    /// Guarded by this; replaced when nodes are added or removed.
    private DeviceKeys keys;
    /// Guarded by this.
    private Mesh mesh;

    OpenAccount(EngineParts parts, Home home, Secret passphrase, DeviceKeys keys) throws StratoboxException {
        this.parts = parts;
        this.home = home;
        this.passphrase = passphrase;
        this.keys = keys;
        mesh = Mesh.open(parts, keys.nodes(), keys.epoch().accountTag());
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
    public synchronized SyncReport sync(Consumer<Progress> progress) throws StratoboxException {
        List<FolderSetting> folders = home.folders();
        PassMeter meter = new PassMeter(parts.ticker(), progress, folders.size() > 1);
        return guarded(() -> {
            AccountState state = AccountState.refresh(parts, home, keys, index, mesh);
            SyncPass pass = new SyncPass(parts, home, keys, index, mesh, meter);
            pass.run(folders, state.chain());
            long debts = new Debts(index, mesh).pay();
            return meter.report(pass.published(), debts, state.warnings());
        });
    }

    @Override
    public synchronized StatusReport status() throws StratoboxException {
        List<FolderSetting> folders = home.folders();
        return guarded(() -> new StatusView(parts, keys, index, mesh).report(folders));
    }

    @Override
    public synchronized CheckReport check(boolean readData, boolean repair, Consumer<Progress> progress)
            throws StratoboxException {
        return guarded(() -> {
            AccountState state = AccountState.refresh(parts, home, keys, index, mesh);
            return new Audit(parts, keys, index, mesh).run(state, readData, repair, progress);
        });
    }

    @Override
    public synchronized Restorable restorable() throws StratoboxException {
        return guarded(() -> RestoreView.ofDevice(parts, keys, mesh.records()));
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
            index.transact(() -> index.entries().forget(keys.folderId(found.name())));
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
        byte[] tag = keys.epoch().accountTag();
        Mesh next = Mesh.open(parts, plan.nodes(), tag);
        boolean done = false;
        try {
            plan.checkNew(next);
            DeviceKeys changed = new DeviceKeys(keys.state().withNodes(plan.nodes()), parts.entropy());
            guarded(() -> {
                NodeChanges.describe(parts, changed, next, index);
                return Optional.empty();
            });
            home.saveDevice(changed.state(), passphrase, parts.kdf(), parts.entropy());
            mesh.close();
            mesh = next;
            keys = changed;
            done = true;
        } finally {
            if (!done) {
                next.close();
            }
            Arrays.fill(tag, (byte) 0);
        }
    }

    private <T> T guarded(Guarded.Work<T> work) throws StratoboxException {
        return Guarded.run(work, mesh);
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
