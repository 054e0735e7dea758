package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import org.stratobox.sync.index.Identity;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// Replacing a user's file so that no save of another program is lost (`sync-disk.md` 3.1, steps 6 to 8): the new file
/// and the old one change places, *then* what came out is looked at; if it is not what was expected, they change back.
/// A look before would prove nothing about the moment of the exchange.
///
/// On a disk that cannot exchange, the old file is moved away, looked at, and the new one takes the name only if it is still
/// free. Nothing is lost there either; for a moment the name stands for nothing, and a crash in it is mended at the start.
final class Swap {
    private final FolderDisk folder;
    private final Expectation expectation;
    private final Surfacing surfacing;

    Swap(FolderDisk folder, Expectation expectation, Surfacing surfacing) {
        this.folder = folder;
        this.expectation = expectation;
        this.surfacing = surfacing;
    }

    /// What changes places.
    ///
    /// @param staged the new file, in the stage
    /// @param fresh its identity
    /// @param name path in the state
    /// @param target the same on this disk
    /// @param old what has to come out
    /// @param expected the version it is of
    /// @param aside where it goes
    record Places(Path staged, Identity fresh, RelativePath name, Path target, Identity old, Entry expected,
            Path aside) {
        Path slot() {
            return slot(staged);
        }

        /// In the park, because from the exchange on it holds user data.
        static Path slot(Path staged) {
            return Objects.requireNonNull(staged.getParent(), "it is in the stage").resolveSibling(LocalDisk.PARK)
                    .resolve(staged.getFileName());
        }
    }

    /// @return where the old file is now, or empty if it was not the expected one and is back
    /// @throws IOException if nothing was replaced
    Optional<Path> replace(Places p) throws IOException, InterruptedException {
        return folder.traits().exchange() ? exchange(p) : moveAside(p);
    }

    private LocalDisk disk() {
        return folder.disk();
    }

    private Optional<Path> exchange(Places p) throws IOException, InterruptedException {
        disk().renameNoReplace(p.staged(), p.slot());
        try {
            disk().exchange(p.slot(), p.target());
        } catch (IOException | UnsupportedOperationException e) {
            disk().renameNoReplace(p.slot(), p.staged());
            throw e instanceof IOException failed ? failed : new NotWritable(Sentences.ODD);
        }
        if (isExpected(p.slot(), p)) {
            return Optional.of(keep(p));
        }
        try {
            exchangeBack(p);
        } catch (IOException e) {
            // whatever is in the park now is the user's, unless it is the new file, which does no harm
            surfacing.surface(p.slot(), p.name());
        }
        return Optional.empty();
    }

    private boolean isExpected(Path out, Places p) throws InterruptedException {
        try {
            return expectation.isStill(out, p.expected(), p.old());
        } catch (IOException e) {
            return false;
        }
    }

    /// The displaced file stays in the park if the trash cannot take it: it is kept either way.
    private Path keep(Places p) {
        try {
            disk().renameNoReplace(p.slot(), p.aside());
            return p.aside();
        } catch (IOException e) {
            return p.slot();
        }
    }

    /// @param p whose slot holds a save that nobody expected, and whose target the new file, unless somebody is faster again
    void exchangeBack(Places p) throws IOException {
        try {
            disk().exchange(p.slot(), p.target());
        } catch (NoSuchFileException e) {
            putBack(p.slot(), p);
            return;
        }
        if (isFresh(p.slot(), p)) {
            dropFresh(p.slot(), p);
            return;
        }
        // saved again meanwhile: the newest save keeps the name, the one before gets a visible one
        try {
            disk().exchange(p.slot(), p.target());
        } catch (NoSuchFileException e) {
            putBack(p.slot(), p);
            return;
        }
        if (isFresh(p.slot(), p)) {
            dropFresh(p.slot(), p);
        } else {
            surfacing.surface(p.slot(), p.name());
        }
    }

    private boolean isFresh(Path path, Places p) throws IOException {
        Optional<FileStat> there = disk().look(path);
        return there.isPresent() && Seen.identity(there.get()).isSame(p.fresh());
    }

    private void dropFresh(Path path, Places p) throws IOException {
        disk().renameNoReplace(path, p.staged());
        disk().discard(p.staged());
    }

    private void putBack(Path out, Places p) throws IOException {
        try {
            disk().renameNoReplace(out, p.target());
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            surfacing.surface(out, p.name());
        }
    }

    private Optional<Path> moveAside(Places p) throws IOException, InterruptedException {
        disk().renameNoReplace(p.target(), p.aside());
        if (!isExpected(p.aside(), p)) {
            putBack(p.aside(), p);
            return Optional.empty();
        }
        try {
            disk().renameNoReplace(p.staged(), p.target());
        } catch (FileAlreadyExistsException e) {
            // a save took the name; the old file is in the trash, which is where it goes when it is replaced
            throw new Overtaken(p.aside());
        } catch (IOException e) {
            putBack(p.aside(), p);
            throw e;
        }
        return Optional.of(p.aside());
    }

    /// The old file is in the trash, and a user's new one has its name.
    static final class Overtaken extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
        private final transient Path aside;

        Overtaken(Path aside) {
            super("another program took the name");
            this.aside = aside;
        }

        Path aside() {
            return aside;
        }
    }
}
