package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.sync.api.PlanReport.Action;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.apply.ApplyOutcome;
import org.stratobox.sync.apply.StepResult;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Reason;
import org.stratobox.sync.reconcile.Step;

/// Counts what was carried out on this disk.
final class Applied {
    private final List<Step> done = new ArrayList<>();
    private long bytes;
    private long held;

    void add(Plan plan, ApplyOutcome outcome) {
        bytes += outcome.fetchedBytes();
        for (int i = 0; i < outcome.results().size(); i++) {
            if (outcome.results().get(i) instanceof StepResult.Done) {
                done.add(plan.steps().get(i).step());
            }
        }
    }

    /// @param files that are held now
    void held(int files) {
        held = files;
    }

    void addAll(Applied other) {
        done.addAll(other.done);
        bytes += other.bytes;
        held += other.held;
    }

    /// @param heldHere deletions made on this computer that are held
    SyncReport.Incoming incoming(long heldHere) {
        long created = count(Action.CREATE);
        long copies = done.stream().filter(s -> s.reason() instanceof Reason.ConflictCopy).count();
        return new SyncReport.Incoming(created, count(Action.CHANGE) + count(Action.ATTRIBUTES), count(Action.RENAME),
                count(Action.DELETE), bytes, copies, held + heldHere);
    }

    private long count(Action action) {
        return done.stream().filter(s -> PlanWords.action(s).filter(a -> a == action).isPresent()).count();
    }
}
