package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.chunking.Chunker;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.apply.ApplyOutcome;
import org.stratobox.sync.apply.ApplyTarget;
import org.stratobox.sync.apply.ApplyTools;
import org.stratobox.sync.apply.PlanRun;
import org.stratobox.sync.apply.Recovery;
import org.stratobox.sync.apply.StepResult;
import org.stratobox.sync.apply.Trash;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PassTable.Cause;
import org.stratobox.sync.index.PassTable.Pass;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.DirectoryTooLarge;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.merge.FolderPlan;
import org.stratobox.sync.merge.PassWriter;
import org.stratobox.sync.merge.RemoteMerge;
import org.stratobox.sync.merge.StateTable;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Brake;
import org.stratobox.sync.reconcile.Caution;
import org.stratobox.sync.reconcile.Held;
import org.stratobox.sync.reconcile.StateJoin;
import org.stratobox.sync.reconcile.Step;
import org.stratobox.sync.scan.Scanner;
import org.stratobox.sync.task.Cancellation;
import org.stratobox.sync.transfer.Author;
import org.stratobox.sync.transfer.FolderIngest;
import org.stratobox.sync.transfer.TransferException;
import org.stratobox.sync.transfer.Upload;

/// One folder in one pass: what changed on the disk becomes versions, what others published joins the state, and what the
/// disk lacks is brought onto it (`sync.md` 2). Used by one thread.
final class FolderPass {
    private final Tools tools;
    /// A plan brings forth another seldom, and a third one hardly ever.
    private static final int MOST_ROUNDS = 8;

    private final FolderSetting setting;
    private final FolderId folder;
    private final StateTable state;
    private final PassWriter passes;
    private final Path root;
    private boolean paused;
    private Set<RelativePath> dirty = Set.of();

    /// What the folders of a pass share.
    ///
    /// @param parts of the engine
    /// @param keys of this device
    /// @param index of this device
    /// @param objects opens what was published
    /// @param join how states meet
    /// @param brakes hold mass deletions back
    /// @param memory of earlier passes
    /// @param meter counts
    record Tools(EngineParts parts, DeviceKeys keys, SyncIndex index, ObjectReader objects, StateJoin join,
            Braking brakes, Memory memory, PassMeter meter) {
        boolean linksOutside() {
            return brakes.linksOutside;
        }
    }

    /// What the user lets through in this pass.
    ///
    /// @param brake with the user's limits
    /// @param released held sets the user let through
    /// @param linksOutside whether links that lead out of the folder are made
    record Braking(Brake brake, Set<Held.Id> released, boolean linksOutside) {}

    FolderPass(Tools tools, FolderSetting setting) {
        this.tools = tools;
        this.setting = setting;
        folder = tools.keys().folderId(setting.name());
        passes = new PassWriter(tools.index().passes());
        state = new StateTable(tools.index().entries(), folder, tools.join(), passes);
        root = setting.path();
    }

    FolderSetting setting() {
        return setting;
    }

    FolderId folder() {
        return folder;
    }

    Sealer sealer() {
        return tools.keys().folderSealer(folder);
    }

    /// Takes what changed on the disk. Leaves the folder alone, in both directions, if its root is not certainly the right
    /// one.
    ///
    /// @param where what to look at
    void capture(Scope.Where where, Author author, Upload upload)
            throws TransferException, InterruptedException {
        try {
            Optional<String> problem = problem();
            if (problem.isPresent()) {
                pause(problem.get());
                return;
            }
            if (!recover()) {
                return;
            }
            passes.turn(Pass.of(tools.parts().clock().millis(), folder, Cause.LOCAL));
            FolderIngest.FolderKeys folderKeys = new FolderIngest.FolderKeys(sealer(),
                    Chunker.phte(tools.keys().folderScope(folder).chunkerKey()));
            FolderIngest ingest = new FolderIngest(
                    new FolderIngest.Tools(tools.parts().files(), tools.index(), state, tools.parts().tasks(), author,
                            folderKeys, where.patience()),
                    upload, workers(), tools.meter().forFolder(setting.name()));
            boolean complete = scan(where.directories(), ingest);
            finishReading(ingest);
            upload.flush();
            // deletions count only if the root was the right one all the time
            if (complete && FolderChecks.problem(tools.parts().files(), root, folder).isEmpty()) {
                delete(ingest);
            }
            dirty = ingest.notCaptured();
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private void delete(FolderIngest ingest) throws IndexException {
        long files = tools.index().entries().totals(folder).entries();
        Optional<Held> held = tools.brakes().brake().outbound(ingest.deletions(), files, tools.brakes().released());
        if (held.isPresent()) {
            tools.meter().held(setting.name(), held.get().count(), true);
        } else {
            ingest.recordDeletions();
        }
    }

    private Optional<String> problem() throws IndexException {
        Optional<String> problem = FolderChecks.problem(tools.parts().files(), root, folder);
        return problem.isEmpty() && tools.index().entries().totals(folder).entries() > 0
                ? FolderChecks.emptied(tools.parts().files(), root)
                : problem;
    }

    private void pause(String reason) {
        paused = true;
        tools.meter().paused(setting.name(), reason);
    }

    private static void finishReading(FolderIngest ingest) throws TransferException, InterruptedException {
        try {
            ingest.finishReading();
        } catch (InterruptedException e) {
            ingest.cancel();
            ingest.finishReading();
            throw e;
        }
    }

    private static int workers() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    /// @return whether everything that was to be looked at was
    private boolean scan(Optional<Set<RelativePath>> where, FolderIngest ingest)
            throws IndexException, InterruptedException, TransferException {
        Scanner scanner = new Scanner(tools.parts().files(), tools.index().entries(), ingest,
                IgnoreRules.standard());
        try {
            if (where.isPresent()) {
                scanner.scan(root, folder, where.get());
            } else {
                scanner.scan(root, tools.index().entries().root(folder));
            }
            return true;
        } catch (IOException e) {
            pause(e instanceof DirectoryTooLarge
                    ? Scanner.reason(e)
                    : "The folder cannot be listed. It is paused; nothing was changed anywhere.");
            return false;
        } catch (InterruptedException e) {
            ingest.cancel();
            ingest.finishReading();
            throw e;
        }
    }

    /// What a crash left is made sense of before anything is scanned.
    private boolean recover() throws IndexException, InterruptedException {
        try {
            ApplyTarget target = target();
            Optional<String> postponed = new Recovery(applyTools(), target).run().postponed();
            postponed.ifPresent(this::pause);
            new Trash(applyTools(), target).lookAgain();
            return postponed.isEmpty();
        } catch (IOException e) {
            pause("The folder cannot be read. It is paused; nothing was changed anywhere.");
            return false;
        }
    }

    private ApplyTools applyTools() {
        return new ApplyTools(tools.parts().files(), tools.index(), tools.objects(), tools.parts().tasks(),
                tools.parts().clock(), tools.parts().entropy());
    }

    private ApplyTarget target() throws IOException {
        FolderMarker marker = FolderMarker.read(tools.parts().files(), root)
                .orElseThrow(() -> new NoSuchFileException("the folder has no marker"));
        return new ApplyTarget(root, marker, sealer(), tools.linksOutside());
    }

    /// Brings onto the disk what the state shows and the disk lacks. One plan can bring forth another: what waited for the
    /// first can go on.
    ///
    /// @return what was carried out
    Applied apply() throws TransferException, InterruptedException {
        Applied all = new Applied();
        try {
            if (paused || problem().isPresent()) {
                return all;
            }
            FolderMemory memory = tools.memory().of(folder);
            for (int round = 0; round < MOST_ROUNDS && round(memory, all); round++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("applying was interrupted");
                }
            }
            return all;
        } catch (IOException e) {
            tools.meter().paused(setting.name(), "The folder cannot be used now: nothing was changed in it.");
            return all;
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    /// @return whether another round may do more
    private boolean round(FolderMemory memory, Applied all) throws IndexException, IOException, InterruptedException {
        Held.Split split = new FolderPlan(tools.index().entries(), folder,
                NotHere.of(tools.index(), folder, tools.parts().files(), root))
                .make(new Caution(dirty, memory.piecemeal()), tools.brakes().brake(), tools.brakes().released());
        all.held(split.held().map(Held::count).orElse(0));
        if (split.go().isEmpty()) {
            split.held().ifPresent(held -> tools.meter().held(setting.name(), held.count(), false));
            return false;
        }
        Cancellation cancellation = new Cancellation();
        PlanRun run = new PlanRun(applyTools(), target(), memory.backoff());
        ApplyOutcome outcome = cancellation
                .<ApplyOutcome, IndexException>call(() -> run.run(split.go(), cancellation));
        all.add(split.go(), outcome);
        for (int i = 0; i < outcome.results().size(); i++) {
            told(split.go().steps().get(i).step(), outcome.results().get(i), memory);
        }
        boolean again = outcome.done() > 0 && !outcome.stopped();
        if (!again) {
            split.held().ifPresent(held -> tools.meter().held(setting.name(), held.count(), false));
        }
        return again;
    }

    private void told(Step step, StepResult result, FolderMemory memory) {
        switch (result) {
            case StepResult.Done _ -> {
                // counted already
            }
            case StepResult.Changed _ -> {
                memory.changed(step.path());
                dirty = union(dirty, step);
            }
            case StepResult.Postponed postponed -> {
                if (step instanceof Step.Move move && !move.carried().isEmpty()) {
                    memory.moveInPieces(move.from().path());
                }
                tools.meter().forFolder(setting.name()).problem(step.path().text(), postponed.reason());
            }
        }
    }

    private static Set<RelativePath> union(Set<RelativePath> paths, Step step) {
        Set<RelativePath> all = new HashSet<>(paths);
        step.sites().forEach(site -> all.add(site.path()));
        return all;
    }

    /// @return whether the root was not certainly the right one, so that nothing may be done with the folder now
    boolean isPaused() {
        return paused;
    }

    /// Takes what another device published of this folder into the state.
    ///
    /// @return whether all of it could be read
    boolean merge(DeviceId device, Capability tree) throws IndexException, InterruptedException {
        passes.turn(Pass.of(tools.parts().clock().millis(), folder, Cause.DEVICE).from(device));
        try {
            new RemoteMerge(tools.index(), tools.objects()).merge(device, folder, tree, state);
            return true;
        } catch (HistoryException.IndexFailed e) {
            throw e.index();
        } catch (HistoryException e) {
            tools.meter().paused(setting.name(),
                    "What another device changed cannot be read yet; it is tried again. Nothing was changed because of it.");
            return false;
        }
    }
}
