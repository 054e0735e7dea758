package org.stratobox.sync.object;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Suite;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The bytes of format version 1. A change here is a change of what is stored in everybody's mesh: it must not happen.
class KnownAnswersTest {
    private static final DeviceId DEVICE = new DeviceId(id(0xd0));
    private static final DeviceId OTHER = new DeviceId(id(0xe0));
    private static final VersionVector VERSION = VersionVector.of(Map.of(DEVICE, 7L, OTHER, 300L));
    private static final Signature SIGNATURE = new Signature(bytes(64, 0x55));

    private static byte[] bytes(int length, int first) {
        byte[] out = new byte[length];
        IntStream.range(0, length).forEach(i -> out[i] = (byte) (first + i));
        return out;
    }

    private static Id16 id(int first) {
        return Id16.of(bytes(16, first));
    }

    private static Digest256 digest(int first) {
        return Digest256.of(bytes(32, first));
    }

    private static Capability cap(int first) {
        return new Capability(new Cid(digest(first)), Secret.takeOwnership(bytes(32, first + 0x40)));
    }

    private static Entry entry(EntryKind kind, Content content, long size, Optional<Moved> moved) {
        return new Entry(kind, new FileId(id(0x10)), content, size, 1_700_000_000_123L,
                kind == EntryKind.FILE ? 0644 : 0,
                VERSION, DEVICE, 1_700_000_001_000L, moved);
    }

    private static TreeObject leaf() {
        Entry chunk = entry(EntryKind.FILE, new Content.Chunk(cap(1)), 70_000, Optional.empty());
        Entry manifest = entry(EntryKind.FILE, new Content.Manifest(cap(2)), 1L << 33, Optional.empty());
        Entry inline = entry(EntryKind.FILE, new Content.Inline("hello".getBytes(StandardCharsets.US_ASCII)), 5,
                Optional.empty());
        Entry link = entry(EntryKind.SYMLINK, new Content.Link("../x"), 0, Optional.empty());
        Entry directory = entry(EntryKind.DIRECTORY, new Content.None(), 0, Optional.empty());
        Moved moved = new Moved(new RelativePath("d/new"), VersionVector.of(OTHER, 299), digest(0x70));
        Entry gone = entry(EntryKind.TOMBSTONE, new Content.None(), 0, Optional.of(moved));
        return new TreeObject.Leaf(List.of(TreeEntry.of("chunk", chunk),
                new TreeEntry("dir", Optional.of(directory), Optional.of(cap(3))), TreeEntry.of("empty", directory),
                new TreeEntry("gone", Optional.of(gone), Optional.of(cap(4))), TreeEntry.of("inline", inline),
                TreeEntry.of("link", link), TreeEntry.of("manifest", manifest),
                new TreeEntry("path only", Optional.empty(), Optional.of(cap(5))), TreeEntry.of("\uffee", inline),
                TreeEntry.of("\ud834\udd1e", inline)));
    }

    private static TreeObject buckets() {
        List<Optional<Capability>> children = IntStream.range(0, 16)
                .mapToObj(i -> i % 5 == 0 ? Optional.of(cap(i)) : Optional.<Capability>empty()).toList();
        return new TreeObject.Buckets(2, children);
    }

    private static Signed<Head> head() {
        return new Signed<>(new Head(id(0xa0), DEVICE, 3, 70_000, digest(0x20), cap(6),
                Map.of(OTHER, new ChainPoint(9, digest(0x30))), new ChainPoint(2, digest(0x40)), 1_700_000_002_000L,
                List.of(id(0xb0)), List.of(new Cid(digest(0x50)))), SIGNATURE);
    }

    private static Signed<AccountRecord> account() {
        return new Signed<>(
                new AccountRecord(id(0xa0), 3, 2, digest(0x20), List.of(new Enrolment(DEVICE, digest(0x30))),
                        List.of(new Revocation(OTHER, new ChainPoint(5, digest(0x40)))),
                        AccountPolicy.first(Suite.AES_256_GCM),
                        List.of(new Backend(new NodeId(id(0xc0)), "rest:http://h/", "attic")), 1_700_000_003_000L),
                SIGNATURE);
    }

    private static List<NodeRecord> nodes() {
        return List.of(new NodeRecord(new NodeId(id(0xc0)), "rest:http://h/", "attic",
                Secret.takeOwnership("user:pass".getBytes(StandardCharsets.US_ASCII))));
    }

    private static Secret secret(int first) {
        return Secret.takeOwnership(bytes(32, first));
    }

    private static PackItem item() {
        return new PackItem(ObjectType.CHUNK, new Cid(digest(1)), 4096, 5120);
    }

    private static PackIndex packIndex() {
        StoredShare share = new StoredShare(1, new ObjectName(digest(2)), new NodeId(id(0xc0)), digest(3));
        return new PackIndex(List.of(new PackRecord(digest(4), 1 << 20, 2, 4, List.of(share), List.of(item()))));
    }

    /// What is pinned.
    enum Answer {
        MANIFEST(ObjectKind.MANIFEST), MANIFEST_INDEX(ObjectKind.MANIFEST), TREE_LEAF(ObjectKind.TREE), TREE_BUCKETS(
                ObjectKind.TREE),
        COMMIT(ObjectKind.COMMIT), HEAD(ObjectKind.HEAD), DEVICE_RECORD(
                ObjectKind.DEVICE_RECORD),
        ACCOUNT_RECORD(ObjectKind.ACCOUNT_RECORD), MESH_DESCRIPTOR(
                ObjectKind.MESH_DESCRIPTOR),
        PACK_CONTENTS(ObjectKind.PACK_CONTENTS), PACK_INDEX(
                ObjectKind.PACK_INDEX),
        DEVICE_STATE(ObjectKind.DEVICE_STATE);

        final ObjectKind kind;

        Answer(ObjectKind kind) {
            this.kind = kind;
        }

        Object value() {
            return switch (this) {
                case MANIFEST -> new Manifest(300, 2, List.of(new ChunkRef(cap(1), 100), new ChunkRef(cap(2), 200)));
                case MANIFEST_INDEX -> new ManifestIndex(1L << 34, 1, List.of(cap(1), cap(2)));
                case TREE_LEAF -> leaf();
                case TREE_BUCKETS -> buckets();
                case COMMIT -> new Commit(DEVICE, 70_000, List.of(digest(0x20), digest(0x30)),
                        Map.of(new FolderId(id(0x80)), new FolderRoot(1, cap(7), "Fotos äöü")), "2 files", -5);
                case HEAD -> head();
                case DEVICE_RECORD -> new Signed<>(new DeviceRecord(DEVICE, VerifyKey.of(bytes(32, 0x60)),
                        bytes(1216, 0), 1_700_000_000_000L, "desk", 3, id(0xa0)), SIGNATURE);
                case ACCOUNT_RECORD -> account();
                case MESH_DESCRIPTOR ->
                    new Signed<>(new MeshDescriptor(id(0xa0), DEVICE, 4, 1_700_000_004_000L, nodes()), SIGNATURE);
                case PACK_CONTENTS -> new PackContents(List.of(item(),
                        new PackItem(ObjectType.PACK_INDEX, new Cid(digest(9)), 1 << 24, 1 << 20)));
                case PACK_INDEX -> packIndex();
                case DEVICE_STATE -> new DeviceState(3, secret(1), DEVICE, secret(2), secret(3), secret(4),
                        VerifyKey.of(bytes(32, 5)), nodes());
            };
        }
    }

    private static String pinned(Answer answer, String suffix) throws IOException {
        Properties all = new Properties();
        try (InputStream in = Objects
                .requireNonNull(KnownAnswersTest.class.getResourceAsStream("known-answers.properties"))) {
            all.load(in);
        }
        return all.getProperty(answer.name().toLowerCase(Locale.ROOT).replace('_', '-') + suffix, "");
    }

    @ParameterizedTest
    @EnumSource
    void encodeGivesTheBytesOfVersion1(Answer answer) throws IOException {
        assertEquals(pinned(answer, ""), HexFormat.of().formatHex(answer.kind.encode(answer.value())));
    }

    @ParameterizedTest
    @EnumSource
    void decodeReadsTheBytesOfVersion1(Answer answer) throws IOException, ObjectException {
        byte[] body = HexFormat.of().parseHex(pinned(answer, ""));
        assertEquals(answer.value(), answer.kind.decode(Arrays.copyOf(body, body.length)));
    }

    @ParameterizedTest
    @EnumSource(names = {"HEAD", "DEVICE_RECORD", "ACCOUNT_RECORD", "MESH_DESCRIPTOR"})
    void hashGivesTheDigestOfVersion1(Answer answer) throws IOException {
        assertEquals(pinned(answer, "-hash"), ((Signed<?>) answer.value()).hash().hex());
    }
}
