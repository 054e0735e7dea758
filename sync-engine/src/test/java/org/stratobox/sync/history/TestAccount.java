package org.stratobox.sync.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.envelope.Suite;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeAddress;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.ManifestBuilder;
import org.stratobox.sync.object.NameOrder;
import org.stratobox.sync.object.PackIndex;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.TreeBuilder;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.pack.BufferPool;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.NodeEvidence;
import org.stratobox.sync.pack.PackBuilder;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StorePolicy;
import org.stratobox.sync.pack.StoredPack;
import org.stratobox.sync.task.Tasks;

/// An account with real nodes in folders, a real index and real sealing, filled by the test.
public final class TestAccount implements AutoCloseable {
    /// Longest chunk of a file here: several chunks need no large file.
    public static final int CHUNK = 100_000;
    private static final String TAG = "0123456789abcdef0123456789abcdef";
    private static final DeviceId DEVICE = new DeviceId(new Id16(1, 1));

    /// Scope of the folder and of the account.
    public final ScopeKey folderScope = ScopeKey.of(Secret.takeOwnership(new byte[32]));
    public final ScopeKey accountScope = ScopeKey.of(Secret.takeOwnership(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
        12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32}));
    public final Tasks tasks = new Tasks(2);
    public final List<MeshNode> nodes = new ArrayList<>();
    public final List<NodeEvidence> evidence = new CopyOnWriteArrayList<>();
    public final MeshStore mesh;
    public final Entropy entropy;
    private final Path home;
    private SyncIndex index;
    private int indexes;
    private final PackBuilder builder;

    /// @param home a temporary directory
    /// @param count of nodes, one domain each
    public TestAccount(Path home, int count) throws NodeException, IndexException {
        this.home = home;
        Random random = new Random(7);
        entropy = out -> {
            synchronized (random) {
                random.nextBytes(out);
            }
        };
        for (int i = 0; i < count; i++) {
            NodeSpec spec = new NodeSpec(new NodeId(new Id16(9, i)), NodeAddress.parse("folder:node" + i), "disk " + i);
            MeshNode node = FolderNode.open(spec, home.resolve("node" + i), TAG);
            node.prepare();
            nodes.add(node);
        }
        mesh = store(nodes);
        index = SqliteIndex.open(home.resolve("index0.db"), LocalKey.of(Secret.takeOwnership(new byte[32])));
        builder = new PackBuilder(accountSealer(), 2 << 20);
    }

    public MeshStore store(List<? extends MeshNode> over) {
        StorePolicy policy = new StorePolicy(4, Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO);
        return new MeshStore(over, new MeshStore.Tools(tasks, new BufferPool(2), () -> 0, policy, evidence::add));
    }

    public SyncIndex index() {
        return index;
    }

    /// A new device: its index knows nothing.
    public void forgetIndex() throws IndexException {
        index.close();
        index = SqliteIndex.open(home.resolve("index" + ++indexes + ".db"),
                LocalKey.of(Secret.takeOwnership(new byte[32])));
    }

    public ObjectReader reader() {
        return new ObjectReader(index, mesh, tasks, 8 << 20);
    }

    public Sealer folderSealer() {
        return new Sealer(folderScope, Suite.CHACHA20_POLY1305, entropy);
    }

    public Sealer accountSealer() {
        return new Sealer(accountScope, Suite.CHACHA20_POLY1305, entropy);
    }

    public Path accountOf(int node) {
        return home.resolve("node" + node).resolve(TAG);
    }

    /// @return files of objects of a node
    public List<Path> objects(int node, Space space) throws IOException {
        List<Path> out = new ArrayList<>();
        try (var walk = Files.walk(accountOf(node).resolve(space.directory()))) {
            walk.filter(Files::isRegularFile).sorted().forEach(out::add);
        }
        return out;
    }

    public List<ObjectName> names(Space space) throws NodeException {
        List<ObjectName> out = new ArrayList<>();
        for (MeshNode node : nodes) {
            node.list(space).forEach(o -> out.add(o.name()));
        }
        return out.stream().distinct().toList();
    }

    /// Flips a byte in the middle.
    public static void flip(Path object) throws IOException {
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(object);
        Files.write(object, bytes);
    }

    // ---- filling

    public void put(SealedObject object, ObjectType type) throws TestFailure {
        try {
            if (builder.holds(object.capability().cid()) || index.packs().find(object.capability().cid()).isPresent()) {
                return;
            }
            if (!builder.fits(object.envelope().length)) {
                flush();
            }
            builder.add(type, object.capability().cid(), object.envelope());
        } catch (IndexException e) {
            throw new TestFailure(e);
        }
    }

    private Capability seal(Sealer sealer, ObjectType type, byte[] body) throws TestFailure {
        SealedObject object = sealer.seal(type, body);
        put(object, type);
        return object.capability();
    }

    public void flush() throws TestFailure {
        if (builder.items() == 0) {
            return;
        }
        try {
            StoredPack stored = mesh.store(builder.finish());
            index.packs().add(stored.record(), false);
        } catch (PackException | IndexException | InterruptedException e) {
            throw new TestFailure(e);
        }
        builder.reset();
    }

    /// Writes what was put, and index objects for it.
    public void publish() throws TestFailure {
        flush();
        try {
            for (PackIndex part : PackIndex.split(index.packs().unpublished())) {
                byte[] envelope = accountSealer().seal(ObjectType.PACK_INDEX, part.encode()).envelope();
                ObjectName name = mesh.storeReplicated(Space.INDEX, ByteBuffer.wrap(envelope)).name();
                index.packs().markPublished(name, part.packs().stream().map(PackRecord::packId).toList());
            }
        } catch (PackException | IndexException | InterruptedException e) {
            throw new TestFailure(e);
        }
    }

    public Capability commit(Capability tree) throws TestFailure {
        Commit commit = new Commit(DEVICE, 1, List.of(),
                Map.of(new FolderId(new Id16(2, 2)), new FolderRoot(0, tree, "docs")), "test", 0);
        return seal(accountSealer(), ObjectType.COMMIT, commit.encode());
    }

    public Entry file(byte[] bytes) throws TestFailure {
        return entry(EntryKind.FILE, content(bytes), bytes.length, 0640);
    }

    public static Entry entry(EntryKind kind, Content content, long size, int mode) {
        return new Entry(kind, new FileId(new Id16(3, 3)), content, size, 1_700_000_000_123L, mode,
                VersionVector.of(DEVICE, 1), DEVICE, 1_700_000_000_000L, Optional.empty());
    }

    public static Entry directory(int mode) {
        return entry(EntryKind.DIRECTORY, new Content.None(), 0, mode);
    }

    public static Entry link(String target) {
        return entry(EntryKind.SYMLINK, new Content.Link(target), 0, 0777);
    }

    public static Entry tombstone() {
        return entry(EntryKind.TOMBSTONE, new Content.None(), 0, 0);
    }

    private Content content(byte[] bytes) throws TestFailure {
        if (bytes.length <= Content.MAX_INLINE) {
            return new Content.Inline(bytes);
        }
        if (bytes.length <= CHUNK) {
            return new Content.Chunk(seal(folderSealer(), ObjectType.CHUNK, bytes));
        }
        ManifestBuilder<TestFailure> manifest = new ManifestBuilder<>(1, (t, b) -> seal(folderSealer(), t, b));
        for (int at = 0; at < bytes.length; at += CHUNK) {
            byte[] piece = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK));
            manifest.add(new ChunkRef(seal(folderSealer(), ObjectType.CHUNK, piece), piece.length));
        }
        return new Content.Manifest(manifest.finish());
    }

    /// @param entries path -> entry; directories without an entry are known only by what is below them
    /// @return the root of the folder
    public Capability tree(Map<String, Entry> entries) throws TestFailure {
        Map<String, Entry> here = new HashMap<>();
        Map<String, Map<String, Entry>> below = new HashMap<>();
        entries.forEach((path, entry) -> {
            int slash = path.indexOf('/');
            if (slash < 0) {
                here.put(path, entry);
            } else {
                below.computeIfAbsent(path.substring(0, slash), _ -> new TreeMap<>())
                        .put(path.substring(slash + 1), entry);
            }
        });
        Map<String, TreeEntry> all = new TreeMap<>(NameOrder.INSTANCE);
        for (Map.Entry<String, Entry> e : here.entrySet()) {
            all.put(e.getKey(), TreeEntry.of(e.getKey(), e.getValue()));
        }
        for (Map.Entry<String, Map<String, Entry>> e : below.entrySet()) {
            all.put(e.getKey(), new TreeEntry(e.getKey(), Optional.ofNullable(here.get(e.getKey())),
                    Optional.of(tree(e.getValue()))));
        }
        return new TreeBuilder<TestFailure>((t, b) -> seal(folderSealer(), t, b)).build(List.copyOf(all.values()));
    }

    /// Random bytes that say which seed they are of.
    public static byte[] bytes(int length, long seed) {
        byte[] out = new byte[length];
        new Random(seed).nextBytes(out);
        byte[] name = ("seed " + seed).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, out, 0, Math.min(name.length, length));
        return out;
    }

    public static List<Path> list(Path directory) throws IOException {
        List<Path> out = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(out::add);
        }
        return out;
    }

    public static Collection<String> namesIn(Path directory) throws IOException {
        return list(directory).stream().map(p -> p.getFileName().toString()).sorted().toList();
    }

    @Override
    public void close() {
        index.close();
        nodes.forEach(MeshNode::close);
        tasks.close();
    }

    /// Something the test itself could not do.
    public static final class TestFailure extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        TestFailure(Exception cause) {
            super(cause);
        }
    }
}
