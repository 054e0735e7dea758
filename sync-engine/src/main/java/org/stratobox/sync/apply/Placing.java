package org.stratobox.sync.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.reconcile.Site;
import org.stratobox.sync.task.Cancellation;

/// Carries out a batch whose files are staged: journal, changes of the disk, names forced to disk, base. It runs in a thread of
/// its own that nobody interrupts, because an interrupted thread can force nothing to disk.
final class Placing {
    private final FolderDisk folder;
    private final Base base;
    private final Intents intents;
    private final Predicate<Work> mayBegin;
    private final Touched touched;
    private final StepRunner runner;

    /// @param mayBegin tells whether a work is still to be done, or ends it
    Placing(FolderDisk folder, Base base, Expectation expectation, Intents intents, Predicate<Work> mayBegin) {
        this.folder = folder;
        this.base = base;
        this.intents = intents;
        this.mayBegin = mayBegin;
        this.touched = new Touched(folder, base);
        this.runner = new StepRunner(folder, base, touched, expectation);
    }

    /// @param batch of works, in order
    /// @param cancellation keeps works from being begun
    /// @throws IndexException if the index failed; what is not in it is in the journal
    void place(List<Work> batch, Cancellation cancellation) throws IndexException {
        apart(() -> placeHere(batch, cancellation));
    }

    /// Ends the run: what is parked gets a place, directories get their times back.
    void finish(ApplyTarget target) throws IndexException {
        apart(() -> {
            if (runner.hasParked()) {
                new Recovery(folder.tools(), target).run();
            }
            touched.finish();
        });
    }

    @FunctionalInterface
    private interface Part {
        void run() throws IndexException, InterruptedException;
    }

    private void apart(Part part) throws IndexException {
        try {
            CompletableFuture.runAsync(() -> {
                try {
                    part.run();
                } catch (IndexException | InterruptedException e) {
                    throw new CompletionException(e);
                }
            }, folder.tools().tasks().work()).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IndexException failed -> throw failed;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    private void placeHere(List<Work> batch, Cancellation cancellation)
            throws IndexException, InterruptedException {
        List<Work> begun = new ArrayList<>();
        try {
            folder.requireMarker();
            for (Work work : batch) {
                if (mayBegin.test(work) && plan(work)) {
                    begun.add(work);
                }
            }
        } catch (IOException e) {
            endAll(batch, Sentences.of(e));
            base.settle();
            return;
        }
        journal(begun);
        for (Work work : begun) {
            if (cancellation.isCancelled()) {
                endAll(List.of(work), Sentences.STOPPED);
            } else if (mayBegin.test(work)) {
                runner.run(work);
            }
        }
        settle(begun);
    }

    private static void endAll(List<Work> works, String why) {
        works.stream().filter(Work::isOpen).forEach(work -> work.end(new StepResult.Postponed(why)));
    }

    /// @return whether the work is to be done
    private boolean plan(Work work) throws IndexException {
        try {
            for (Site site : work.step().sites()) {
                if (!base.is(site.path(), site.expected())) {
                    work.end(StepResult.CHANGED);
                    return false;
                }
            }
            intents.of(work).ifPresent(work::intend);
            for (Site site : work.step().sites()) {
                base.plan(site.path(), site.becomes());
            }
            return true;
        } catch (IOException e) {
            work.end(new StepResult.Postponed(Sentences.of(e)));
            return false;
        }
    }

    private void journal(List<Work> works) throws IndexException {
        if (works.stream().noneMatch(work -> work.intent().isPresent())) {
            return;
        }
        SyncIndex index = folder.tools().index();
        index.transactDurably(() -> {
            for (Work work : works) {
                Optional<Intent> intent = work.intent();
                if (intent.isPresent()) {
                    work.rows().add(index.intents().add(folder.folder(), intent.get()));
                }
            }
        });
    }

    /// Writes base, once the names are on the disk. If they cannot be brought there, the journal keeps the steps and the next
    /// start looks at the disk.
    private void settle(List<Work> works) throws IndexException {
        try {
            touched.force();
        } catch (IOException e) {
            works.forEach(work -> work.end(new StepResult.Postponed(Sentences.of(e))));
            base.settle();
            return;
        }
        SyncIndex index = folder.tools().index();
        index.transact(() -> {
            for (Work work : works) {
                for (TrashTable.Item item : work.displaced()) {
                    index.trash().add(folder.folder(), item);
                }
                if (work.isDone()) {
                    base.write(work.changes(), work.evidence());
                }
                if (!runner.isWaiting(work)) {
                    index.intents().remove(work.rows());
                }
            }
        });
        base.settle();
    }
}
