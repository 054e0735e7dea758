package org.stratobox.sync.object;

import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ObjectException.Reason;

/// The encoded form of one name in a tree (`format.md` 3.6): `{1: name, 2: kind, 3: file id, 4: cap, 5: inline bytes,
/// 6: size, 7: mtime, 8: mode, 9: {device: counter}, 10: device, 11: link target, 12: type of 4, 13: [moved to,
/// its vector, identity of its content], 14: wall clock, 15: cap of the tree below anything that is not a directory}`.
///
/// Numbers that are 0 are left out, and so are 4 and 12 of a directory with nothing below it. A name of which only the tree
/// below is known has keys 1 and 15 alone.
final class TreeEntryCodec {
    /// Less than any encoded entry: map head, name, kind and file id. Bounds an announced count before allocation.
    static final int MIN_BYTES = 1 + 3 + 2 + 18;

    private TreeEntryCodec() {}

    static void write(CborWriter out, TreeEntry named) {
        if (named.entry().isEmpty()) {
            out.map(2).uint(1).text(named.name()).uint(15);
            Capabilities.write(out, named.subtree().orElseThrow());
            return;
        }
        Entry e = named.entry().get();
        boolean directory = e.kind() == EntryKind.DIRECTORY;
        Optional<Capability> four = directory ? named.subtree() : contentCapability(e.content());
        Optional<Capability> below = directory ? Optional.empty() : named.subtree();
        out.map(pairs(e, four, below));
        out.uint(1).text(named.name()).uint(2).uint(e.kind().code()).uint(3).id(e.fileId().id());
        four.ifPresent(cap -> Capabilities.write(out.uint(4), cap));
        if (e.content() instanceof Content.Inline inline) {
            out.uint(5).bytes(inline.bytes());
        }
        writeNumbers(out, e);
        writeVersion(out.uint(9), e.version());
        out.uint(10).id(e.author().id());
        if (e.content() instanceof Content.Link link) {
            out.uint(11).text(link.target());
        }
        if (four.isPresent()) {
            out.uint(12).uint(typeOf(e.content()).code());
        }
        e.moved().ifPresent(moved -> {
            out.uint(13).array(3).text(moved.to().text());
            writeVersion(out, moved.version());
            out.digest(moved.content());
        });
        if (e.wallMillis() != 0) {
            out.uint(14).integer(e.wallMillis());
        }
        below.ifPresent(cap -> Capabilities.write(out.uint(15), cap));
    }

    private static int pairs(Entry e, Optional<Capability> four, Optional<Capability> below) {
        return 5 + (four.isPresent() ? 2 : 0) + (below.isPresent() ? 1 : 0)
                + (e.content() instanceof Content.Inline || e.content() instanceof Content.Link ? 1 : 0)
                + (e.size() != 0 ? 1 : 0) + (e.mtimeMillis() != 0 ? 1 : 0) + (e.mode() != 0 ? 1 : 0)
                + (e.moved().isPresent() ? 1 : 0) + (e.wallMillis() != 0 ? 1 : 0);
    }

    private static void writeNumbers(CborWriter out, Entry e) {
        if (e.size() != 0) {
            out.uint(6).uint(e.size());
        }
        if (e.mtimeMillis() != 0) {
            out.uint(7).integer(e.mtimeMillis());
        }
        if (e.mode() != 0) {
            out.uint(8).uint(e.mode());
        }
    }

    private static void writeVersion(CborWriter out, VersionVector version) {
        out.map(version.size());
        for (int i = 0; i < version.size(); i++) {
            out.id(version.device(i).id()).uint(version.counter(i));
        }
    }

    static TreeEntry read(CborReader in) throws ObjectException {
        MapFields fields = new MapFields(in);
        fields.key(1);
        String name = in.text(RelativePath.MAX_NAME_BYTES);
        if (RelativePath.faultOfName(name).isPresent()) {
            throw new ObjectException(Reason.BAD_VALUE, "an unusable name");
        }
        if (!fields.optional(2)) {
            fields.key(15);
            Capability below = Capabilities.read(in);
            fields.end();
            return new TreeEntry(name, Optional.empty(), Optional.of(below));
        }
        return new TreeEntryReader(in, fields).read(name);
    }

    private static Optional<Capability> contentCapability(Content content) {
        return switch (content) {
            case Content.Chunk chunk -> Optional.of(chunk.capability());
            case Content.Manifest manifest -> Optional.of(manifest.capability());
            default -> Optional.empty();
        };
    }

    private static ObjectType typeOf(Content content) {
        return switch (content) {
            case Content.Chunk chunk -> ObjectType.CHUNK;
            case Content.Manifest manifest -> ObjectType.MANIFEST;
            default -> ObjectType.TREE;
        };
    }
}
