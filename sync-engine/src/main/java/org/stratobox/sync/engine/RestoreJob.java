package org.stratobox.sync.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.apply.Destination;
import org.stratobox.sync.apply.FileCopy;
import org.stratobox.sync.apply.FreeSpace;
import org.stratobox.sync.apply.RestoreException;
import org.stratobox.sync.apply.RestoreOutcome;
import org.stratobox.sync.apply.Restorer;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.history.FolderContents;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.pack.NodeEvidence;

/// Restoring one or more folders, with one report for all.
final class RestoreJob {
    private final EngineParts parts;
    private final Mesh mesh;
    private final Restorer restorer;
    private final Consumer<Progress> progress;
    private final long start;
    private final List<RestoreOutcome> outcomes = new ArrayList<>();
    private final List<Problem> left = new ArrayList<>();

    RestoreJob(EngineParts parts, ObjectReader objects, Mesh mesh, Consumer<Progress> progress) {
        this.parts = parts;
        this.mesh = mesh;
        this.progress = progress;
        restorer = new Restorer(new Restorer.Tools(objects, parts.tasks(), parts.ticker(), parts.entropy(),
                parts.files(), FreeSpace.REAL));
        start = parts.ticker().nanos();
    }

    /// Writes the bytes of one file.
    static void cat(ObjectReader objects, EngineParts parts, Entry file, OutputStream to)
            throws StratoboxException, HistoryException, InterruptedException {
        try {
            new FileCopy(objects, parts.tasks()).copy(file, to);
            to.flush();
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The output could not be written.", e);
        }
    }

    /// Restores what is wanted of one folder.
    void folder(FolderContents contents, List<RelativePath> wanted, Path target, Optional<Sealer> sealer)
            throws StratoboxException, HistoryException, InterruptedException {
        LocalDate day = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC);
        try {
            RestoreOutcome outcome = restorer.restore(new Destination(target, day, sealer),
                    visitor -> contents.forEach(wanted, visitor)
                            .forEach(absent -> left.add(new Problem(absent.text(), "There is nothing of that name."))),
                    progress);
            outcomes.add(outcome);
            outcome.left().forEach(l -> left.add(new Problem(l.path(), l.reason())));
            if (outcome.leftMore() > 0) {
                left.add(new Problem("", outcome.leftMore() + " more could not be restored."));
            }
            outcome.stopped().ifPresent(reason -> left.add(new Problem("", reason)));
        } catch (RestoreException e) {
            throw new StratoboxException(Reason.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    RestoreReport report() {
        long millis = (parts.ticker().nanos() - start) / 1_000_000;
        TreeSet<String> bad = new TreeSet<>();
        for (NodeEvidence evidence : mesh.evidence()) {
            if (evidence.kind() != NodeEvidence.Kind.UNREACHABLE) {
                bad.add(mesh.addresses().getOrDefault(evidence.node(), "a node that is not used any more"));
            }
        }
        return new RestoreReport(outcomes.stream().mapToLong(RestoreOutcome::files).sum(),
                outcomes.stream().mapToLong(RestoreOutcome::kept).sum(),
                outcomes.stream().mapToLong(RestoreOutcome::beside).sum(),
                outcomes.stream().mapToLong(RestoreOutcome::bytes).sum(), List.copyOf(bad), List.copyOf(left), millis);
    }
}
