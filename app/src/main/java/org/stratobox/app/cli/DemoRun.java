package org.stratobox.app.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.stratobox.app.demo.SampleTree;
import org.stratobox.app.demo.TreeComparison;
import org.stratobox.app.demo.TreeCopy;
import org.stratobox.app.demo.TreeSize;
import org.stratobox.app.error.ExitCode;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.RestorePreview.NodeAnswer;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.Stratobox.NodeServer;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.Stratobox.ServeRequest;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.api.SyncReport.Problem;

import tools.jackson.databind.node.ObjectNode;

/// The steps of the demonstration, each printed with its figures as soon as it is done.
final class DemoRun implements AutoCloseable {
    private static final int NODES = 3;
    private static final int LOST = 1;
    // what the engine puts into a folder to know it again (`sync-disk.md`); it is not the user's
    private static final String MARKER = ".stratobox";
    private static final int SPACE_FACTOR = 5;
    private static final int SHOWN = 20;

    private final Session session;
    private final Path work;
    private final Optional<Path> source;
    private final Path folder;
    private final DemoSteps steps;
    private final List<NodeServer> nodes = new ArrayList<>();

    DemoRun(Session session, Path work, Optional<Path> source) {
        this.session = session;
        this.work = work;
        this.source = source;
        this.folder = work.resolve("folder");
        this.steps = new DemoSteps(session.screen().out(), session.isJson());
    }

    /// @param keep whether the caller keeps the files, which is said at the end
    /// @return the number the process ends with
    int run(boolean keep) throws StratoboxException, IOException {
        steps.title("Stratobox demonstration. Everything happens in " + work + ", nothing else is touched.");
        try (Mnemonic phrase = wallet()) {
            startNodes();
            TreeSize size = prepareFolder();
            List<Problem> left = protect(phrase, size);
            loseNode();
            Path restored = restore(phrase);
            return compare(restored, left, keep);
        }
    }

    private Mnemonic wallet() {
        long start = session.nowMillis();
        Mnemonic phrase = Mnemonic.generate(24, session.surroundings().entropy());
        Identity identity = session.engine().identity(phrase);
        steps.done("Wallet", "24 new words; account \"" + identity.fingerprint() + "\", " + identity.walletAddress(),
                session.nowMillis() - start, Map.of());
        return phrase;
    }

    private void startNodes() throws StratoboxException {
        long start = session.nowMillis();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(session.engine().serve(new ServeRequest(store(i), "127.0.0.1", 0, Optional.empty(), false,
                    Optional.empty(), Optional.empty(), Optional.empty())));
            addresses.add(nodes.getLast().address());
        }
        steps.done("Nodes", NODES + " started: " + String.join(", ", addresses), session.nowMillis() - start,
                Map.of());
    }

    private Path store(int number) {
        return work.resolve("node" + (number + 1));
    }

    private TreeSize prepareFolder() throws IOException, StratoboxException {
        long start = session.nowMillis();
        Files.createDirectory(folder);
        List<String> leftOut = List.of();
        if (source.isPresent()) {
            requireSpace(TreeSize.of(source.get(), work));
            leftOut = copy(source.get());
        } else {
            SampleTree.write(folder, session.surroundings().entropy());
        }
        TreeSize size = TreeSize.of(folder, work);
        steps.done("Folder", (source.isPresent() ? "a copy of " + source.get() + ": " : "samples: ")
                + Figures.count(size.files(), "file") + ", " + Figures.size(size.bytes()), session.nowMillis() - start,
                Map.of("files", size.files(), "bytes", size.bytes()));
        if (!leftOut.isEmpty()) {
            steps.note("Left out of the copy:", leftOut);
        }
        return size;
    }

    private List<String> copy(Path from) throws IOException, StratoboxException {
        try {
            return TreeCopy.copy(from, folder, work);
        } catch (InterruptedIOException failure) {
            throw stopped(failure);
        }
    }

    private static StratoboxException stopped(InterruptedIOException failure) {
        return new StratoboxException(Reason.CANCELLED, "Stopped. Your own files were not touched.", failure);
    }

    private void requireSpace(TreeSize size) throws IOException, StratoboxException {
        long free = Files.getFileStore(work).getUsableSpace();
        if (free / SPACE_FACTOR < size.bytes()) {
            throw new StratoboxException(Reason.FAILED, "Not enough space in " + work.getParent() + ": a copy, its "
                    + "encrypted pieces and the restored files need about "
                    + Figures.size(size.bytes() * SPACE_FACTOR) + ", and " + Figures.size(free)
                    + " are free. Set TMPDIR to a larger disk.");
        }
    }

    private List<Problem> protect(Mnemonic phrase, TreeSize size) throws StratoboxException, IOException {
        List<NodeSource> all = nodes.stream().map(n -> new NodeSource(n.address(), Optional.empty())).toList();
        try (Secret passphrase = Secret.takeOwnership(session.surroundings().entropy().bytes(32))) {
            InitRequest request = new InitRequest(work.resolve("home"), phrase, passphrase, "first device", all,
                    Optional.of(new FolderSource(folder, "main")));
            try (Account account = session.engine().init(request)) {
                SyncReport first = sync(account);
                synced("Sync", first, size);
                SyncReport second = sync(account);
                steps.done("Again", second.bytesUploaded() == 0 && second.filesIngested() == 0
                        ? "nothing changed, nothing uploaded"
                        : Figures.count(second.filesIngested(), "file") + " uploaded again, "
                                + Figures.size(second.bytesUploaded()),
                        second.millis(), Map.of("bytesUploaded", second.bytesUploaded()));
                return first.left();
            }
        }
    }

    private SyncReport sync(Account account) throws StratoboxException {
        try (ProgressLine progress = session.progress()) {
            return account.sync(progress);
        }
    }

    private void synced(String step, SyncReport report, TreeSize size) throws IOException {
        long stored = 0;
        for (int i = 0; i < NODES; i++) {
            stored += TreeSize.of(store(i), work).bytes();
        }
        String times = String.format(Locale.ROOT, "%.2f", (double) stored / Math.max(1, size.bytes()));
        steps.done(step, Figures.count(report.filesIngested(), "file") + " encrypted and spread, "
                + Figures.size(report.bytesRead()) + ", " + Figures.rate(report.bytesRead(), report.millis())
                + "; the nodes hold " + Figures.size(stored) + ", " + times + " x", report.millis(),
                Map.of("bytes", report.bytesRead(), "bytesStored", stored));
        if (!report.left().isEmpty()) {
            steps.note("Left by the sync:", report.left().stream().map(p -> p.path() + ": " + p.reason()).toList());
        }
    }

    private void loseNode() {
        long start = session.nowMillis();
        NodeServer lost = nodes.remove(LOST);
        lost.close();
        steps.done("Loss", "node " + (LOST + 1) + " is gone: " + lost.address(), session.nowMillis() - start,
                Map.of());
    }

    private Path restore(Mnemonic phrase) throws StratoboxException {
        Path target = work.resolve("restored");
        List<NodeSource> one = List.of(new NodeSource(nodes.getLast().address(), Optional.empty()));
        try (Account.Restorable found = session.engine().findAccount(phrase, one);
                ProgressLine progress = session.progress()) {
            long answering = found.preview().nodes().stream().filter(NodeAnswer::reachable).count();
            RestoreReport report = found.restore(
                    new RestoreRequest(target, Optional.empty(), List.of(), Optional.empty()), progress);
            progress.erase();
            steps.done("Restore", "second device, with the phrase and one address (" + answering + " of "
                    + found.preview().nodes().size() + " nodes answer): " + Figures.count(report.files(), "file") + ", "
                    + Figures.size(report.bytes()) + ", " + Figures.rate(report.bytes(), report.millis()),
                    report.millis(), Map.of("files", report.files(), "bytes", report.bytes()));
            if (!report.left().isEmpty()) {
                steps.note("Left by the restore:",
                        report.left().stream().map(p -> p.path() + ": " + p.reason()).toList());
            }
        }
        return target;
    }

    private int compare(Path restored, List<Problem> left, boolean keep) throws IOException, StratoboxException {
        long start = session.nowMillis();
        TreeComparison.Result result = compared(restored);
        long millis = session.nowMillis() - start;
        if (result.isIdentical()) {
            steps.done("Compare", "identical: " + Figures.count(result.entries(), "entry") + ", "
                    + Figures.size(result.bytes()) + ", every byte, mode, time and link", millis,
                    figures(result));
        } else {
            steps.done("Compare", Figures.count(result.differences().size(), "difference") + " in "
                    + Figures.count(result.entries(), "entry"), millis, figures(result));
            steps.note("Different:", result.differences().stream().limit(SHOWN).toList());
        }
        ExitCode code = result.isIdentical() ? ExitCode.DONE : left.isEmpty() ? ExitCode.FAILED : ExitCode.PARTIAL;
        return session.answer(code, new Verdict(steps, result, keep ? Optional.of(work) : Optional.empty()));
    }

    private static Map<String, Long> figures(TreeComparison.Result result) {
        return Map.of("entries", result.entries(), "differences", (long) result.differences().size());
    }

    private TreeComparison.Result compared(Path restored) throws IOException, StratoboxException {
        try {
            return TreeComparison.compare(folder, restored, MARKER);
        } catch (InterruptedIOException failure) {
            throw stopped(failure);
        }
    }

    @Override
    public void close() {
        nodes.forEach(NodeServer::close);
        nodes.clear();
    }

    private record Verdict(DemoSteps steps, TreeComparison.Result result, Optional<Path> kept) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println();
            out.println(result.isIdentical()
                    ? "Everything came back, from 24 words and one address."
                    : "Not everything came back as it was.");
            kept.ifPresent(path -> out.println("Kept in " + path));
        }

        @Override
        public void json(ObjectNode json) {
            json.put("identical", result.isIdentical());
            kept.ifPresent(path -> json.put("kept", path.toString()));
            json.set("steps", steps.json());
        }
    }
}
