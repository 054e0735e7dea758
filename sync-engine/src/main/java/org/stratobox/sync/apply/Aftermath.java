package org.stratobox.sync.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.Intent.Change;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.scan.Scanner;

/// What became of one intent: asked of the disk, by identities, never by names alone. Looking twice gives the same answer.
final class Aftermath {
    private static final long MILLISECOND = 1_000_000L;

    private final FolderDisk folder;
    private final Base base;
    private final Expectation expectation;
    private final Surfacing surfacing;
    private final List<Change> changes = new ArrayList<>();
    private final Map<RelativePath, Evidence> evidence = new HashMap<>();
    private final List<TrashTable.Item> displaced = new ArrayList<>();
    private int surfaced;

    Aftermath(FolderDisk folder, Base base, Expectation expectation, Surfacing surfacing) {
        this.folder = folder;
        this.base = base;
        this.expectation = expectation;
        this.surfacing = surfacing;
    }

    /// What to write into the index.
    ///
    /// @param changes of base; none if the intent did not happen
    record Verdict(List<Change> changes, Map<RelativePath, Evidence> evidence, List<TrashTable.Item> displaced,
            int surfaced) {}

    Verdict of(Intent intent) throws IOException, IndexException, InterruptedException {
        switch (intent.how()) {
            case PUT -> put(intent);
            case SWAP -> swap(intent);
            case RENAME -> rename(intent);
            case REMOVE -> remove(intent);
            case PARK -> park(intent);
            case MAKE_DIRECTORY -> makeDirectory(intent);
            case REMOVE_DIRECTORY -> removeDirectory(intent);
            case ATTRIBUTES -> attributes(intent);
        }
        return new Verdict(List.copyOf(changes), Map.copyOf(evidence), List.copyOf(displaced), surfaced);
    }

    private Optional<FileStat> look(RelativePath path) throws IOException {
        return folder.disk().look(folder.any(path));
    }

    private boolean holds(RelativePath path, Optional<Identity> what) throws IOException {
        Optional<FileStat> there = look(path);
        return there.isPresent() && what.filter(w -> Seen.identity(there.get()).isSame(w)).isPresent();
    }

    /// Records what the disk shows and nothing else.
    private void complete(List<Change> all, Identity moved) throws IOException {
        for (Change change : all) {
            Optional<FileStat> there = look(change.path());
            boolean live = change.becomes().filter(Entry::isLive).isPresent();
            if (!live && there.isEmpty()) {
                changes.add(change);
            } else if (live && change.evidenceOf().isPresent() && there.isPresent()) {
                changes.add(change);
            } else if (live && there.isPresent() && Seen.identity(there.get()).isSame(moved)) {
                changes.add(change);
                expectation.evidence(folder.any(change.path()), moved)
                        .ifPresent(e -> evidence.put(change.path(), e));
            }
        }
    }

    private void put(Intent intent) throws IOException {
        if (holds(intent.to(), intent.moving())) {
            complete(intent.changes(), intent.moving().orElseThrow());
        }
    }

    private Optional<Entry> version(RelativePath path) throws IndexException {
        return base.now(path).entry().filter(Entry::isLive);
    }

    private void keep(Intent intent, RelativePath place) throws IndexException {
        RelativePath original = intent.how() == Intent.How.SWAP ? intent.to() : intent.from();
        Identity identity = intent.how() == Intent.How.SWAP
                ? intent.displaced().orElseThrow()
                : intent.moving().orElseThrow();
        displaced.add(new TrashTable.Item(original, place, version(original), identity, folder.now()));
    }

    private void swap(Intent intent) throws IOException, IndexException, InterruptedException {
        RelativePath slot = FolderDisk.PARK.child(intent.from().name());
        RelativePath aside = intent.aside().orElseThrow();
        if (look(aside).isPresent()) {
            displacedLies(intent, aside);
        } else if (look(slot).isPresent()) {
            parked(intent, slot, aside);
        }
    }

    /// What was at the target is in the trash already.
    private void displacedLies(Intent intent, RelativePath aside)
            throws IOException, IndexException, InterruptedException {
        if (look(intent.to()).isEmpty()) {
            // between the two renames of a disk that cannot exchange: the new file takes its place, or the old one does again
            boolean expected = isStill(intent, aside);
            if (!(expected && holds(intent.from(), intent.moving())
                    && Recovery.tryRename(folder, intent.from(), intent.to()))) {
                Recovery.tryRename(folder, aside, intent.to());
                return;
            }
        }
        if (!isStill(intent, aside)) {
            surface(aside, intent.to());
        } else {
            keep(intent, aside);
        }
        if (holds(intent.to(), intent.moving())) {
            complete(intent.changes(), intent.moving().orElseThrow());
        }
    }

    private boolean isStill(Intent intent, RelativePath place)
            throws IOException, IndexException, InterruptedException {
        Optional<Entry> version = version(intent.how() == Intent.How.SWAP ? intent.to() : intent.from());
        Optional<Identity> identity = intent.how() == Intent.How.SWAP ? intent.displaced() : intent.moving();
        return version.isPresent() && expectation.isStill(folder.any(place), version.get(), identity.orElseThrow());
    }

    private void surface(RelativePath hidden, RelativePath original) throws IOException {
        if (surfacing.surface(folder.own(hidden), original)) {
            surfaced++;
        }
    }

    /// The park holds the new file if the exchange did not happen or was taken back, else what came out.
    private void parked(Intent intent, RelativePath slot, RelativePath aside)
            throws IOException, IndexException, InterruptedException {
        if (holds(slot, intent.moving())) {
            backToStage(intent, slot);
            return;
        }
        boolean placed = holds(intent.to(), intent.moving());
        if (isStill(intent, slot)) {
            boolean moved = Recovery.tryRename(folder, slot, aside);
            keep(intent, moved ? aside : slot);
            if (placed) {
                complete(intent.changes(), intent.moving().orElseThrow());
            }
            return;
        }
        if (placed) {
            folder.disk().exchange(folder.own(slot), folder.user(intent.to()));
            if (holds(slot, intent.moving())) {
                backToStage(intent, slot);
                return;
            }
            folder.disk().exchange(folder.own(slot), folder.user(intent.to()));
        } else if (look(intent.to()).isEmpty() && Recovery.tryRename(folder, slot, intent.to())) {
            return;
        }
        surface(slot, intent.to());
    }

    private void backToStage(Intent intent, RelativePath slot) throws IOException {
        if (Recovery.tryRename(folder, slot, intent.from())) {
            folder.disk().discard(folder.own(intent.from()));
        }
    }

    private void rename(Intent intent) throws IOException {
        // something else may have its old name by now
        if (holds(intent.to(), intent.moving()) && !holds(intent.from(), intent.moving())) {
            complete(intent.changes(), intent.moving().orElseThrow());
        }
    }

    private void remove(Intent intent) throws IOException, IndexException, InterruptedException {
        if (look(intent.to()).isEmpty()) {
            return;
        }
        if (isStill(intent, intent.to())) {
            keep(intent, intent.to());
            complete(intent.changes(), intent.moving().orElseThrow());
        } else if (!Recovery.tryRename(folder, intent.to(), intent.from())) {
            surface(intent.to(), intent.from());
        }
    }

    /// Forward to its last place, else back to where it was, else into the trash.
    private void park(Intent intent) throws IOException, IndexException, InterruptedException {
        Identity moved = intent.moving().orElseThrow();
        List<Change> forward = intent.changes().subList(1, intent.changes().size());
        Change back = intent.changes().getFirst();
        if (look(intent.to()).isEmpty()) {
            if (intent.aside().isPresent() && holds(intent.aside().get(), intent.moving())) {
                complete(forward, moved);
            } else if (holds(intent.from(), intent.moving())) {
                complete(List.of(back), moved);
            }
            return;
        }
        boolean expected = holds(intent.to(), intent.moving());
        if (expected && intent.aside().isPresent() && Recovery.tryRename(folder, intent.to(), intent.aside().get())) {
            complete(forward, moved);
        } else if (Recovery.tryRename(folder, intent.to(), intent.from())) {
            complete(List.of(back), moved);
        } else if (expected) {
            RelativePath place = folder.trashPlace(intent.from());
            boolean trashed = Recovery.tryRename(folder, intent.to(), place);
            displaced.add(new TrashTable.Item(intent.from(), trashed ? place : intent.to(), back.becomes(), moved,
                    folder.now()));
        } else {
            surface(intent.to(), intent.from());
        }
    }

    private void makeDirectory(Intent intent) throws IOException {
        Optional<FileStat> there = look(intent.to());
        if (there.isPresent() && Seen.kind(there.get()) == EntryKind.DIRECTORY) {
            changes.addAll(intent.changes());
            evidence.put(intent.to(), Scanner.evidence(there.get(), false));
        }
    }

    private void removeDirectory(Intent intent) throws IOException {
        if (look(intent.to()).isEmpty()) {
            changes.addAll(intent.changes());
        }
    }

    /// One of the two may have been set: both are set again, which changes nothing if they were. Not where somebody has written
    /// meanwhile.
    private void attributes(Intent intent) throws IOException {
        Entry becomes = intent.changes().getFirst().becomes().orElseThrow();
        Optional<FileStat> there = look(intent.to()).filter(s -> isBeforeOrAfter(s, intent, becomes));
        if (there.isEmpty()) {
            return;
        }
        StepRunner.setAttributes(folder, folder.user(intent.to()), there.get(), becomes);
        changes.addAll(intent.changes());
        // doubt makes the next scan read the file: who knows what was written meanwhile
        look(intent.to()).ifPresent(now -> evidence.put(intent.to(),
                Scanner.evidence(now, becomes.kind() == EntryKind.FILE)));
    }

    private static boolean isBeforeOrAfter(FileStat there, Intent intent, Entry becomes) {
        Identity now = Seen.identity(there);
        Identity before = intent.moving().orElseThrow();
        if (now.kind() != becomes.kind() || becomes.kind() == EntryKind.DIRECTORY) {
            return now.kind() == becomes.kind();
        }
        Identity after = new Identity(before.kind(), before.inode(), before.size(),
                becomes.mtimeMillis() * MILLISECOND);
        return now.isSame(before) || now.isSame(after);
    }
}
