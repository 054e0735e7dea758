package org.stratobox.sync.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Site;
import org.stratobox.sync.reconcile.Step;
import org.stratobox.sync.task.Cancellation;

/// Carries out a plan on a user's disk so that nothing can be lost (`sync-disk.md` 3): new files are complete and durable
/// before anything moves; what is going to be done is in the journal before it is done; what comes out of its place is
/// looked at and taken back if it was not the expected thing; what is displaced goes to the trash; base is written last.
///
/// - One bad file never stops the others; a step of which a need was not done is not tried.
/// - Nothing outside the folder is touched, no link is followed.
/// - A crash at any moment leaves a disk and a journal from which [Recovery] goes on; run it before the next scan.
/// - Cancelled, it ends within the step at hand; what is done stays done.
///
/// One run per folder at a time, by its one writer. Calls block; run them inside [Cancellation#call], which interrupts
/// fetching. Renaming is not interrupted.
public final class PlanRun {
    private static final int BATCH_STEPS = 1_000;
    private static final long BATCH_BYTES = 256L << 20;

    private final ApplyTools tools;
    private final ApplyTarget target;
    private final Backoff backoff;

    /// @param tools what it works with
    /// @param target folder on this disk
    /// @param backoff of this folder: which steps are not tried yet
    public PlanRun(ApplyTools tools, ApplyTarget target, Backoff backoff) {
        this.tools = tools;
        this.target = target;
        this.backoff = backoff;
    }

    /// @param plan from base as it is now
    /// @param cancellation ends the run early
    /// @return what came of it
    /// @throws IndexException if the index failed; the journal tells the next start what to do
    public ApplyOutcome run(Plan plan, Cancellation cancellation) throws IndexException {
        List<Work> works = new ArrayList<>(plan.steps().size());
        for (int i = 0; i < plan.steps().size(); i++) {
            works.add(new Work(i, plan.steps().get(i).step()));
        }
        if (plan.isEmpty()) {
            return new ApplyOutcome(List.of(), 0, 0, false);
        }
        try {
            FolderDisk folder = FolderDisk.open(tools, target);
            return new Run(folder, plan, works, cancellation).outcome();
        } catch (IOException e) {
            return new ApplyOutcome(works.stream().<StepResult>map(_ -> new StepResult.Postponed(Sentences.of(e)))
                    .toList(), 0, 0, false);
        }
    }

    /// One plan on its way.
    private final class Run {
        private final Plan plan;
        private final List<Work> works;
        private final Cancellation cancellation;
        private final Base base;
        private final Stage stage;
        private final Placing placing;
        private boolean interrupted;

        Run(FolderDisk folder, Plan plan, List<Work> works, Cancellation cancellation) {
            this.plan = plan;
            this.works = works;
            this.cancellation = cancellation;
            this.base = new Base(tools.index(), target.folder());
            SameBytes same = new SameBytes(tools.disk(), new FileChunks(tools.objects()),
                    Optional.of(target.sealer()));
            Expectation expectation = new Expectation(folder, same);
            this.stage = new Stage(folder, base, same, target.outsideLinks());
            this.placing = new Placing(folder, base, expectation, new Intents(folder, base, plan),
                    this::mayBegin);
        }

        ApplyOutcome outcome() throws IndexException, IOException {
            stage.clean(plan);
            int at = 0;
            while (at < works.size() && !isStopped()) {
                int end = endOfBatch(at);
                batch(works.subList(at, end));
                at = end;
            }
            placing.finish(target);
            for (Work work : works) {
                if (work.isOpen()) {
                    work.end(new StepResult.Postponed(Sentences.STOPPED));
                }
                remember(work);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return new ApplyOutcome(works.stream().map(w -> w.result().orElseThrow()).toList(), stage.fetchedBytes(),
                    stage.reusedBytes(), isStopped());
        }

        private boolean isStopped() {
            return interrupted || cancellation.isCancelled();
        }

        private void remember(Work work) {
            switch (work.result().orElseThrow()) {
                case StepResult.Done _,StepResult.Changed _ -> backoff.done(work.step().path());
                case StepResult.Postponed p -> {
                    boolean own = !p.reason().equals(Sentences.STOPPED) && !p.reason().equals(Sentences.WAITS);
                    if (own && backoff.waiting(work.step().path()).isEmpty()) {
                        backoff.postponed(work.step().path(), p.reason());
                    }
                }
            }
        }

        /// As many steps as can be journaled at once: none that needs to know what an earlier one of them leaves on the disk.
        private int endOfBatch(int from) {
            long bytes = 0;
            BatchPaths paths = new BatchPaths();
            int at = from;
            while (at < works.size() && at - from < BATCH_STEPS && bytes < BATCH_BYTES) {
                Step step = works.get(at).step();
                if (at > from && paths.forbid(step)) {
                    break;
                }
                paths.add(step);
                bytes += step instanceof Step.PutFile put ? put.site().becomes().map(Entry::size).orElse(0L) : 0;
                at++;
                if (step instanceof Step.Move move && !move.carried().isEmpty()) {
                    break;
                }
            }
            return at;
        }

        private void batch(List<Work> batch) throws IndexException, IOException {
            for (Work work : batch) {
                mayBegin(work);
            }
            try {
                stage.fill(batch.stream().filter(Work::isOpen).toList());
            } catch (InterruptedException e) {
                // what is staged stays for the next time
                interrupted = true;
                return;
            } catch (HistoryException.IndexFailed e) {
                throw e.getCause() instanceof IndexException failed
                        ? failed
                        : new IndexException(IndexException.Reason.FAILED, "the index failed", e);
            }
            placing.place(batch, cancellation);
        }

        /// @return whether the work is still to be done
        private boolean mayBegin(Work work) {
            if (!work.isOpen()) {
                return false;
            }
            for (int need : plan.steps().get(work.number()).needs()) {
                Work needed = works.get(need);
                if (!needed.isOpen() && !needed.isDone()) {
                    work.end(new StepResult.Postponed(Sentences.WAITS));
                    return false;
                }
            }
            backoff.waiting(work.step().path()).ifPresent(why -> work.end(new StepResult.Postponed(why)));
            return work.isOpen();
        }
    }

    /// Paths of a batch.
    private static final class BatchPaths {
        private final java.util.Set<org.stratobox.sync.model.RelativePath> changed = new java.util.HashSet<>();

        boolean forbid(Step step) {
            boolean ofDirectory = step instanceof Step.SetAttributes set
                    && set.site().becomes().filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent();
            return !ofDirectory && step.sites().stream().filter(Site::expectsSomething)
                    .anyMatch(site -> changed.contains(site.path()));
        }

        void add(Step step) {
            step.sites().forEach(site -> changed.add(site.path()));
        }
    }
}
