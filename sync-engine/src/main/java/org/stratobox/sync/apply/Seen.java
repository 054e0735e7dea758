package org.stratobox.sync.apply;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.scan.Scanner;

/// What `lstat` said, in the words of the index.
final class Seen {
    private Seen() {}

    /// @return kind of an entry; a tombstone for what is never synced
    static EntryKind kind(FileStat stat) {
        return switch (stat.kind()) {
            case FILE -> EntryKind.FILE;
            case DIRECTORY -> EntryKind.DIRECTORY;
            case SYMLINK -> EntryKind.SYMLINK;
            case OTHER -> EntryKind.TOMBSTONE;
        };
    }

    static Identity identity(FileStat stat) {
        return identity(kind(stat), Scanner.evidence(stat, false));
    }

    /// @param kind of what the evidence is of
    static Identity identity(EntryKind kind, Evidence e) {
        return kind == EntryKind.DIRECTORY
                ? new Identity(kind, e.fileKey(), 0, 0)
                : new Identity(kind, e.fileKey(), e.size(), e.mtimeNanos());
    }

    /// @return whether both are equal but for the change time, which a rename moves
    static boolean isSameButRenamed(Evidence one, Evidence other) {
        return one.size() == other.size() && one.mtimeNanos() == other.mtimeNanos()
                && one.fileKey() == other.fileKey() && one.mode() == other.mode();
    }
}
