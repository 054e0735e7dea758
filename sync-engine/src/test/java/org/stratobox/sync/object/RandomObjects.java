package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

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

/// Valid objects of every type, drawn from a seed.
final class RandomObjects {
    private static final String LETTERS = "abcxyzäß漢 .-_\\:𝄞";
    private final Random random;

    RandomObjects(long seed) {
        random = new Random(seed);
    }

    byte[] bytes(int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    Digest256 digest() {
        return new Digest256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    Id16 id() {
        return new Id16(random.nextLong(), random.nextLong());
    }

    Capability cap() {
        return new Capability(new Cid(digest()), Secret.takeOwnership(bytes(32)));
    }

    DeviceId device() {
        return new DeviceId(id());
    }

    long number() {
        return random.nextLong() >>> (11 + random.nextInt(53));
    }

    long time() {
        return random.nextInt(5) == 0 ? -number() : number();
    }

    String name() {
        int[] points = LETTERS.codePoints().toArray();
        StringBuilder out = new StringBuilder("n");
        for (int i = random.nextInt(20); i > 0; i--) {
            out.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return out.toString();
    }

    <T> List<T> list(int max, Supplier<T> element) {
        List<T> out = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            out.add(element.get());
        }
        return out;
    }

    VersionVector version() {
        VersionVector v = VersionVector.empty();
        for (int i = random.nextInt(4); i >= 0; i--) {
            v = v.with(device(), 1 + number() % 1_000_000);
        }
        return v;
    }

    Entry entry() {
        EntryKind kind = List.of(EntryKind.values()).get(random.nextInt(4));
        Content content = switch (kind) {
            case FILE -> switch (random.nextInt(3)) {
                case 0 -> new Content.Inline(bytes(random.nextInt(100)));
                case 1 -> new Content.Chunk(cap());
                default -> new Content.Manifest(cap());
            };
            case SYMLINK -> new Content.Link("../" + name());
            case DIRECTORY, TOMBSTONE -> new Content.None();
        };
        long size = content instanceof Content.Inline inline
                ? inline.length()
                : kind == EntryKind.FILE ? 1 + random.nextInt(1_000_000) : 0;
        Optional<Moved> moved = kind == EntryKind.TOMBSTONE && random.nextBoolean()
                ? Optional.of(new Moved(RelativePath.ROOT.child(name()).child(name()), version(), digest()))
                : Optional.empty();
        return new Entry(kind, new FileId(id()), content, size, time(), random.nextInt(512), version(), device(),
                time(), moved);
    }

    TreeEntry treeEntry(String name) {
        if (random.nextInt(20) == 0) {
            return new TreeEntry(name, Optional.empty(), Optional.of(cap()));
        }
        return new TreeEntry(name, Optional.of(entry()),
                random.nextInt(3) == 0 ? Optional.of(cap()) : Optional.empty());
    }

    List<TreeEntry> treeEntries(int max) {
        TreeMap<String, TreeEntry> sorted = new TreeMap<>(NameOrder.INSTANCE);
        list(max, this::name).forEach(name -> sorted.put(name, treeEntry(name)));
        return List.copyOf(sorted.values());
    }

    TreeObject tree() {
        if (random.nextInt(3) > 0) {
            return new TreeObject.Leaf(treeEntries(20));
        }
        List<Optional<Capability>> children = new ArrayList<>(List.of(Optional.of(cap())));
        while (children.size() < TreeObject.FAN_OUT) {
            children.add(random.nextBoolean() ? Optional.of(cap()) : Optional.empty());
        }
        return new TreeObject.Buckets(random.nextInt(16), children);
    }

    FileManifest manifest() {
        if (random.nextBoolean()) {
            List<Capability> parts = new ArrayList<>(list(10, this::cap));
            parts.add(cap());
            return new ManifestIndex(100 + number() / 2, 1 + random.nextInt(2), parts);
        }
        List<ChunkRef> chunks = new ArrayList<>(list(10, () -> new ChunkRef(cap(), 1 + random.nextInt(1_048_476))));
        chunks.add(new ChunkRef(cap(), 1));
        return new Manifest(FileManifest.sum(chunks), 1 + random.nextInt(2), chunks);
    }

    Commit commit() {
        Map<FolderId, FolderRoot> folders = new TreeMap<>();
        list(5, this::id)
                .forEach(id -> folders.put(new FolderId(id), new FolderRoot(random.nextInt(9), cap(), name())));
        return new Commit(device(), 1 + number() / 2, list(4, this::digest), folders, name(), time());
    }

    ChainPoint point() {
        return new ChainPoint(number(), digest());
    }

    Signature signature() {
        return new Signature(bytes(64));
    }

    Signed<Head> head() {
        Map<DeviceId, ChainPoint> seen = new TreeMap<>();
        list(5, this::device).forEach(device -> seen.put(device, point()));
        return new Signed<>(
                new Head(id(), device(), random.nextInt(100), 1 + number() / 2, digest(), cap(), seen, point(),
                        time(), list(3, this::id), list(3, () -> new Cid(digest()))),
                signature());
    }

    Signed<DeviceRecord> deviceRecord() {
        return new Signed<>(new DeviceRecord(device(), VerifyKey.of(bytes(32)), bytes(1216), time(), name(),
                random.nextInt(9), id()), signature());
    }

    Signed<AccountRecord> accountRecord() {
        TreeMap<DeviceId, Enrolment> devices = new TreeMap<>();
        list(4, this::device).forEach(device -> devices.put(device, new Enrolment(device, digest())));
        TreeMap<DeviceId, Revocation> revoked = new TreeMap<>();
        list(4, this::device).forEach(device -> revoked.put(device, new Revocation(device, point())));
        return new Signed<>(new AccountRecord(id(), random.nextInt(9), 1 + number() / 2, digest(),
                List.copyOf(devices.values()), List.copyOf(revoked.values()), AccountPolicy.first(Suite.AES_256_GCM),
                list(3, () -> new Backend(new NodeId(id()), "folder:/" + name(), name())), time()), signature());
    }

    List<NodeRecord> nodes() {
        return list(3, () -> new NodeRecord(new NodeId(id()), "rest:http://" + name(), name(),
                Secret.takeOwnership(name().getBytes(StandardCharsets.UTF_8))));
    }

    Signed<MeshDescriptor> mesh() {
        return new Signed<>(new MeshDescriptor(id(), device(), 1 + number() / 2, time(), nodes()), signature());
    }

    Signed<Succession> succession() {
        DeviceRecord successor = new DeviceRecord(device(), VerifyKey.of(bytes(32)), bytes(1216), time(), "desk 2",
                random.nextInt(9), id());
        return new Signed<>(new Succession(device(), new ChainPoint(number() / 2, digest()), successor), signature());
    }

    Signed<EpochGrant> epochGrant() {
        Map<DeviceId, byte[]> transfers = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            transfers.put(device(), bytes(org.stratobox.crypto.identity.EpochTransfer.BYTES));
        }
        return new Signed<>(new EpochGrant(id(), random.nextInt(9), transfers), signature());
    }

    GcPlan gcPlan() {
        Map<DeviceId, ChainPoint> frontier = new TreeMap<>();
        list(4, this::device).forEach(device -> frontier.put(device, new ChainPoint(number() / 2, digest())));
        return new GcPlan(id(), device(), frontier, list(9, this::digest).stream().sorted().toList(), time());
    }

    PackItem item(int packLength) {
        int length = 4096 + random.nextInt(1000);
        return new PackItem(List.of(ObjectType.values()).get(random.nextInt(4)), new Cid(digest()),
                random.nextInt(packLength - length), length);
    }

    PackContents contents() {
        return new PackContents(list(10, () -> item(1 << 24)));
    }

    PackIndex packIndex() {
        return new PackIndex(list(4, () -> new PackRecord(digest(), 1 << 24, 2, 4,
                list(5, () -> new StoredShare(random.nextInt(4), new ObjectName(digest()), new NodeId(id()), digest())),
                list(10, () -> item(1 << 24)))));
    }

    DeviceState deviceState() {
        return new DeviceState(random.nextInt(9), Secret.takeOwnership(bytes(32)), device(),
                Secret.takeOwnership(bytes(32)), Secret.takeOwnership(bytes(32)), Secret.takeOwnership(bytes(32)),
                VerifyKey.of(bytes(32)), nodes(), list(3, () -> Secret.takeOwnership(bytes(32))));
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
