package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.TrashTable.Kept;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// What was displaced on this disk and is kept (`sync-disk.md` 3.5): looking at it, putting it back, and letting go of what is
/// old and safe elsewhere. Used by the folder's one writer.
public final class Trash {
    /// A program that had a displaced file open may go on writing for so long before it is looked at again.
    public static final Duration SETTLING = Duration.ofSeconds(60);

    private final ApplyTools tools;
    private final ApplyTarget target;

    /// @param tools what it works with
    /// @param target folder on this disk
    public Trash(ApplyTools tools, ApplyTarget target) {
        this.tools = tools;
        this.target = target;
    }

    /// When something may be let go.
    ///
    /// @param age kept at least so long
    /// @param bytes beyond so many the oldest go earlier
    public record Rules(Duration age, long bytes) {
        /// @param diskBytes size of the disk
        /// @return 30 days, a tenth of the disk
        public static Rules usual(long diskBytes) {
            return new Rules(Duration.ofDays(30), diskBytes / 10);
        }
    }

    /// What a purge left.
    ///
    /// @param purged how many entries are gone
    /// @param onlyHere what would be gone, but its content is not proven on the mesh: shown as "only on this computer"
    /// @param bytes the trash holds now
    public record Purged(int purged, List<Kept> onlyHere, long bytes) {}

    /// @return everything in it, the oldest first
    /// @throws IndexException if the index cannot be used
    public List<Kept> list() throws IndexException {
        return tools.index().trash().all(target.folder());
    }

    /// Puts something back where it was, or beside it if that place is taken. The next scan takes it for what it is: a change
    /// by the user.
    ///
    /// @param kept from [#list]
    /// @return whether it is back
    /// @throws IOException if the disk does not let it
    /// @throws IndexException if the index cannot be used
    public boolean putBack(Kept kept) throws IOException, IndexException {
        FolderDisk folder = FolderDisk.open(tools, target);
        Path from = folder.own(kept.item().place());
        boolean back = renamed(folder, from, kept.item().original())
                || new Surfacing(folder).surface(from, kept.item().original());
        if (back) {
            folder.disk().forceDirectory(Objects.requireNonNull(from.getParent(), "it is in the own area"));
            tools.index().trash().remove(kept.row());
        }
        return back;
    }

    private static boolean renamed(FolderDisk folder, Path from, RelativePath to) throws IOException {
        try {
            Path place = folder.user(to);
            folder.disk().renameNoReplace(from, place);
            folder.disk().forceDirectory(Objects.requireNonNull(place.getParent(), "it is below the root"));
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return false;
        }
    }

    /// Looks again at what was displaced a minute ago or longer: what a program has written to since gets a visible name, so
    /// that no save is lost in the trash. Call it in every pass, before the scan.
    ///
    /// @return how many got a visible name
    /// @throws IOException if the folder cannot be used
    /// @throws IndexException if the index cannot be used
    public int lookAgain() throws IOException, IndexException {
        List<Kept> due = tools.index().trash().unsettled(target.folder(),
                tools.clock().millis() - SETTLING.toMillis());
        if (due.isEmpty()) {
            return 0;
        }
        FolderDisk folder = FolderDisk.open(tools, target);
        int surfaced = 0;
        for (Kept kept : due) {
            surfaced += isSettled(folder, kept) ? 0 : 1;
        }
        return surfaced;
    }

    /// @return whether it is as it was displaced; else it is surfaced, or gone
    private boolean isSettled(FolderDisk folder, Kept kept) throws IOException, IndexException {
        Path place = folder.own(kept.item().place());
        Optional<FileStat> there = folder.disk().look(place);
        if (there.isEmpty()) {
            // somebody tidied up by hand
            tools.index().trash().remove(kept.row());
            return true;
        }
        if (Seen.identity(there.get()).isSame(kept.item().identity())) {
            tools.index().trash().setSettled(kept.row());
            return true;
        }
        if (new Surfacing(folder).surface(place, kept.item().original())) {
            tools.index().trash().remove(kept.row());
        }
        return false;
    }

    /// Lets go of what is old, or too much, and safe elsewhere. What a program wrote to meanwhile is surfaced instead.
    ///
    /// @param rules when something may go
    /// @param proven tells whether the content of an entry is proven on the mesh, so that this copy is not the only one
    /// @return what was done
    /// @throws IOException if the folder cannot be used
    /// @throws IndexException if the index cannot be used
    public Purged purge(Rules rules, Predicate<Entry> proven) throws IOException, IndexException {
        FolderDisk folder = FolderDisk.open(tools, target);
        List<Kept> all = list();
        long bytes = all.stream().mapToLong(k -> k.item().identity().size()).sum();
        long old = tools.clock().millis() - rules.age().toMillis();
        long settled = tools.clock().millis() - SETTLING.toMillis();
        int purged = 0;
        List<Kept> onlyHere = new ArrayList<>();
        for (Kept kept : all) {
            boolean due = kept.item().displacedMillis() <= old || bytes > rules.bytes();
            if (!due || kept.item().displacedMillis() > settled) {
                continue;
            }
            if (kept.item().entry().filter(proven).isEmpty()) {
                onlyHere.add(kept);
            } else if (isSettled(folder, kept)) {
                drop(folder, kept);
                bytes -= kept.item().identity().size();
                purged++;
            }
        }
        return new Purged(purged, onlyHere, bytes);
    }

    private void drop(FolderDisk folder, Kept kept) throws IOException, IndexException {
        Path place = folder.own(kept.item().place());
        if (!kept.item().place().isBelow(FolderDisk.TRASH)) {
            Path inTrash = folder.own(folder.trashPlace(kept.item().original()));
            folder.disk().renameNoReplace(place, inTrash);
            place = inTrash;
        }
        folder.disk().discard(place);
        tools.index().trash().remove(kept.row());
        removeEmpty(folder, place.getParent());
    }

    private static void removeEmpty(FolderDisk folder, @org.jspecify.annotations.Nullable Path directory)
            throws IOException {
        Path at = directory;
        while (at != null && !at.equals(folder.own(FolderDisk.TRASH))
                && at.startsWith(folder.own(FolderDisk.TRASH))) {
            try {
                folder.disk().removeDirectory(at);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
            at = at.getParent();
        }
    }

    /// @param name of something in the own area
    /// @return the name it had
    static String original(String name) {
        int tag = name.lastIndexOf('~');
        return tag > 0 ? name.substring(0, tag) : name;
    }
}
