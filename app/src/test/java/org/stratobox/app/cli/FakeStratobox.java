package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.Brakes.HeldChange;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.Devices.Alarm;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.PlanReport;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport.Incoming;
import org.stratobox.sync.api.SyncReport.Problem;

/// An engine in memory that behaves as the contract says: homes with passphrases, accounts by phrase, nodes that can be
/// stopped, folders that are copied on sync and written on restore.
final class FakeStratobox implements Stratobox {
    final Map<Path, FakeHome> homes = new HashMap<>();
    final Map<String, FakeContent> accounts = new HashMap<>();
    final List<FakeServer> servers = new ArrayList<>();
    final List<NodeSource> sources = new ArrayList<>();
    @Nullable
    StratoboxException failure;
    @Nullable
    RuntimeException fault;
    @Nullable
    ServeRequest served;
    @Nullable
    InitRequest initialised;
    Optional<RestoreRequest> restored = Optional.empty();
    boolean spoilsRestores;
    boolean opened;

    @Override
    public Account init(InitRequest request) throws StratoboxException {
        trip();
        initialised = request;
        requireReachable(request.nodes());
        FakeContent content = accounts.computeIfAbsent(words(request.phrase()), FakeContent::new);
        FakeHome home = new FakeHome(this, content, utf8(request.passphrase()), identity(request.phrase()));
        request.nodes().forEach(n -> home.nodes.add(n.address()));
        request.folder().ifPresent(f -> home.folders.put(f.name(), f.directory()));
        content.nodes.addAll(home.nodes);
        homes.put(request.home(), home);
        try {
            Files.createDirectories(request.home());
            Files.setPosixFilePermissions(request.home(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The home cannot be made.", e);
        }
        opened = true;
        return new FakeAccount(home);
    }

    @Override
    public Account open(Path home, Secret passphrase) throws StratoboxException {
        trip();
        FakeHome found = homes.get(home);
        if (found == null) {
            throw new StratoboxException(Reason.USAGE, "There is no home here.");
        }
        if (!found.passphrase.equals(utf8(passphrase))) {
            throw new StratoboxException(Reason.WRONG_SECRET,
                    "The passphrase is wrong. Nothing was changed; try again.");
        }
        if (found.isRunning || found.busyOpens-- > 0) {
            throw new StratoboxException(Reason.HOME_IN_USE, "Another Stratobox is using it.");
        }
        opened = true;
        return new FakeAccount(found);
    }

    @Override
    public boolean isHome(Path home) {
        return homes.containsKey(home);
    }

    @Override
    public Restorable findAccount(Mnemonic phrase, List<NodeSource> nodes) throws StratoboxException {
        trip();
        sources.addAll(nodes);
        requireReachable(nodes);
        FakeContent content = accounts.get(words(phrase));
        if (content == null) {
            throw new StratoboxException(Reason.WRONG_SECRET, "There is no account under this phrase on these nodes.");
        }
        return new FakeRestorable(this, content);
    }

    @Override
    public NodeServer serve(ServeRequest request) throws StratoboxException {
        trip();
        served = request;
        FakeServer server = new FakeServer("rest:http://" + request.host() + ":" + (4000 + servers.size()) + "/");
        servers.add(server);
        try {
            Files.createDirectories(request.store());
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The store cannot be made.", e);
        }
        return server;
    }

    @Override
    public Identity identity(Mnemonic phrase) {
        return new Identity("st1" + Integer.toHexString(words(phrase).hashCode()), "able baker charlie delta");
    }

    void requireReachable(List<NodeSource> nodes) throws StratoboxException {
        if (nodes.stream().noneMatch(n -> isReachable(n.address()))) {
            throw new StratoboxException(Reason.NO_NODE, "No node could be reached. Nothing was changed.");
        }
    }

    boolean isReachable(String address) {
        return !address.contains("unreachable")
                && servers.stream().noneMatch(s -> s.isClosed && s.address.equals(address));
    }

    void trip() throws StratoboxException {
        if (fault != null) {
            throw fault;
        }
        if (failure != null) {
            throw failure;
        }
    }

    static String words(Mnemonic phrase) {
        return new String(phrase.exposeWords());
    }

    static String utf8(Secret secret) {
        return new String(secret.exposeCopy(), StandardCharsets.UTF_8);
    }

    static final class FakeServer implements NodeServer {
        final String address;
        volatile boolean isClosed;

        FakeServer(String address) {
            this.address = address;
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    /// What an account's nodes hold: a copy of each folder in a directory of the test.
    static final class FakeContent {
        final String words;
        final Map<String, Path> stored = new HashMap<>();
        final List<String> nodes = new ArrayList<>();

        FakeContent(String words) {
            this.words = words;
        }
    }

    static final class FakeHome {
        final FakeStratobox engine;
        final FakeContent content;
        final String passphrase;
        final Identity identity;
        final List<String> nodes = new ArrayList<>();
        final Map<String, Path> folders = new HashMap<>();
        /// What was asked of the parts, such as `undo 7`.
        final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        final List<HeldChange> held = new ArrayList<>();
        final List<Problem> left = new ArrayList<>();
        final List<PlanReport.Line> plan = new ArrayList<>();
        final List<FileState> states = new ArrayList<>();
        CollectReport collected = new CollectReport(CollectReport.Outcome.NOTHING, 0, 0, "Nothing is unused.");
        final List<Alarm> alarms = new ArrayList<>();
        Settings settings = Settings.DEFAULT;
        Incoming incoming = Incoming.NONE;
        volatile boolean isRunning;
        int busyOpens;

        FakeHome(FakeStratobox engine, FakeContent content, String passphrase, Identity identity) {
            this.engine = engine;
            this.content = content;
            this.passphrase = passphrase;
            this.identity = identity;
        }

        Optional<Path> stored(String folder) {
            return Optional.ofNullable(content.stored.get(folder));
        }
    }
}
