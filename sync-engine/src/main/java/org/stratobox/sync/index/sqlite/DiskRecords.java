package org.stratobox.sync.index.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.Intent.Change;
import org.stratobox.sync.index.Intent.How;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeObject;

/// Sealed values of the journal and the trash: paths and entries, bound to their table and folder.
final class DiskRecords {
    private static final byte[] INTENT_AAD = "intent".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRASH_AAD = "trash".getBytes(StandardCharsets.US_ASCII);
    private static final String ANY_NAME = "e";

    private final LocalKey key;

    DiskRecords(LocalKey key) {
        this.key = key;
    }

    byte[] seal(FolderId folder, Intent intent) {
        return seal(INTENT_AAD, folder, out -> {
            out.writeByte(intent.how().code());
            path(out, intent.from());
            path(out, intent.to());
            optional(out, intent.aside(), DiskRecords::path);
            optional(out, intent.moving(), DiskRecords::identity);
            optional(out, intent.displaced(), DiskRecords::identity);
            out.writeInt(intent.changes().size());
            for (Change change : intent.changes()) {
                path(out, change.path());
                optional(out, change.becomes(), DiskRecords::entry);
                optional(out, change.evidenceOf(), DiskRecords::path);
            }
        });
    }

    Intent openIntent(FolderId folder, byte[] sealed) throws IndexException {
        return open(INTENT_AAD, folder, sealed, in -> {
            How how = how(in.readByte());
            RelativePath from = path(in);
            RelativePath to = path(in);
            Optional<RelativePath> aside = optional(in, DiskRecords::path);
            Optional<Identity> moving = optional(in, DiskRecords::identity);
            Optional<Identity> displaced = optional(in, DiskRecords::identity);
            int count = in.readInt();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                changes.add(new Change(path(in), optional(in, DiskRecords::entry), optional(in, DiskRecords::path)));
            }
            return new Intent(how, from, to, aside, moving, displaced, changes);
        });
    }

    byte[] seal(FolderId folder, TrashTable.Item item) {
        return seal(TRASH_AAD, folder, out -> {
            path(out, item.original());
            path(out, item.place());
            optional(out, item.entry(), DiskRecords::entry);
            identity(out, item.identity());
            out.writeLong(item.displacedMillis());
        });
    }

    TrashTable.Item openItem(FolderId folder, byte[] sealed) throws IndexException {
        return open(TRASH_AAD, folder, sealed, in -> new TrashTable.Item(path(in), path(in),
                optional(in, DiskRecords::entry), identity(in), in.readLong()));
    }

    @FunctionalInterface
    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(DataInputStream in) throws IOException, IndexException, ObjectException;
    }

    @FunctionalInterface
    private interface Part<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    private byte[] seal(byte[] domain, FolderId folder, Writing value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            value.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory does not fail", e);
        }
        return key.seal(bytes.toByteArray(), aad(domain, folder));
    }

    private <T> T open(byte[] domain, FolderId folder, byte[] sealed, Reading<T> value) throws IndexException {
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(key.open(sealed, aad(domain, folder))))) {
            return value.read(in);
        } catch (IOException | CryptoException | ObjectException | IllegalArgumentException e) {
            throw new IndexException(Reason.UNUSABLE, "a row of the index does not open", e);
        }
    }

    private static byte[] aad(byte[] domain, FolderId folder) {
        byte[] id = folder.bytes();
        byte[] aad = java.util.Arrays.copyOf(domain, domain.length + id.length);
        System.arraycopy(id, 0, aad, domain.length, id.length);
        return aad;
    }

    private static <T> void optional(DataOutputStream out, Optional<T> value, Part<T> part) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            part.write(out, value.get());
        }
    }

    private static <T> Optional<T> optional(DataInputStream in, Reading<T> part)
            throws IOException, IndexException, ObjectException {
        return in.readBoolean() ? Optional.of(part.read(in)) : Optional.empty();
    }

    private static void path(DataOutputStream out, RelativePath path) throws IOException {
        bytes(out, path.text().getBytes(StandardCharsets.UTF_8));
    }

    private static RelativePath path(DataInputStream in) throws IOException {
        return new RelativePath(new String(bytes(in), StandardCharsets.UTF_8));
    }

    private static void identity(DataOutputStream out, Identity identity) throws IOException {
        out.writeByte(identity.kind().code());
        out.writeLong(identity.inode());
        out.writeLong(identity.size());
        out.writeLong(identity.mtimeNanos());
    }

    private static Identity identity(DataInputStream in) throws IOException, IndexException {
        return new Identity(kind(in.readByte()), in.readLong(), in.readLong(), in.readLong());
    }

    private static void entry(DataOutputStream out, Entry entry) throws IOException {
        bytes(out, new TreeObject.Leaf(List.of(TreeEntry.of(ANY_NAME, entry))).encode());
    }

    private static Entry entry(DataInputStream in) throws IOException, IndexException, ObjectException {
        if (TreeObject.decode(bytes(in)) instanceof TreeObject.Leaf leaf && leaf.entries().size() == 1
                && leaf.entries().getFirst().entry().isPresent()) {
            return leaf.entries().getFirst().entry().get();
        }
        throw new IndexException(Reason.UNUSABLE, "a row of the index is not one entry");
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length beyond the end");
        }
        return in.readNBytes(length);
    }

    private static How how(int code) throws IndexException {
        for (How how : How.values()) {
            if (how.code() == code) {
                return how;
            }
        }
        throw new IndexException(Reason.UNUSABLE, "the index names an unknown change");
    }

    private static EntryKind kind(int code) throws IndexException {
        for (EntryKind kind : EntryKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new IndexException(Reason.UNUSABLE, "the index names an unknown kind");
    }
}
