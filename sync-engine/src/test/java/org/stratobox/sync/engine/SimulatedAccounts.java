package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.pack.PackException;

/// Opens accounts for simulations past the slow doors: no phrase is stretched and no keystore opened.
public final class SimulatedAccounts {
    /// Name of the only folder.
    public static final String FOLDER = "main";

    private SimulatedAccounts() {}

    /// Makes the keys of a device of the one account there is and puts its records on the nodes.
    ///
    /// @param parts whose nodes take the records
    /// @param nodes of the account
    /// @param label of the device
    /// @return what the device keeps
    public static DeviceState enrol(EngineParts parts, List<NodeRecord> nodes, String label)
            throws StratoboxException, PackException, InterruptedException {
        try (MasterKeys master = MasterKeys.fromSeed(Secret.takeOwnership(new byte[64]));
                RootIdentity root = RootIdentity.of(master.rootSigningSeed())) {
            DeviceState state = device(parts.entropy(), master, root, nodes);
            DeviceKeys keys = new DeviceKeys(state, parts.entropy());
            try (Mesh mesh = Mesh.open(parts, nodes, keys.epoch().accountTag())) {
                AccountRecords known = Setup.records(keys, mesh);
                AccountWriter writer = new AccountWriter(keys, mesh, parts.clock().millis());
                writer.enrol(root, known, label);
                writer.describe(known, nodes);
            }
            return state;
        }
    }

    private static DeviceState device(Entropy entropy, MasterKeys master, RootIdentity root, List<NodeRecord> nodes) {
        try (EpochKey epoch = master.epoch(0); DeviceIdentity identity = DeviceIdentity.create(entropy)) {
            return new DeviceState(0, Secret.takeOwnership(epoch.expose().exposeCopy()),
                    DeviceId.of(identity.deviceId()), Secret.takeOwnership(identity.exposeSigningSeed().exposeCopy()),
                    Secret.takeOwnership(identity.exposeKemSeed().exposeCopy()),
                    Secret.takeOwnership(entropy.bytes(32)), root.publicKey(), nodes);
        }
    }

    /// @param state of a device
    /// @param entropy for the volume
    /// @return the marker of the folder
    public static FolderMarker marker(DeviceState state, Entropy entropy) {
        return new FolderMarker(folder(state), Id16.of(entropy.bytes(Id16.BYTES)));
    }

    /// @param state of a device
    /// @return the only folder
    public static FolderId folder(DeviceState state) {
        return new DeviceKeys(copy(state), _ -> {}).folderId(FOLDER);
    }

    /// Makes the home of a device with its folder.
    ///
    /// @param home absent
    /// @param root of its folder
    public static void makeHome(Path home, Path root) throws IOException, StratoboxException {
        try (Home made = Home.create(home)) {
            made.saveFolders(List.of(new FolderSetting(FOLDER, root.toString())));
            Settings usual = Settings.DEFAULT;
            made.saveSettings(new Settings(usual.pausedUntilMillis(), usual.up(), usual.down(), usual.schedule(),
                    usual.onBattery(), usual.onMetered(), usual.brakeFiles(), usual.brakePercent(),
                    usual.trashDays(), usual.keepAllDays(), true));
        }
        Files.createFile(home.resolve("keystore"));
    }

    /// Opens the account of a device as the program does after it has the keys.
    ///
    /// @param parts of its machine
    /// @param home made by [#makeHome]
    /// @param state of the device
    /// @return the open account
    public static Account open(EngineParts parts, Path home, DeviceState state) throws StratoboxException {
        return new OpenAccount(parts, Home.open(home), Secret.takeOwnership(new byte[1]),
                new DeviceKeys(copy(state), parts.entropy()));
    }

    /// Closing an account destroys its secrets.
    private static DeviceState copy(DeviceState state) {
        return new DeviceState(state.epoch(), Secret.takeOwnership(state.epochSecret().exposeCopy()), state.device(),
                Secret.takeOwnership(state.signingSeed().exposeCopy()),
                Secret.takeOwnership(state.kemSeed().exposeCopy()),
                Secret.takeOwnership(state.indexKey().exposeCopy()), state.root(),
                state.nodes().stream().map(n -> new NodeRecord(n.node(), n.address(), n.domain(),
                        Secret.takeOwnership(n.credentials().exposeCopy()))).toList());
    }

    /// What a crashed program leaves of its home.
    ///
    /// @param from a home that may still be open
    /// @param to absent
    public static void copyHome(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(from)) {
            all.filter(file -> !file.getFileName().toString().endsWith("-shm")).forEach(files::add);
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName().toString()));
        }
    }
}
