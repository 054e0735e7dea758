package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.keystore.KdfParameters;
import org.stratobox.crypto.keystore.KeystoreFile;
import org.stratobox.crypto.keystore.Protection;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.localfs.AtomicFile;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.object.ObjectException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The directory of one device: sealed keys, the list of folders, the newest own head, and the index, which alone may be
/// deleted at any time. Locked against other processes while it is open.
final class Home implements AutoCloseable {
    private static final String KEYSTORE = "keystore";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final FileChannel lock;

    private Home(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// A synced folder of this device.
    ///
    /// @param name inside the account
    /// @param directory absolute path
    record FolderSetting(String name, String directory) {
        Path path() {
            return Path.of(directory);
        }
    }

    private record Folders(int version, List<FolderSetting> folders) {}

    static boolean exists(Path directory) {
        return Files.isRegularFile(directory.resolve(KEYSTORE));
    }

    /// @param directory absent or empty
    static Home create(Path directory) throws StratoboxException {
        if (exists(directory)) {
            throw new StratoboxException(Reason.USAGE, "There is a Stratobox home at " + directory
                    + " already; it was not changed. Use it, or choose another place with --home.");
        }
        try {
            AtomicFile.createPrivateDirectories(directory);
            try (Stream<Path> children = Files.list(directory)) {
                if (children.anyMatch(child -> !child.getFileName().toString().equals("lock"))) {
                    throw new StratoboxException(Reason.USAGE,
                            directory
                                    + " is not empty; nothing was changed. Choose an empty or new directory with --home.");
                }
            }
            return locked(directory);
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The directory " + directory
                    + " cannot be made or written; nothing was changed. Choose another place with --home.", e);
        }
    }

    static Home open(Path directory) throws StratoboxException {
        if (!exists(directory)) {
            throw new StratoboxException(Reason.USAGE, "There is no Stratobox home at " + directory
                    + ". Set this device up with: stratobox init");
        }
        try {
            return locked(directory);
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The home at " + directory
                    + " cannot be opened for writing. Nothing was changed.", e);
        }
    }

    private static Home locked(Path directory) throws IOException, StratoboxException {
        FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new Home(directory, channel);
            }
        } catch (OverlappingFileLockException e) {
            // held by another engine in this process: same answer as for another process
        }
        channel.close();
        throw new StratoboxException(Reason.HOME_IN_USE, "Another Stratobox is using " + directory
                + ". Nothing was changed. Wait until it has finished, or stop it.");
    }

    Path directory() {
        return directory;
    }

    Path indexFile() {
        return directory.resolve("index.db");
    }

    DeviceState unlock(Secret passphrase) throws StratoboxException {
        try (Secret payload = KeystoreFile.open(Files.readAllBytes(directory.resolve(KEYSTORE)),
                new Protection.Passphrase(passphrase))) {
            return DeviceState.decode(payload);
        } catch (CryptoException e) {
            if (e.reason() == CryptoException.Reason.WRONG_KEY) {
                throw new StratoboxException(Reason.WRONG_SECRET,
                        "The passphrase does not open this computer's keys. Nothing was changed; try again.", e);
            }
            throw new StratoboxException(Reason.FAILED, "The key file of this home is damaged (" + e.reason()
                    + "). Your data on the nodes is safe: set this device up again with your phrase.", e);
        } catch (IOException | ObjectException e) {
            throw new StratoboxException(Reason.FAILED, "The key file of this home cannot be read."
                    + " Your data on the nodes is safe: set this device up again with your phrase.", e);
        }
    }

    void saveDevice(DeviceState state, Secret passphrase, KdfParameters kdf, Entropy entropy)
            throws StratoboxException {
        try (Secret payload = state.encode()) {
            AtomicFile.write(directory.resolve(KEYSTORE),
                    KeystoreFile.seal(payload, new Protection.Passphrase(passphrase), kdf, entropy));
        } catch (IOException e) {
            throw cannotWrite(e);
        } catch (CryptoException e) {
            throw new StratoboxException(Reason.FAILED,
                    "The keys could not be sealed: not enough memory, or the passphrase is empty.", e);
        }
    }

    List<FolderSetting> folders() throws StratoboxException {
        Path file = directory.resolve("folders.json");
        try {
            return Files.exists(file) ? JSON.readValue(Files.readAllBytes(file), Folders.class).folders() : List.of();
        } catch (IOException | JacksonException e) {
            throw new StratoboxException(Reason.FAILED,
                    "The list of folders in this home cannot be read. No folder was touched.", e);
        }
    }

    /// @param name of a synced folder
    FolderSetting folder(String name) throws StratoboxException {
        return folders().stream().filter(f -> f.name().equals(name)).findFirst()
                .orElseThrow(() -> new StratoboxException(Reason.USAGE,
                        "There is no synced folder \"" + name + "\" on this device."));
    }

    void saveFolders(List<FolderSetting> folders) throws StratoboxException {
        try {
            AtomicFile.write(directory.resolve("folders.json"), JSON.writeValueAsBytes(new Folders(1, folders)));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// What the user chose. A device without choices has the usual ones.
    Settings settings() throws StratoboxException {
        Path file = directory.resolve("settings.json");
        try {
            return Files.exists(file)
                    ? JSON.readValue(Files.readAllBytes(file), KeptSettings.class).settings()
                    : Settings.DEFAULT;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new StratoboxException(Reason.FAILED, "The settings of this home cannot be read. Nothing was changed;"
                    + " remove the file settings.json in it to start with the usual ones.", e);
        }
    }

    void saveSettings(Settings settings) throws StratoboxException {
        try {
            AtomicFile.write(directory.resolve("settings.json"),
                    JSON.writeValueAsBytes(new KeptSettings(1, settings)));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private record KeptSettings(int version, Settings settings) {}

    /// The newest own head as sealed, which may or may not have reached a node.
    Optional<byte[]> head() throws StratoboxException {
        Path file = directory.resolve("head");
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The home cannot be read. Nothing was changed.", e);
        }
    }

    void saveHead(byte[] envelope) throws StratoboxException {
        try {
            AtomicFile.write(directory.resolve("head"), envelope);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// Sets a damaged index aside; it is rebuilt from the nodes.
    void setIndexAside() throws StratoboxException {
        try {
            for (String suffix : List.of("-wal", "-shm")) {
                AtomicFile.discard(directory.resolve("index.db" + suffix));
            }
            AtomicFile.setAside(indexFile(), directory.resolve("index.damaged"));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private StratoboxException cannotWrite(IOException e) {
        return new StratoboxException(Reason.FAILED, "The home at " + directory
                + " cannot be written (is the disk full?). Nothing was lost.", e);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the lock of the home could not be released", e);
        }
    }
}
