package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.localfs.LocalFiles.Child;
import org.stratobox.sync.model.RelativePath;

/// Makes sense of what a crash left, **before any scan** of the folder: every intent in the journal is completed or known not to
/// have happened, by looking at which thing is where (`sync-disk.md` 3.4). Then user data without an owner gets a visible name.
/// Run it at every start and before every scan: with an empty journal it costs one listing of an empty directory. It may be
/// cut off and repeated any number of times.
public final class Recovery {
    private final ApplyTools tools;
    private final ApplyTarget target;

    /// @param tools what it works with
    /// @param target folder on this disk
    public Recovery(ApplyTools tools, ApplyTarget target) {
        this.tools = tools;
        this.target = target;
    }

    /// What was found.
    ///
    /// @param completed intents that had happened
    /// @param undone intents that had not
    /// @param surfaced things of the user that got a visible name
    /// @param postponed why nothing could be done, a sentence; then the folder must not be scanned
    public record Found(int completed, int undone, int surfaced, Optional<String> postponed) {}

    /// @return what was found
    /// @throws IndexException if the index failed
    /// @throws InterruptedException if the thread is interrupted
    public Found run() throws IndexException, InterruptedException {
        try {
            FolderDisk folder = FolderDisk.open(tools, target);
            return new Run(folder).run();
        } catch (IOException e) {
            return new Found(0, 0, 0, Optional.of(Sentences.of(e)));
        }
    }

    private final class Run {
        private final FolderDisk folder;
        private final Base base;
        private final Expectation expectation;
        private final Surfacing surfacing;
        private final Touched touched;
        private int completed;
        private int undone;
        private int surfaced;

        Run(FolderDisk folder) {
            this.folder = folder;
            this.base = new Base(tools.index(), target.folder());
            this.expectation = new Expectation(folder, new SameBytes(tools.disk(),
                    new FileChunks(tools.objects()), Optional.of(target.sealer())));
            this.surfacing = new Surfacing(folder);
            this.touched = new Touched(folder, base);
        }

        Found run() throws IOException, IndexException, InterruptedException {
            List<Intent.Open> all = tools.index().intents().open(target.folder());
            // what is parked goes where it belongs when everything else is where it is
            for (Intent.Open open : all) {
                if (open.intent().how() != Intent.How.PARK) {
                    settle(open);
                }
            }
            for (Intent.Open open : all) {
                if (open.intent().how() == Intent.How.PARK) {
                    settle(open);
                }
            }
            surfaceUnknown();
            return new Found(completed, undone, surfaced, Optional.empty());
        }

        private void settle(Intent.Open open) throws IOException, IndexException, InterruptedException {
            Aftermath aftermath = new Aftermath(folder, base, expectation, surfacing);
            Aftermath.Verdict verdict = aftermath.of(open.intent());
            for (RelativePath path : List.of(open.intent().from(), open.intent().to())) {
                force(path);
            }
            if (open.intent().aside().isPresent()) {
                force(open.intent().aside().get());
            }
            touched.force();
            tools.index().transact(() -> {
                for (TrashTable.Item item : verdict.displaced()) {
                    tools.index().trash().add(target.folder(), item);
                }
                base.write(verdict.changes(), verdict.evidence());
                tools.index().intents().remove(List.of(open.id()));
            });
            completed += verdict.changes().isEmpty() ? 0 : 1;
            undone += verdict.changes().isEmpty() ? 1 : 0;
            surfaced += verdict.surfaced();
        }

        private void force(RelativePath path) throws IOException {
            touched.directory(folder.any(path.parent().orElseThrow()));
        }

        /// Nothing in the journal or in the list of the trash explains these; after a loss of the index they may be a user's
        /// only copy.
        private void surfaceUnknown() throws IOException, IndexException {
            List<Child> parked = folder.disk().list(folder.own(FolderDisk.PARK));
            if (parked.isEmpty()) {
                return;
            }
            Set<String> explained = new HashSet<>();
            tools.index().trash().all(target.folder()).forEach(kept -> explained.add(kept.item().place().text()));
            for (Child child : parked) {
                boolean known = child.decodable() && explained.contains(FolderDisk.PARK.text() + "/" + child.name());
                if (!known && surfacing.surfaceApart(child.path(), Trash.original(child.name()))) {
                    surfaced++;
                }
            }
        }
    }

    /// Renames if both names allow it.
    ///
    /// @return whether it was renamed
    static boolean tryRename(FolderDisk folder, RelativePath from, RelativePath to) throws IOException {
        try {
            folder.disk().renameNoReplace(folder.any(from), folder.any(to));
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return false;
        }
    }
}
