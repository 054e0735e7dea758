package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LinkInPath;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Site;
import org.stratobox.sync.reconcile.Step;
import org.stratobox.sync.scan.Scanner;

/// Carries out steps whose intents are in the journal. Every rename of a user's thing is inspected afterwards, and taken back
/// if it was not the expected thing. Used by one thread.
final class StepRunner {
    private static final int OWNER_ALL = 0700;
    private static final int READ_BITS = 0444;
    private static final int EXECUTE_BITS = 0111;
    private static final long MILLISECOND = 1_000_000L;

    private final FolderDisk folder;
    private final Base base;
    private final Touched touched;
    private final Expectation expectation;
    private final Surfacing surfacing;
    private final Swap swap;
    /// What was parked in this run and waits for its last place.
    private final Map<RelativePath, Work> parked = new HashMap<>();

    StepRunner(FolderDisk folder, Base base, Touched touched, Expectation expectation) {
        this.folder = folder;
        this.base = base;
        this.touched = touched;
        this.expectation = expectation;
        this.surfacing = new Surfacing(folder);
        this.swap = new Swap(folder, expectation, surfacing);
    }

    /// @param work journaled; gets its result
    void run(Work work) throws IndexException, InterruptedException {
        StepResult result;
        try {
            result = carryOut(work);
        } catch (LinkInPath | NoSuchFileException | FileAlreadyExistsException | DirectoryNotEmptyException
                | NotDirectoryException e) {
            result = StepResult.CHANGED;
        } catch (UnsupportedOperationException e) {
            result = new StepResult.Postponed(Sentences.ODD);
        } catch (IOException e) {
            result = new StepResult.Postponed(Sentences.of(e));
        }
        work.end(result);
        if (work.isDone()) {
            work.evidence().forEach(base::saw);
        }
    }

    private StepResult carryOut(Work work) throws IOException, IndexException, InterruptedException {
        if (!(work.step() instanceof Step.Rebind)) {
            // a rename has two sites; what a directory takes along stays in its own directories
            for (Site site : work.step().sites().subList(0, Math.min(2, work.step().sites().size()))) {
                touched.parentOf(site.path());
            }
        }
        return switch (work.step()) {
            case Step.MakeDirectory make -> makeDirectory(work, make.site());
            case Step.PutFile put -> put(work, put.site());
            case Step.PutLink put -> put(work, put.site());
            case Step.SetAttributes set -> setAttributes(work, set.site());
            case Step.Move move -> move(work, move);
            case Step.Remove remove -> remove(work, remove.site());
            case Step.RemoveDirectory remove -> removeDirectory(remove.site());
            case Step.Park park -> park(work, park.site());
            case Step.Unpark unpark -> unpark(work, unpark);
            case Step.Rebind rebind -> rebind(work, rebind.site());
        };
    }

    private LocalDisk disk() {
        return folder.disk();
    }

    private static Intent intent(Work work) {
        return work.intent().orElseThrow();
    }

    private static Path directoryOf(Path path) {
        return Objects.requireNonNull(path.getParent(), "it is below the root");
    }

    /// @return whether the disk shows what the site expects
    private boolean asExpected(Site site, Path path) throws IOException, IndexException, InterruptedException {
        return site.expectsSomething()
                ? expectation.holds(path, new Base.Now(site.expected(), base.now(site.path()).evidence()))
                : expectation.isFree(path);
    }

    private StepResult makeDirectory(Work work, Site site) throws IOException {
        Path path = folder.user(site.path());
        disk().makeDirectory(path, site.becomes().map(Entry::mode).orElse(0) | OWNER_ALL);
        touched.directory(path);
        return saw(work, site.path(), path);
    }

    private StepResult saw(Work work, RelativePath name, Path path) throws IOException {
        Optional<FileStat> there = disk().look(path);
        if (there.isEmpty()) {
            return StepResult.CHANGED;
        }
        work.evidence().put(name, Scanner.evidence(there.get(), false));
        return StepResult.DONE;
    }

    private StepResult put(Work work, Site site) throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        if (!asExpected(site, path)) {
            return StepResult.CHANGED;
        }
        if (!site.expectsSomething()) {
            disk().renameNoReplace(work.stagedOn(folder), path);
            return put(work, site.path(), path);
        }
        Identity old = intent(work).displaced().orElseThrow();
        Path aside = folder.own(intent(work).aside().orElseThrow());
        touched.directory(directoryOf(aside));
        Swap.Places places = new Swap.Places(work.stagedOn(folder), work.stagedIdentity(), site.path(), path, old,
                site.expected().orElseThrow(), aside);
        try {
            Optional<Path> displaced = swap.replace(places);
            displaced.ifPresent(at -> keep(work, site, old, at));
            return displaced.isPresent() ? put(work, site.path(), path) : StepResult.CHANGED;
        } catch (Swap.Overtaken e) {
            keep(work, site, old, e.aside());
            return StepResult.CHANGED;
        }
    }

    /// The new file is at its place.
    private StepResult put(Work work, RelativePath name, Path path) throws IOException {
        Optional<Evidence> evidence = expectation.evidence(path, work.stagedIdentity());
        evidence.ifPresent(e -> work.evidence().put(name, e));
        return StepResult.DONE;
    }

    private void keep(Work work, Site site, Identity identity, Path at) {
        RelativePath place = new RelativePath(folder.root().relativize(at).toString());
        work.displaced().add(new TrashTable.Item(site.path(), place, site.expected(), identity, folder.now()));
    }

    private StepResult setAttributes(Work work, Site site) throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        if (!asExpected(site, path)) {
            return StepResult.CHANGED;
        }
        Entry becomes = site.becomes().orElseThrow();
        FileStat before = disk().stat(path);
        setAttributes(folder, path, before, becomes);
        touched.settle(site.path());
        FileStat after = disk().stat(path);
        // a write that came just before the time was set would be hidden by it: doubt makes the next scan read the file
        boolean doubtful = becomes.kind() == EntryKind.FILE;
        work.evidence().put(site.path(), Scanner.evidence(after, doubtful));
        return after.size() == before.size() || becomes.kind() == EntryKind.DIRECTORY
                ? StepResult.DONE
                : StepResult.CHANGED;
    }

    /// @param before what is there
    /// @param becomes a file or directory, as is what is there
    static void setAttributes(FolderDisk folder, Path path, FileStat before, Entry becomes) throws IOException {
        int mode = becomes.kind() == EntryKind.FILE
                ? withExecute(before.mode(), becomes.isExecutable())
                : becomes.mode() | OWNER_ALL;
        if (folder.traits().modes() && mode != before.mode()) {
            folder.disk().setMode(path, mode);
        }
        folder.disk().setTime(path, becomes.mtimeMillis() * MILLISECOND);
    }

    /// @return the bits with everybody who may read also executing, or nobody
    static int withExecute(int mode, boolean executable) {
        return executable ? mode | (mode & READ_BITS) >> 2 | Entry.EXECUTABLE : mode & ~EXECUTE_BITS;
    }

    private StepResult move(Work work, Step.Move move) throws IOException, IndexException, InterruptedException {
        Path from = folder.user(move.from().path());
        if (!asExpected(move.from(), from)) {
            return StepResult.CHANGED;
        }
        if (move.way() == Step.Way.SAME_NAME) {
            return moveOverPark(work, move, from);
        }
        Path to = folder.user(move.to().path());
        return renamed(work, move.from(), from, to) ? moved(work, move.to().path(), to) : StepResult.CHANGED;
    }

    private StepResult moveOverPark(Work work, Step.Move move, Path from)
            throws IOException, IndexException, InterruptedException {
        Path slot = folder.own(intent(work).to());
        if (!renamed(work, move.from(), from, slot)) {
            return StepResult.CHANGED;
        }
        Path to = directoryOf(from).resolve(move.to().path().name());
        try {
            disk().renameNoReplace(slot, to);
        } catch (IOException e) {
            disk().renameNoReplace(slot, from);
            throw e;
        }
        work.changes().removeFirst();
        return moved(work, move.to().path(), to);
    }

    private StepResult moved(Work work, RelativePath name, Path to) throws IOException {
        touched.directory(to.getParent() == null ? to : directoryOf(to));
        Optional<Evidence> evidence = expectation.evidence(to, intent(work).moving().orElseThrow());
        evidence.ifPresent(e -> work.evidence().put(name, e));
        return StepResult.DONE;
    }

    /// Renames a thing of the user and looks whether it was the expected one.
    ///
    /// @return whether it was; if not it is back, or visible under another name
    private boolean renamed(Work work, Site site, Path from, Path to) throws IOException, InterruptedException {
        touched.directory(directoryOf(to));
        disk().renameNoReplace(from, to);
        if (expectation.isStill(to, site.expected().orElseThrow(), intent(work).moving().orElseThrow())) {
            return true;
        }
        try {
            disk().renameNoReplace(to, from);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            boolean hidden = LocalDisk.isIn(to, LocalDisk.PARK) || LocalDisk.isIn(to, LocalDisk.TRASH);
            if (hidden) {
                surfacing.surface(to, site.path());
            }
        }
        return false;
    }

    private StepResult remove(Work work, Site site) throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        if (!asExpected(site, path)) {
            return StepResult.CHANGED;
        }
        Path aside = folder.own(intent(work).to());
        if (!renamed(work, site, path, aside)) {
            return StepResult.CHANGED;
        }
        keep(work, site, intent(work).moving().orElseThrow(), aside);
        return StepResult.DONE;
    }

    private StepResult removeDirectory(Site site)
            throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        if (!asExpected(site, path)) {
            return StepResult.CHANGED;
        }
        disk().removeDirectory(path);
        touched.settle(site.path());
        return StepResult.DONE;
    }

    /// The journal keeps the intent until what is parked is at its last place.
    private StepResult park(Work work, Site site) throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        if (!asExpected(site, path) || !renamed(work, site, path, folder.own(intent(work).to()))) {
            return StepResult.CHANGED;
        }
        parked.put(site.path(), work);
        work.changes().clear();
        work.changes().add(Intents.change(site));
        return StepResult.DONE;
    }

    private StepResult unpark(Work work, Step.Unpark unpark) throws IOException {
        Optional<Work> waiting = Optional.ofNullable(parked.get(unpark.from()));
        if (waiting.isEmpty()) {
            return StepResult.CHANGED;
        }
        Path to = folder.user(unpark.path());
        Intent was = intent(waiting.get());
        disk().renameNoReplace(folder.own(was.to()), to);
        touched.directory(folder.own(FolderDisk.PARK));
        parked.remove(unpark.from());
        work.rows().addAll(waiting.get().rows());
        work.changes().add(Intents.change(unpark.site()));
        expectation.evidence(to, was.moving().orElseThrow()).ifPresent(e -> work.evidence().put(unpark.path(), e));
        return StepResult.DONE;
    }

    /// @return whether the work's rows of the journal have to stay although it is done
    boolean isWaiting(Work work) {
        return parked.containsValue(work);
    }

    /// @return whether something is parked that did not get to its last place
    boolean hasParked() {
        return !parked.isEmpty();
    }

    /// Only base changes; what is not there any more, or became something else, does not count as known.
    private StepResult rebind(Work work, Site site) throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        if (!asExpected(site, path)) {
            return StepResult.CHANGED;
        }
        work.changes().add(Intents.change(site));
        if (site.holdsSomething()) {
            work.evidence().put(site.path(), base.now(site.path()).evidence());
        }
        return StepResult.DONE;
    }
}
