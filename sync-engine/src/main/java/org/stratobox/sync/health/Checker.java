package org.stratobox.sync.health;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.IndexImport;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.task.Ticker;

/// Audits an account: packs on their nodes, index objects, heads and keys on every node, and everything the newest commits
/// reach. Repairs what can be repaired. What a node lacks and cannot be given now is remembered as a debt, so that the
/// state shown afterwards is true. Calls block; interruption ends them, what was repaired stays.
public final class Checker {
    private final Parts parts;

    /// What a checker works with.
    ///
    /// @param index of this device
    /// @param mesh over the same nodes as `nodes`
    /// @param nodes every node of the mesh
    /// @param addresses how nodes are called towards the user
    /// @param account the account's scope: opens index objects
    /// @param accountSealer seals index objects in that scope
    /// @param tasks threads
    /// @param clock when something was proven
    /// @param ticker for progress
    public record Parts(SyncIndex index, MeshStore mesh, List<? extends MeshNode> nodes, Map<NodeId, String> addresses,
            ScopeKey account, Sealer accountSealer, Tasks tasks, Clock clock, Ticker ticker) {
        String address(NodeId node) {
            return addresses.getOrDefault(node, "a node that is not used any more");
        }

        IndexImport indexes() {
            return new IndexImport(index, mesh, tasks, account);
        }
    }

    /// How closely nodes are looked at.
    public enum Depth {
        /// Names and sizes, as nodes list them: quick, and no proof.
        LISTED,
        /// Every byte is read and hashed.
        EVERY_BYTE
    }

    /// What is done about what is wrong.
    public enum Action {
        /// It is reported.
        REPORT,
        /// It is mended where that is possible.
        REPAIR
    }

    /// @param parts what it works with
    public Checker(Parts parts) {
        this.parts = parts;
    }

    /// @param commits what opens the newest commit of each device
    /// @param depth how closely nodes are looked at
    /// @param action what is done about what is wrong
    /// @param progress told what moves, also by other threads; must return quickly
    /// @return what was found, worst first
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public CheckReport check(Collection<Capability> commits, Depth depth, Action action, Consumer<Progress> progress)
            throws HistoryException.IndexFailed, InterruptedException {
        Findings findings = new Findings();
        CheckMeter meter = new CheckMeter(parts.ticker(), progress);
        try {
            CopyAudit copies = new CopyAudit(parts, depth, action, findings);
            copies.run(meter);
            PackAudit packs = new PackAudit(parts, depth, action, findings);
            packs.run(meter);
            new ReachAudit(parts, packs::isReadable, findings).run(commits);
            return new CheckReport(packs.packs(), packs.shares(), meter.bytes(), findings.worstFirst());
        } catch (IndexException e) {
            throw new HistoryException.IndexFailed(e);
        }
    }
}
