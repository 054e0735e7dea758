package org.stratobox.sync.object;

import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ObjectException.Reason;

/// Reads one tree entry from its kind on; the keys are those of [TreeEntryCodec].
final class TreeEntryReader {
    private static final int MAX_PATH_BYTES = 32_767;
    private static final Content NONE = new Content.None();

    private final CborReader in;
    private final MapFields fields;

    TreeEntryReader(CborReader in, MapFields fields) {
        this.in = in;
        this.fields = fields;
    }

    /// Key 2 was just found.
    TreeEntry read(String name) throws ObjectException {
        EntryKind kind = readKind();
        fields.key(3);
        FileId fileId = new FileId(in.id());
        Optional<Capability> four = fields.optional(4) ? Optional.of(Capabilities.read(in)) : Optional.empty();
        Optional<Content> inline = fields.optional(5) ? Optional.of(readInline()) : Optional.empty();
        long size = fields.optional(6) ? nonZero(in.uint(Entry.MAX_NUMBER)) : 0;
        long mtime = fields.optional(7) ? nonZero(Limits.millis(in)) : 0;
        int mode = fields.optional(8) ? (int) nonZero(in.uint(0777)) : 0;
        fields.key(9);
        VersionVector version = readVersion();
        fields.key(10);
        DeviceId author = new DeviceId(in.id());
        Optional<Content> link = fields.optional(11) ? Optional.of(readLink()) : Optional.empty();
        Optional<Content> stored = readStored(kind, four);
        Optional<Moved> moved = fields.optional(13) ? Optional.of(readMoved()) : Optional.empty();
        long wall = fields.optional(14) ? nonZero(Limits.millis(in)) : 0;
        Optional<Capability> below = readBelow(kind, four);
        fields.end();
        Content content = only(stored, inline, link);
        Optional<String> fault = Entry.fault(kind, content, size, moved);
        if (fault.isPresent()) {
            throw new ObjectException(Reason.INCONSISTENT, fault.get());
        }
        Entry entry = new Entry(kind, fileId, content, size, mtime, mode, version, author, wall, moved);
        return new TreeEntry(name, Optional.of(entry), below);
    }

    private EntryKind readKind() throws ObjectException {
        return switch ((int) in.uint(255)) {
            case 1 -> EntryKind.FILE;
            case 2 -> EntryKind.DIRECTORY;
            case 3 -> EntryKind.SYMLINK;
            case 4 -> EntryKind.TOMBSTONE;
            default -> throw new ObjectException(Reason.BAD_VALUE, "an unknown kind of entry");
        };
    }

    private Content readInline() throws ObjectException {
        return new Content.Inline(in.bytes(Content.MAX_INLINE));
    }

    private Content readLink() throws ObjectException {
        String target = in.text(Content.Link.MAX_BYTES);
        if (!Content.Link.isTarget(target)) {
            throw new ObjectException(Reason.BAD_VALUE, "an unusable link target");
        }
        return new Content.Link(target);
    }

    /// Key 12 says what key 4 opens; for a directory that is the tree below and not its content.
    private Optional<Content> readStored(EntryKind kind, Optional<Capability> four) throws ObjectException {
        if (four.isEmpty()) {
            return Optional.empty();
        }
        fields.key(12);
        long type = in.uint(255);
        if ((type == ObjectType.TREE.code()) != (kind == EntryKind.DIRECTORY)) {
            throw new ObjectException(Reason.INCONSISTENT, "the stored object does not fit the kind");
        }
        if (type == ObjectType.TREE.code()) {
            return Optional.empty();
        }
        if (type == ObjectType.CHUNK.code()) {
            return Optional.of(new Content.Chunk(four.get()));
        }
        if (type == ObjectType.MANIFEST.code()) {
            return Optional.of(new Content.Manifest(four.get()));
        }
        throw new ObjectException(Reason.BAD_VALUE, "an entry of another type of object");
    }

    private Moved readMoved() throws ObjectException {
        in.arrayOf(3);
        try {
            RelativePath to = RelativePath.parse(in.text(MAX_PATH_BYTES));
            return new Moved(to, readVersion(), in.digest());
        } catch (NameException e) {
            throw new ObjectException(Reason.BAD_VALUE, "moved to an unusable path: " + e.fault());
        }
    }

    private Optional<Capability> readBelow(EntryKind kind, Optional<Capability> four) throws ObjectException {
        if (kind == EntryKind.DIRECTORY) {
            return four;
        }
        return fields.optional(15) ? Optional.of(Capabilities.read(in)) : Optional.empty();
    }

    private VersionVector readVersion() throws ObjectException {
        int n = in.map(Limits.DEVICES, 18);
        long[] triples = new long[3 * n];
        for (int i = 0; i < triples.length; i += 3) {
            Id16 device = in.id();
            triples[i] = device.high();
            triples[i + 1] = device.low();
            triples[i + 2] = nonZero(in.uint(VersionVector.MAX_COUNTER));
            if (i > 0 && device.compareTo(new Id16(triples[i - 3], triples[i - 2])) <= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
            }
        }
        return VersionVector.ofTriples(triples);
    }

    private static Content only(Optional<Content> stored, Optional<Content> inline, Optional<Content> link)
            throws ObjectException {
        if ((stored.isPresent() ? 1 : 0) + (inline.isPresent() ? 1 : 0) + (link.isPresent() ? 1 : 0) > 1) {
            throw new ObjectException(Reason.INCONSISTENT, "more than one content");
        }
        return stored.or(() -> inline).or(() -> link).orElse(NONE);
    }

    private static long nonZero(long value) throws ObjectException {
        if (value == 0) {
            throw new ObjectException(Reason.NOT_CANONICAL, "a zero that is to be left out");
        }
        return value;
    }
}
