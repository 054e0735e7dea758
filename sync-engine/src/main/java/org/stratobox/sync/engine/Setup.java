package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.WalletSeed;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.localfs.AtomicFile;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.object.MeshDescriptor;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.pack.PackException;

/// Setting a device up: keys, nodes, records, the first folder. Everything that can be wrong with the request is found
/// before something is written; a home that could not be finished is taken away again.
final class Setup {
    private final EngineParts parts;

    Setup(EngineParts parts) {
        this.parts = parts;
    }

    /// @return the locked home of the new device
    Home init(InitRequest request) throws StratoboxException, InterruptedException {
        if (request.nodes().isEmpty()) {
            throw new StratoboxException(Reason.USAGE,
                    "At least one node is needed, for example --node folder:/path/to/a/disk");
        }
        Home home = Home.create(request.home());
        boolean done = false;
        try (WalletSeed seed = request.phrase().seed(new char[0]);
                MasterKeys master = MasterKeys.fromSeed(seed.expose());
                RootIdentity root = RootIdentity.of(master.rootSigningSeed())) {
            Optional<FolderSetting> folder = folder(request, home);
            List<NodeRecord> named = records(request.nodes());
            EpochSearch search = new EpochSearch(parts, master, root.publicKey());
            DeviceState state = newDevice(search.epochs(named), root, named);
            List<EpochKey> everywhere = search.epochs(joined(state));
            if (everywhere.size() - 1 > state.epoch()) {
                // the nodes that were named are behind those that they name
                state = newDevice(everywhere, root, named);
            } else {
                everywhere.forEach(EpochKey::close);
            }
            home.saveDevice(publish(state, root, request.deviceLabel()), request.passphrase(), parts.kdf(),
                    parts.entropy());
            if (folder.isPresent()) {
                // ids of folders come from the first epoch
                try (EpochKey epoch = master.epoch(0)) {
                    FolderChecks.mark(folder.get().path(),
                            org.stratobox.sync.model.FolderId.of(epoch.folderId(folder.get().name())),
                            parts.entropy());
                }
                home.saveFolders(List.of(folder.get()));
            }
            done = true;
            return home;
        } finally {
            if (!done) {
                undo(home);
            }
        }
    }

    private static Optional<FolderSetting> folder(InitRequest request, Home home) throws StratoboxException {
        if (request.folder().isEmpty()) {
            return Optional.empty();
        }
        FolderSource source = request.folder().get();
        Path real = FolderChecks.accept(source.directory(), home.directory(), List.of());
        return Optional.of(new FolderSetting(source.name(), real.toString()));
    }

    private static void undo(Home home) throws StratoboxException {
        try {
            for (String file : List.of("keystore", "folders.json", "index.db", "index.db-wal", "index.db-shm",
                    "head")) {
                AtomicFile.discard(home.directory().resolve(file));
            }
            home.close();
            AtomicFile.discard(home.directory().resolve("lock"));
            AtomicFile.discard(home.directory());
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED,
                    "The device was not set up, and " + home.directory() + " could not be cleaned up.", e);
        }
    }

    /// Nodes as the user named them, each with a new id; the same address twice is one node.
    List<NodeRecord> records(List<NodeSource> sources) {
        Map<String, NodeRecord> byAddress = new LinkedHashMap<>();
        for (NodeSource source : sources) {
            NodeId id = NodeId.of(parts.entropy().bytes(16));
            byAddress.putIfAbsent(source.address(),
                    new NodeRecord(id, source.address(), id.toString(), Mesh.credentials(source.credentials())));
        }
        return List.copyOf(byAddress.values());
    }

    /// @param epochs newest first; closed here
    private DeviceState newDevice(List<EpochKey> epochs, RootIdentity root, List<NodeRecord> nodes) {
        try (DeviceIdentity identity = DeviceIdentity.create(parts.entropy())) {
            List<Secret> secrets = new ArrayList<>();
            epochs.reversed().forEach(e -> secrets.add(Secret.takeOwnership(e.expose().exposeCopy())));
            epochs.forEach(EpochKey::close);
            return new DeviceState(secrets.size() - 1, secrets.getLast(),
                    DeviceId.of(identity.deviceId()), Secret.takeOwnership(identity.exposeSigningSeed().exposeCopy()),
                    Secret.takeOwnership(identity.exposeKemSeed().exposeCopy()),
                    Secret.takeOwnership(parts.entropy().bytes(32)), root.publicKey(), nodes,
                    secrets.subList(0, secrets.size() - 1));
        }
    }

    /// Prepares the nodes and tells them of this device and of one another.
    ///
    /// @return the device with all nodes of the account, those it learned of included
    private DeviceState publish(DeviceState state, RootIdentity root, String label)
            throws StratoboxException, InterruptedException {
        List<NodeRecord> nodes = joined(state);
        DeviceKeys keys = new DeviceKeys(state.withNodes(nodes), parts.entropy());
        try (Mesh mesh = Mesh.open(parts, nodes, keys.tags(), Mesh.OF_ALL_EPOCHS)) {
            AccountRecords known = records(keys, mesh);
            AccountWriter writer = new AccountWriter(keys, mesh, parts.clock().millis());
            writer.enrol(root, known, label);
            writer.describe(known, nodes);
            return state.withNodes(nodes);
        } catch (PackException e) {
            throw new StratoboxException(Reason.NO_NODE,
                    "The nodes did not take the account's records; nothing was set up. Check the nodes and try again.",
                    e);
        }
    }

    /// The nodes the user named, and those the account knows already. A node it knows keeps its id.
    private List<NodeRecord> joined(DeviceState state) throws StratoboxException, InterruptedException {
        DeviceKeys keys = new DeviceKeys(state, parts.entropy());
        try (Mesh mesh = Mesh.open(parts, state.nodes(), keys.tags(), Mesh.OF_ALL_EPOCHS)) {
            prepare(mesh);
            List<NodeRecord> known = records(keys, mesh).mesh().map(MeshDescriptor::nodes).orElse(List.of());
            List<NodeRecord> all = new ArrayList<>(known);
            for (NodeRecord named : state.nodes()) {
                if (known.stream().noneMatch(k -> k.address().equals(named.address()))) {
                    all.add(named);
                }
            }
            return all;
        }
    }

    /// All records of the account that the nodes hold.
    static AccountRecords records(DeviceKeys keys, Mesh mesh) throws StratoboxException, InterruptedException {
        return records(keys, mesh, mesh.list(Space.KEYS));
    }

    /// @param answers what the nodes list
    static AccountRecords records(DeviceKeys keys, Mesh mesh, Map<NodeId, Mesh.Answer> answers)
            throws StratoboxException, InterruptedException {
        if (answers.values().stream().noneMatch(a -> a.names().isPresent())) {
            throw noNode(mesh);
        }
        return AccountRecords.read(keys.epoch(), keys.root(), mesh, AccountState.union(answers));
    }

    static StratoboxException noNode(Mesh mesh) {
        return new StratoboxException(Reason.NO_NODE, "No node could be reached: "
                + String.join(", ", mesh.addresses().values())
                + ". Your files are untouched. Check the connection and the nodes, then try again.");
    }

    /// Makes the nodes the user named ready; each of them has to answer.
    private static void prepare(Mesh mesh) throws StratoboxException {
        for (MeshNode node : mesh.nodes()) {
            try {
                node.prepare();
            } catch (NodeException e) {
                boolean away = e instanceof NodeException.Unreachable || e instanceof NodeException.Throttled;
                throw new StratoboxException(away ? Reason.NO_NODE : Reason.USAGE, "The node " + node.spec().address()
                        + " " + Sentences.of(e) + " (" + e.getMessage() + "). Nothing was set up.", e);
            }
        }
    }

    /// @return the public names that follow from a phrase
    static byte[] accountId(Mnemonic phrase) {
        try (WalletSeed seed = phrase.seed(new char[0]);
                MasterKeys master = MasterKeys.fromSeed(seed.expose());
                RootIdentity root = RootIdentity.of(master.rootSigningSeed())) {
            return root.accountId();
        }
    }
}
