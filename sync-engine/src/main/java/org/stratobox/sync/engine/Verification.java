package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.stratobox.sync.health.AuditSchedule;
import org.stratobox.sync.health.AuditSchedule.Due;
import org.stratobox.sync.health.AuditSchedule.Marks;
import org.stratobox.sync.health.SpotCheck;
import org.stratobox.sync.health.SpotCheck.Outcome;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.pack.PackException;

/// Keeps what is shown true (`sync.md` I11): what was stored is proven before it is called verified, what was proven is
/// asked for again and again, and what turns out to be missing is not called verified any more and brought back. Works on
/// the thread of the pass, after it.
final class Verification {
    private static final String MARKS = "audit-marks";
    /// So many packs are proven in one go, 32 GiB; the next pass goes on.
    private static final int MOST_PACKS = 2048;

    private final EngineParts parts;
    private final SyncIndex index;
    private final Mesh mesh;
    private final AuditSchedule schedule;
    private final Debts debts;
    private final SpotCheck check;

    Verification(EngineParts parts, SyncIndex index, Mesh mesh) {
        this(parts, index, mesh, AuditSchedule.DEFAULT);
    }

    Verification(EngineParts parts, SyncIndex index, Mesh mesh, AuditSchedule schedule) {
        this.parts = parts;
        this.index = index;
        this.mesh = mesh;
        this.schedule = schedule;
        debts = new Debts(index, mesh);
        Set<NodeId> nodes = mesh.nodes().stream().map(n -> n.spec().id())
                .collect(Collectors.toSet());
        check = new SpotCheck(new SpotCheck.Parts(index, mesh.store(), nodes, parts.tasks(), parts.clock(),
                parts.entropy()));
    }

    /// Pays what is owed, has everything new proven, audits what is due, and pays once more what that brought to light.
    ///
    /// @return what is still owed
    long settle() throws IndexException, PackException, InterruptedException {
        long owed = debts.pay();
        if (prove().failed() + auditStep().failed() == 0) {
            return owed;
        }
        // what is put again has to be proven again: a node that takes everything and keeps nothing stays in debt
        debts.pay();
        prove();
        return index.packs().debts().size() + (long) index.packs().copyDebts().size();
    }

    private Outcome prove() throws IndexException, InterruptedException {
        Outcome suspects = check.suspects(mesh.takeEvidence());
        Outcome fresh = check.unproven(MOST_PACKS);
        return suspects.plus(fresh);
    }

    /// Does what is due of the daily audit and remembers it. Cheap when nothing is.
    Outcome auditStep() throws IndexException, InterruptedException {
        long now = parts.clock().millis();
        Optional<Marks> known = index.get(MARKS).map(Verification::decode);
        if (known.isEmpty()) {
            save(schedule.begin(now));
            return Outcome.NOTHING;
        }
        Due due = schedule.due(known.get(), now);
        Outcome found = due.packs() > 0 ? check.again(due.provenBefore(), due.packs()) : Outcome.NOTHING;
        if (due.isListing()) {
            Outcome listed = check.listed();
            found = found.plus(listed);
            save(listed.silent() > 0 ? schedule.afterSilence(due) : due.done());
        } else if (due.packs() > 0) {
            save(due.done());
        }
        return found;
    }

    private void save(Marks marks) throws IndexException {
        index.set(MARKS, ByteBuffer.allocate(2 * Long.BYTES).putLong(marks.sampledMillis())
                .putLong(marks.listedMillis()).array());
    }

    private static Marks decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Marks(in.getLong(), in.getLong());
    }
}
