package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.scan.Scanner;

/// Whether the disk shows what base says. "Yes" is certain; a "no" may be only doubt.
final class Expectation {
    private static final long MILLISECOND = 1_000_000L;
    /// As the scan has it: what was written this shortly ago may be written again and look the same.
    private static final long RACY_NANOS = 2_000 * MILLISECOND;

    private final FolderDisk folder;
    private final SameBytes same;

    Expectation(FolderDisk folder, SameBytes same) {
        this.folder = folder;
        this.same = same;
    }

    /// @param path on this disk
    /// @return whether nothing is there
    boolean isFree(Path path) throws IOException {
        return folder.disk().look(path).isEmpty();
    }

    /// @param path on this disk
    /// @param now what base says of it, live
    /// @return whether the disk shows just that
    boolean holds(Path path, Base.Now now) throws IOException, InterruptedException {
        Entry entry = now.entry().orElseThrow();
        Optional<FileStat> there = folder.disk().look(path);
        if (there.isEmpty() || Seen.kind(there.get()) != entry.kind()) {
            return false;
        }
        Evidence shown = Scanner.evidence(there.get(), false);
        if (entry.kind() == EntryKind.DIRECTORY) {
            return Seen.identity(there.get()).isSame(Seen.identity(entry.kind(), now.evidence()));
        }
        return now.evidence().proves(shown)
                || (Seen.isSameButRenamed(now.evidence(), shown) && hasContent(path, entry, there.get()));
    }

    private boolean hasContent(Path path, Entry entry, FileStat before) throws IOException, InterruptedException {
        boolean equal = entry.content() instanceof Content.Link link
                ? folder.disk().readLink(path).equals(link.target())
                : same.proven(path, entry);
        return equal && folder.disk().look(path).equals(Optional.of(before));
    }

    /// Inspects what came out of its place.
    ///
    /// @param path where it is now
    /// @param entry the version it has to be of
    /// @param expected what it was
    /// @return whether it is just that, with no write in between
    boolean isStill(Path path, Entry entry, Identity expected) throws IOException, InterruptedException {
        Optional<FileStat> out = folder.disk().look(path);
        if (out.isEmpty() || !Seen.identity(out.get()).isSame(expected)) {
            return false;
        }
        return entry.kind() == EntryKind.DIRECTORY || !isFresh(out.get().mtimeNanos())
                || hasContent(path, entry, out.get());
    }

    /// @return whether a write at this moment could leave the same time
    boolean isFresh(long mtimeNanos) {
        long now = folder.now() * MILLISECOND;
        return mtimeNanos > now - Math.max(RACY_NANOS, folder.traits().mtimeGranularityNanos());
    }

    /// @param path something that was just put there
    /// @param put what it was
    /// @return evidence for base; doubtful if it is not quite that any more
    Optional<Evidence> evidence(Path path, Identity put) throws IOException {
        Optional<FileStat> there = folder.disk().look(path);
        if (there.isEmpty() || Seen.kind(there.get()) != put.kind()) {
            return Optional.empty();
        }
        boolean doubtful = !Seen.identity(there.get()).isSame(put) || isFresh(there.get().mtimeNanos());
        return Optional.of(Scanner.evidence(there.get(), doubtful && put.kind() != EntryKind.DIRECTORY));
    }
}
