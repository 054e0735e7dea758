package org.stratobox.sync.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.Intent.Change;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Step;

/// One step on its way: what was prepared for it, and what came of it. Used by one thread at a time.
final class Work {
    private final int number;
    private final Step step;
    private Optional<RelativePath> staged = Optional.empty();
    private Optional<Identity> stagedIdentity = Optional.empty();
    private Optional<Intent> intent = Optional.empty();
    private final List<Long> rows = new ArrayList<>(1);
    private Optional<StepResult> result = Optional.empty();
    private final List<Change> changes = new ArrayList<>(1);
    private final Map<RelativePath, Evidence> evidence = new HashMap<>(2);
    private final List<TrashTable.Item> displaced = new ArrayList<>(0);

    /// @param number place in the plan
    Work(int number, Step step) {
        this.number = number;
        this.step = step;
    }

    int number() {
        return number;
    }

    Step step() {
        return step;
    }

    Optional<StepResult> result() {
        return result;
    }

    boolean isOpen() {
        return result.isEmpty();
    }

    boolean isDone() {
        return result.filter(r -> r instanceof StepResult.Done).isPresent();
    }

    void end(StepResult how) {
        result = Optional.of(how);
    }

    void stage(RelativePath file, Identity identity) {
        staged = Optional.of(file);
        stagedIdentity = Optional.of(identity);
    }

    Optional<RelativePath> staged() {
        return staged;
    }

    Identity stagedIdentity() {
        return stagedIdentity.orElseThrow();
    }

    void intend(Intent what) {
        intent = Optional.of(what);
        changes.addAll(what.changes());
    }

    Optional<Intent> intent() {
        return intent;
    }

    /// Rows of the journal that are done with when the step's base is written.
    List<Long> rows() {
        return rows;
    }

    /// What becomes of base if the step is done.
    List<Change> changes() {
        return changes;
    }

    Map<RelativePath, Evidence> evidence() {
        return evidence;
    }

    /// What went to the trash, whatever the result.
    List<TrashTable.Item> displaced() {
        return displaced;
    }

    @Override
    public String toString() {
        return "Work[" + number + " " + step.getClass().getSimpleName() + " " + result + "]";
    }

    /// @return the staged file on this disk
    Path stagedOn(FolderDisk folder) {
        return folder.own(staged.orElseThrow());
    }
}
