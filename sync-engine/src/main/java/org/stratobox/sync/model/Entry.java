package org.stratobox.sync.model;

import java.util.Optional;

import org.stratobox.crypto.envelope.Envelope;

/// One version of what is at a path (`sync.md` 1). The path is not part of it.
///
/// Equality is that of all components. Whether two versions hold the same *value*, so that no conflict copy is needed,
/// is [#sameValue(Entry)].
///
/// @param kind what it is
/// @param fileId random at birth, follows a rename
/// @param content fits the kind: files have inline bytes, a chunk or a manifest, links a target, others nothing
/// @param size bytes of a file; 0 for everything else
/// @param mtimeMillis time of the last change of the content, milliseconds since 1970, may be negative
/// @param mode nine permission bits; only the owner's execute bit means anything to other devices
/// @param version what this version has seen
/// @param author the device that wrote it
/// @param wallMillis the author's clock when it wrote it; orders concurrent versions and names copies, nothing else
/// @param moved only for a tombstone: where the file went
public record Entry(EntryKind kind, FileId fileId, Content content, long size, long mtimeMillis, int mode,
        VersionVector version, DeviceId author, long wallMillis, Optional<Moved> moved) {
    /// The owner's execute bit.
    public static final int EXECUTABLE = 0100;

    /// Sizes and times are below this, in bytes and milliseconds, so that every tool reads them exactly.
    public static final long MAX_NUMBER = 1L << 53;

    /// @throws IllegalArgumentException if the components do not fit each other
    public Entry {
        fault(kind, content, size, moved).ifPresent(what -> {
            throw new IllegalArgumentException(what);
        });
        if (mode < 0 || mode > 0777 || !inRange(mtimeMillis) || !inRange(wallMillis)) {
            throw new IllegalArgumentException("a mode or time out of range");
        }
    }

    /// @param kind a kind
    /// @param content a content
    /// @param size a size in bytes
    /// @param moved where a tombstone's file went
    /// @return what does not fit, or empty if an entry may have these
    public static Optional<String> fault(EntryKind kind, Content content, long size, Optional<Moved> moved) {
        boolean fits = switch (kind) {
            case FILE -> content instanceof Content.Inline || content instanceof Content.Chunk
                    || content instanceof Content.Manifest;
            case SYMLINK -> content instanceof Content.Link;
            case DIRECTORY, TOMBSTONE -> content instanceof Content.None;
        };
        if (!fits) {
            return Optional.of("the content does not fit the kind");
        }
        if (kind == EntryKind.FILE ? size < 0 || size > MAX_NUMBER : size != 0) {
            return Optional.of("a size out of range");
        }
        if (content instanceof Content.Inline inline && inline.length() != size) {
            return Optional.of("the size is not that of the inline bytes");
        }
        if (content instanceof Content.Chunk && (size < 1 || size > Envelope.MAX_BODY)) {
            return Optional.of("one chunk of an impossible size");
        }
        return moved.isPresent() && kind != EntryKind.TOMBSTONE
                ? Optional.of("only a tombstone says where its file went")
                : Optional.empty();
    }

    /// @param number a time in milliseconds
    /// @return whether an entry may hold it
    public static boolean inRange(long number) {
        return number >= -MAX_NUMBER && number <= MAX_NUMBER;
    }

    /// @return whether the owner may execute it
    public boolean isExecutable() {
        return (mode & EXECUTABLE) != 0;
    }

    /// @return whether something is there, that is, it is not a tombstone
    public boolean isLive() {
        return kind != EntryKind.TOMBSTONE;
    }

    /// @param other another version
    /// @return whether both are the same kind of thing with the same content; permissions and times do not count
    public boolean sameContent(Entry other) {
        return kind == other.kind && content.sameAs(other.content);
    }

    /// @param other another version
    /// @return whether nothing a user sees except the time differs: kind, content, execute bit of a file
    public boolean sameValue(Entry other) {
        return sameContent(other) && (kind != EntryKind.FILE || isExecutable() == other.isExecutable());
    }

    /// @param newer another vector
    /// @return this entry under that vector
    public Entry withVersion(VersionVector newer) {
        return newer.equals(version)
                ? this
                : new Entry(kind, fileId, content, size, mtimeMillis, mode, newer, author, wallMillis, moved);
    }

    /// @param millis another time of the last change
    /// @return this entry with that time
    public Entry withMtime(long millis) {
        return new Entry(kind, fileId, content, size, millis, mode, version, author, wallMillis, moved);
    }
}
