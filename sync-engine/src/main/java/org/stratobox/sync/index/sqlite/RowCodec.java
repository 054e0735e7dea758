package org.stratobox.sync.index.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeObject;

/// Sealed values of rows. Each is a tree leaf with one entry, so the index can hold nothing that the format cannot, and each
/// is bound to its row's place: who can write the file cannot move entries about.
final class RowCodec {
    private static final byte[] STATE_AAD = "entry".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE_AAD = "base".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MERGED_AAD = "merged".getBytes(StandardCharsets.US_ASCII);
    /// Stands for "nothing is known": no entry of a device has an empty vector.
    private static final Entry NOTHING = new Entry(EntryKind.TOMBSTONE, new FileId(new Id16(0, 0)), new Content.None(),
            0, 0, 0, VersionVector.empty(), new DeviceId(new Id16(0, 0)), 0, Optional.empty());

    private final LocalKey key;

    RowCodec(LocalKey key) {
        this.key = key;
    }

    /// Where a row is.
    record Place(long parent, Id16 tag) {
        private byte[] bytes(byte[] domain) {
            return ByteBuffer.allocate(domain.length + Long.BYTES + Id16.BYTES).put(domain).putLong(parent)
                    .put(tag.bytes())
                    .array();
        }
    }

    byte[] state(Place place, String name, Optional<Entry> entry, Optional<Capability> subtree) {
        return seal(place.bytes(STATE_AAD), new TreeEntry(name, Optional.of(entry.orElse(NOTHING)), subtree));
    }

    byte[] base(Place place, String name, Optional<Entry> entry) {
        return seal(place.bytes(BASE_AAD), new TreeEntry(name, Optional.of(entry.orElse(NOTHING)), Optional.empty()));
    }

    TreeEntry openState(Place place, byte[] sealed) throws IndexException {
        return known(open(place.bytes(STATE_AAD), sealed));
    }

    /// The base, where it is stored apart.
    Optional<Entry> openBase(Place place, byte[] sealed) throws IndexException {
        return open(place.bytes(BASE_AAD), sealed).entry().filter(RowCodec::isKnown);
    }

    byte[] merged(byte[] device, byte[] folder, Capability tree) {
        return seal(merged(device, folder), new TreeEntry("tree", Optional.empty(), Optional.of(tree)));
    }

    Optional<Capability> openMerged(byte[] device, byte[] folder, byte[] sealed) throws IndexException {
        return open(merged(device, folder), sealed).subtree();
    }

    private static byte[] merged(byte[] device, byte[] folder) {
        return ByteBuffer.allocate(MERGED_AAD.length + device.length + folder.length).put(MERGED_AAD).put(device)
                .put(folder).array();
    }

    private byte[] seal(byte[] aad, TreeEntry entry) {
        return key.seal(new TreeObject.Leaf(List.of(entry)).encode(), aad);
    }

    private TreeEntry open(byte[] aad, byte[] sealed) throws IndexException {
        try {
            if (TreeObject.decode(key.open(sealed, aad)) instanceof TreeObject.Leaf leaf
                    && leaf.entries().size() == 1) {
                return leaf.entries().getFirst();
            }
            throw new IndexException(Reason.UNUSABLE, "a row of the index is not one entry");
        } catch (CryptoException | ObjectException e) {
            throw new IndexException(Reason.UNUSABLE, "a row of the index does not open", e);
        }
    }

    /// A tree entry must say something; one that does not is left as it is and filtered by [#isKnown].
    private static TreeEntry known(TreeEntry stored) {
        boolean nothing = stored.entry().filter(RowCodec::isKnown).isEmpty();
        return nothing && stored.subtree().isPresent()
                ? new TreeEntry(stored.name(), Optional.empty(), stored.subtree())
                : stored;
    }

    static boolean isKnown(Entry entry) {
        return entry.version().size() > 0 || entry.kind() != EntryKind.TOMBSTONE;
    }

    static EntryKind kind(Optional<Entry> entry) {
        return entry.map(Entry::kind).orElse(EntryKind.TOMBSTONE);
    }

    static int code(EntryKind kind) {
        return switch (kind) {
            case FILE -> 0;
            case DIRECTORY -> 1;
            case SYMLINK -> 2;
            case TOMBSTONE -> 3;
        };
    }

    static EntryKind kind(int code) throws IndexException {
        return switch (code) {
            case 0 -> EntryKind.FILE;
            case 1 -> EntryKind.DIRECTORY;
            case 2 -> EntryKind.SYMLINK;
            case 3 -> EntryKind.TOMBSTONE;
            default -> throw new IndexException(Reason.UNUSABLE, "the index names an unknown kind");
        };
    }
}
