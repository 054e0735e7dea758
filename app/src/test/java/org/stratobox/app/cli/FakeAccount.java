package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.app.cli.FakeStratobox.FakeHome;
import org.stratobox.app.demo.TreeCopy;
import org.stratobox.app.demo.TreeSize;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Brakes;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.CheckReport.Finding;
import org.stratobox.sync.api.CheckReport.Severity;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.Devices;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.History;
import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.PlanReport;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.Selection;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StatusReport.FolderState;
import org.stratobox.sync.api.StatusReport.Holding;
import org.stratobox.sync.api.StatusReport.NodeState;
import org.stratobox.sync.api.StatusReport.Proof;
import org.stratobox.sync.api.StatusReport.Waiting;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.EngineEvent;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.event.Progress.Phase;
import org.stratobox.sync.model.NodeId;

/// An open home of the fake. A file called `unreadable` in a folder is left; `damage` on a node's address is found by an
/// audit.
final class FakeAccount implements Account {
    private final FakeHome home;

    FakeAccount(FakeHome home) {
        this.home = home;
    }

    @Override
    public Identity identity() {
        return home.identity;
    }

    @Override
    public History history() {
        return new FakeHistory(home);
    }

    @Override
    public Ignores ignores() {
        return new FakeParts(home);
    }

    @Override
    public Devices devices() {
        return new FakeParts(home);
    }

    @Override
    public Brakes brakes() {
        return new FakeParts(home);
    }

    @Override
    public Selection selection() {
        return new FakeParts(home);
    }

    @Override
    public Settings settings() {
        return home.settings;
    }

    @Override
    public void changeSettings(Settings next) {
        home.settings = next;
    }

    @Override
    public PlanReport plan() {
        return new PlanReport(List.copyOf(home.plan), List.copyOf(home.held), List.copyOf(home.left));
    }

    @Override
    public Running run(Consumer<EngineEvent> events) {
        home.isRunning = true;
        events.accept(new EngineEvent.Notice("too many directories to watch; they are looked at every hour"));
        events.accept(new EngineEvent.PassEnded(3, 2, 400));
        return new FakeRunning(home);
    }

    @Override
    public SyncReport sync(Consumer<Progress> progress) throws StratoboxException {
        home.engine.requireReachable(home.nodes.stream().map(a -> new NodeSource(a, Optional.empty())).toList());
        progress.accept(new Progress(Phase.UPLOADING, 0, 2, 0, 2_000_000, 0));
        progress.accept(new Progress(Phase.UPLOADING, 1, 2, 1_000_000, 2_000_000, 4_000));
        List<Problem> left = new ArrayList<>();
        long files = 0;
        long bytes = 0;
        try {
            for (var folder : home.folders.entrySet()) {
                if (home.stored(folder.getKey()).isPresent()) {
                    continue;
                }
                Path copy = Files.createTempDirectory("fake-stored-");
                TreeCopy.copy(folder.getValue(), copy, copy);
                home.content.stored.put(folder.getKey(), copy);
                TreeSize size = TreeSize.of(copy, copy.resolve("none"));
                files += size.files();
                bytes += size.bytes();
                if (Files.exists(folder.getValue().resolve("unreadable"))) {
                    left.add(new Problem("unreadable", "it cannot be read"));
                }
            }
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "A folder cannot be read.", e);
        }
        return new SyncReport(files, files, 0, bytes, bytes, 2 * bytes, home.incoming, true, 0, left, List.of(), 1000);
    }

    @Override
    public StatusReport status() {
        List<FolderState> folders = home.folders.entrySet().stream().map(f -> new FolderState(f.getKey(), f.getValue(),
                3, 1234, home.stored(f.getKey()).isPresent() ? 0 : 3, home.stored(f.getKey()).isPresent(),
                Optional.of(FakeProcess.NOW - 180_000), Optional.empty(), Waiting.NOTHING)).toList();
        List<NodeState> nodes = home.nodes.stream().map(n -> new NodeState(n, home.engine.isReachable(n),
                home.engine.isReachable(n) ? "works" : "no answer", Optional.of(5_000_000_000L), Holding.NOTHING))
                .toList();
        return new StatusReport(folders, nodes, "survives the loss of any 1 of 3 places", 0, 0,
                new Proof(2, 0, Optional.of(FakeProcess.NOW - 180_000)), 0, List.copyOf(home.alarms));
    }

    @Override
    public CollectReport collect(CollectReport.Consent consent) {
        home.asked.add("collect " + consent);
        return home.collected;
    }

    @Override
    public FileState fileState(String folder, String path) throws StratoboxException {
        return home.states.stream().filter(s -> s.path().equals(path)).findFirst()
                .orElseThrow(() -> new StratoboxException(Reason.USAGE, "Nothing is known of " + path + "."));
    }

    @Override
    public List<FileState> unsafe(int limit) {
        return home.states.stream().filter(s -> !s.isSafe()).limit(limit).toList();
    }

    @Override
    public CheckReport check(boolean readData, boolean repair, Consumer<Progress> progress) {
        List<Finding> findings = home.nodes.stream().filter(n -> n.contains("damage"))
                .map(n -> new Finding(n.contains("loss") ? Severity.ERROR : Severity.WARNING, n,
                        "a piece is missing; all data can be read", "run check --repair", repair))
                .toList();
        return new CheckReport(2, 6, readData ? 4_000_000 : 0, findings);
    }

    @Override
    public Restorable restorable() {
        return new FakeRestorable(home.engine, home.content);
    }

    @Override
    public List<FolderView> folders() {
        return home.folders.entrySet().stream().map(f -> new FolderView(f.getKey(), f.getValue())).toList();
    }

    @Override
    public void addFolder(FolderSource folder) {
        home.folders.put(folder.name(), folder.directory());
    }

    @Override
    public void removeFolder(String nameOrDirectory) throws StratoboxException {
        if (home.folders.remove(nameOrDirectory) == null) {
            throw new StratoboxException(Reason.USAGE, "There is no folder called " + nameOrDirectory + ".");
        }
    }

    @Override
    public List<NodeView> nodes() {
        return home.nodes.stream().map(a -> new NodeView(NodeId.of(new byte[16]), a, "disk 1")).toList();
    }

    @Override
    public void addNode(NodeSource node) throws StratoboxException {
        home.engine.sources.add(node);
        home.engine.requireReachable(List.of(node));
        home.nodes.add(node.address());
    }

    @Override
    public void removeNode(String address) throws StratoboxException {
        if (!home.nodes.remove(address)) {
            throw new StratoboxException(Reason.USAGE, "There is no node " + address + ".");
        }
    }

    @Override
    public List<String> testNode(NodeSource node) throws StratoboxException {
        home.engine.requireReachable(List.of(node));
        return List.of("stores and reads", "keeps names as they are");
    }

    @Override
    public void close() {
        home.engine.opened = false;
    }
}
