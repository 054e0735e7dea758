package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.CheckReport.Finding;
import org.stratobox.sync.api.CheckReport.Severity;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.health.Checker;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;

/// An audit of the account from this device: the newest commit of every device is the measure.
final class Audit {
    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Mesh mesh;

    Audit(EngineParts parts, DeviceKeys keys, SyncIndex index, Mesh mesh) {
        this.parts = parts;
        this.keys = keys;
        this.index = index;
        this.mesh = mesh;
    }

    CheckReport run(AccountState state, boolean readData, boolean repair, Consumer<Progress> progress)
            throws IndexException, HistoryException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        if (!index.isSound()) {
            findings.add(new Finding(Severity.WARNING, "index", "The local index is damaged. No data is in it.",
                    "Delete index.db in the home; it is rebuilt from the nodes.", false));
        }
        state.warnings().forEach(w -> findings.add(new Finding(Severity.WARNING, "account", w, "", false)));
        Checker checker = new Checker(new Checker.Parts(index, mesh.store(), mesh.nodes(), mesh.addresses(),
                keys.epoch().accountScope(), keys.accountSealer(), parts.tasks(), parts.clock(), parts.ticker()));
        CheckReport found = checker.check(commits(state),
                readData ? Checker.Depth.EVERY_BYTE : Checker.Depth.LISTED,
                repair ? Checker.Action.REPAIR : Checker.Action.REPORT, progress);
        findings.addAll(found.findings());
        return new CheckReport(found.packs(), found.shares(), found.bytesRead(), findings);
    }

    private static List<Capability> commits(AccountState state) {
        List<Capability> commits = new ArrayList<>();
        state.newestMergeable().values().forEach(head -> commits.add(head.commit()));
        state.chain().own().ifPresent(own -> commits.add(own.commit()));
        return commits;
    }
}
