package org.stratobox.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.stratobox.app.cli.FakeStratobox.FakeContent;
import org.stratobox.app.demo.TreeCopy;
import org.stratobox.app.demo.TreeSize;
import org.stratobox.sync.api.Account.Listing;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.RestorePreview;
import org.stratobox.sync.api.RestorePreview.DeviceState;
import org.stratobox.sync.api.RestorePreview.FolderSummary;
import org.stratobox.sync.api.RestorePreview.NodeAnswer;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.Progress;

/// What the fake's nodes hold.
final class FakeRestorable implements Restorable {
    private final FakeStratobox engine;
    private final FakeContent content;

    FakeRestorable(FakeStratobox engine, FakeContent content) {
        this.engine = engine;
        this.content = content;
    }

    @Override
    public RestorePreview preview() {
        return new RestorePreview("able baker charlie delta",
                List.of(new DeviceState("old laptop", 7, FakeProcess.NOW - 7_200_000)),
                content.stored.keySet().stream().sorted().map(FolderSummary::new).toList(),
                content.nodes.stream().map(n -> new NodeAnswer(n, engine.isReachable(n), "answers")).toList(),
                List.of("one node is behind"));
    }

    @Override
    public Past past() {
        return new FakePast(content);
    }

    @Override
    public void list(String folder, String path, Consumer<Listing> to) throws StratoboxException {
        Path root = stored(folder);
        try (Stream<Path> entries = Files.walk(root.resolve(path))) {
            for (Path entry : entries.filter(e -> !e.equals(root)).sorted().toList()) {
                String kind = Files.isDirectory(entry) ? "directory" : "file";
                to.accept(new Listing(root.relativize(entry).toString(), kind,
                        Files.isDirectory(entry) ? 0 : Files.size(entry), 1_700_000_000_000L, 0644));
            }
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "There is no such path.", e);
        }
    }

    @Override
    public void cat(String folder, String path, OutputStream to) throws StratoboxException {
        try {
            Files.copy(stored(folder).resolve(path), to);
        } catch (IOException e) {
            throw new StratoboxException(Reason.USAGE, "There is no file " + path + ".", e);
        }
    }

    @Override
    public RestoreReport restore(RestoreRequest request, Consumer<Progress> progress) throws StratoboxException {
        engine.restored = Optional.of(request);
        Path root = stored(request.folder().orElse(content.stored.keySet().iterator().next()));
        try {
            Files.createDirectories(request.target());
            TreeCopy.copy(root, request.target(), root.resolve("none"));
            if (engine.spoilsRestores) {
                Files.delete(request.target().resolve("empty.txt"));
            }
            TreeSize size = TreeSize.of(root, root.resolve("none"));
            List<Problem> left = Files.exists(root.resolve("lost"))
                    ? List.of(new Problem("lost", "no node has its pieces"))
                    : List.of();
            return new RestoreReport(size.files(), 0, 0, size.bytes(), List.of(), left, 500);
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "It cannot be written.", e);
        }
    }

    private Path stored(String folder) throws StratoboxException {
        return Optional.ofNullable(content.stored.get(folder))
                .orElseThrow(() -> new StratoboxException(Reason.USAGE, "There is no folder called " + folder + "."));
    }

    @Override
    public void close() {
        // nothing is held
    }
}
