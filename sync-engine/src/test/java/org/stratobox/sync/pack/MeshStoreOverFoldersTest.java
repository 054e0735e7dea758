package org.stratobox.sync.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Cid;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeAddress;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.task.Tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// The store over real folders: what the double promises has to hold there too.
@Timeout(60)
class MeshStoreOverFoldersTest {
    private static final String TAG = "000102030405060708090a0b0c0d0e0f";

    @TempDir
    Path places;

    private final Tasks tasks = new Tasks(2);
    private final List<NodeEvidence> evidence = new CopyOnWriteArrayList<>();
    private final List<MeshNode> nodes = new ArrayList<>();

    @BeforeEach
    void prepareFourFolders() throws NodeException {
        for (int i = 0; i < 4; i++) {
            byte[] id = new byte[16];
            id[0] = (byte) i;
            NodeSpec spec = new NodeSpec(NodeId.of(id), NodeAddress.parse("folder:" + place(i)), "disk " + i);
            MeshNode node = FolderNode.open(spec, place(i), TAG);
            node.prepare();
            nodes.add(node);
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(MeshNode::close);
        tasks.close();
    }

    @Test
    void aPackComesBackWhenTwoOfFourFoldersAreGone() throws Exception {
        FinishedPack pack = TestMesh.pack(60, 9_000, 1);
        byte[] bytes = TestMesh.array(pack);
        StoredPack stored = store().store(pack);
        assertEquals(List.of(), stored.debts());
        move(place(1), places.resolve("away 1"));
        move(place(3), places.resolve("away 3"));
        assertArrayEquals(bytes, store().readPack(stored.record()));
        List<PackItem> items = stored.record().items();
        List<byte[]> envelopes = store().readEnvelopes(stored.record(), items);
        assertEquals(items.stream().map(PackItem::cid).toList(), envelopes.stream().map(Cid::ofEnvelope).toList());
        move(place(0), places.resolve("away 0"));
        assertThrows(PackException.Unreadable.class, () -> store().readPack(stored.record()));
    }

    @Test
    void debtsArePaidWhenTheFolderIsBack() throws Exception {
        move(place(2), places.resolve("away"));
        StoredPack stored = store().store(TestMesh.pack(60, 9_000, 2));
        assertEquals(1, stored.debts().size());
        move(places.resolve("away"), place(2));
        assertEquals(stored.debts(), store().payDebts(stored.record(), stored.debts()).paid());
        for (StoredShare share : stored.record().shares()) {
            assertEquals(Optional.empty(), store().verifyShare(stored.record(), share));
        }
        assertEquals(List.of(), store().checkPresence(List.of(stored.record())));
    }

    @Test
    void aRottenFileIsFoundReplacedAndNeverBelieved() throws Exception {
        PackRecord record = store().store(TestMesh.pack(60, 9_000, 3)).record();
        StoredShare rotten = record.shares().getFirst();
        Path file = fileOf(rotten);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i += 1000) {
            bytes[i] ^= 1;
        }
        Files.delete(file);
        Files.write(file, bytes);
        for (PackItem item : record.items()) {
            assertEquals(item.cid(), Cid.ofEnvelope(store().readEnvelope(record, item)));
        }
        assertEquals(rotten.node(), evidence.getFirst().node());
        List<Debt.OfShare> debt = List.of(new Debt.OfShare(record.packId(), 0, rotten.node()));
        assertEquals(debt, store().payDebts(record, debt).paid());
        assertEquals(Optional.empty(), store().verifyShare(record, rotten));
    }

    /// A store that remembers nothing of earlier failures.
    private MeshStore store() {
        StorePolicy policy = new StorePolicy(2, Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofMinutes(15));
        return new MeshStore(nodes, new MeshStore.Tools(tasks, new BufferPool(2), () -> 0, policy, evidence::add));
    }

    private Path place(int number) {
        return places.resolve("place " + number);
    }

    private Path fileOf(StoredShare share) throws IOException {
        try (var files = Files.walk(places)) {
            return files.filter(f -> f.getFileName().toString().equals(share.name().hex())).findFirst().orElseThrow();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to);
    }
}
