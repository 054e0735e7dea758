package org.stratobox.sync.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.MemoryNode.Op;
import org.stratobox.sync.pack.coding.CodingProfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class MeshStoreReadingTest {
    private static final int LENGTH = (1 << 20) + 4097;

    @Test
    void readAsksOneNodeOnceWhenTheRangeLiesInOneShare() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            FinishedPack pack = TestMesh.bytes(LENGTH, 1);
            PackRecord record = mesh.store.store(pack).record();
            mesh.nodes.forEach(MemoryNode::forgetRequests);
            assertArrayEquals(Arrays.copyOfRange(TestMesh.array(pack), 5_000, 105_000),
                    mesh.store.read(record, new MeshStore.Range(5_000, 100_000)));
            assertEquals(1, requests(mesh));
            assertEquals(1, mesh.node(record, 0).count(Op.RANGE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8, 10, 16})
    void readGivesRightBytesWhenAsManyNodesAreDeadAsTheProfileBears(int count) throws Exception {
        long seed = count;
        Random random = new Random(seed);
        FinishedPack pack = TestMesh.bytes(LENGTH, seed);
        byte[] bytes = TestMesh.array(pack);
        try (TestMesh mesh = new TestMesh(count)) {
            PackRecord record = mesh.store.store(pack).record();
            List<MemoryNode> order = new ArrayList<>(mesh.nodes);
            Collections.shuffle(order, random);
            order.subList(0, record.n() - record.k()).forEach(MemoryNode::dead);
            for (int i = 0; i < 20; i++) {
                int offset = random.nextInt(LENGTH);
                int length = 1 + random.nextInt(LENGTH - offset);
                assertArrayEquals(Arrays.copyOfRange(bytes, offset, offset + length),
                        mesh.store.read(record, new MeshStore.Range(offset, length)), "seed " + seed);
            }
            assertArrayEquals(bytes, mesh.store.readPack(record), "seed " + seed);
            mesh.nodes.forEach(MemoryNode::heal);
            order.subList(0, record.n() - record.k() + 1).forEach(MemoryNode::dead);
            PackException.Unreadable e = assertThrows(PackException.Unreadable.class,
                    () -> mesh.store.readPack(record));
            assertFalse(e.failures().isEmpty());
        }
    }

    @Test
    void readDecodesFromOthersWhenAShareIsMissing() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            FinishedPack pack = TestMesh.bytes(LENGTH, 1);
            PackRecord record = mesh.store.store(pack).record();
            MemoryNode empty = mesh.node(record, 0);
            empty.forget(Space.DATA);
            assertArrayEquals(Arrays.copyOf(TestMesh.array(pack), 100),
                    mesh.store.read(record, new MeshStore.Range(0, 100)));
            assertEquals(List.of(new NodeEvidence(empty.id(), record.packId(), 0, NodeEvidence.Kind.MISSING)),
                    mesh.evidence);
        }
    }

    @Test
    void readTakesABrokenShareForTruncatedAndDecodes() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            FinishedPack pack = TestMesh.bytes(LENGTH, 1);
            PackRecord record = mesh.store.store(pack).record();
            mesh.node(record, 1).tamper(Space.DATA, b -> Arrays.copyOf(b, b.length / 2));
            mesh.node(record, 2).lie(b -> Arrays.copyOf(b, b.length - 1), Op.RANGE);
            mesh.node(record, 0).dead();
            assertThrows(PackException.Unreadable.class,
                    () -> mesh.store.read(record, new MeshStore.Range(LENGTH - 10, 10)));
            assertEquals(Set.of(NodeEvidence.Kind.WRONG_BYTES, NodeEvidence.Kind.UNREACHABLE),
                    Set.copyOf(mesh.kinds()));
            mesh.node(record, 0).heal();
            assertArrayEquals(TestMesh.array(pack), mesh.store.readPack(record));
        }
    }

    @Test
    void readDoesNotAskADeadNodeAgainBeforeItsTime() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            MemoryNode dead = mesh.node(record, 0).dead();
            for (int i = 0; i < 5; i++) {
                mesh.store.read(record, new MeshStore.Range(i * 1000, 1000));
            }
            assertEquals(1, dead.count(Op.RANGE));
            mesh.pass(Duration.ofSeconds(31));
            mesh.store.read(record, new MeshStore.Range(0, 1000));
            mesh.store.read(record, new MeshStore.Range(0, 1000));
            assertEquals(2, dead.count(Op.RANGE));
            mesh.pass(Duration.ofSeconds(31));
            mesh.store.read(record, new MeshStore.Range(0, 1000));
            assertEquals(2, dead.count(Op.RANGE), "the second failure is avoided for twice as long");
        }
    }

    @Test
    void readAsksTheFasterCopyWhenBothWereMeasured() throws Exception {
        try (TestMesh mesh = new TestMesh(2)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.nodes.get(0).lie(b -> {
                mesh.pass(Duration.ofMillis(900));
                return b;
            }, Op.RANGE);
            mesh.nodes.get(1).lie(b -> {
                mesh.pass(Duration.ofMillis(20));
                return b;
            }, Op.RANGE);
            for (int i = 0; i < 10; i++) {
                mesh.store.read(record, new MeshStore.Range(0, 1000));
            }
            assertEquals(1, mesh.nodes.get(0).count(Op.RANGE));
            assertEquals(9, mesh.nodes.get(1).count(Op.RANGE));
        }
    }

    @Test
    void readEndsAtOnceWhenInterrupted() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            CountDownLatch started = new CountDownLatch(2);
            CountDownLatch never = new CountDownLatch(1);
            mesh.node(record, 0).block(started, never, Op.RANGE);
            mesh.node(record, 1).block(started, never, Op.RANGE);
            Thread reading = Thread.currentThread();
            mesh.tasks.io().execute(() -> {
                try {
                    started.await();
                    reading.interrupt();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThrows(InterruptedException.class,
                    () -> mesh.store.read(record, new MeshStore.Range(0, LENGTH)));
            assertEquals(List.of(), mesh.evidence, "giving up is not the node's fault");
        }
    }

    @Test
    void readEnvelopeNamesBothLiarsAndStillGivesTheEnvelopeWhenTwoNodesFlipBits() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            FinishedPack pack = TestMesh.pack(100, 9_000, 6);
            PackRecord record = mesh.store.store(pack).record();
            assertEquals(3, record.k());
            mesh.node(record, 0).tamper(Space.DATA, MeshStoreReadingTest::flip);
            mesh.node(record, 1).lie(MeshStoreReadingTest::flip, Op.RANGE, Op.GET);
            for (PackItem item : record.items()) {
                assertEquals(item.cid(), Cid.ofEnvelope(mesh.store.readEnvelope(record, item)));
            }
            assertEquals(Set.of(mesh.node(record, 0).id(), mesh.node(record, 1).id()),
                    mesh.evidence.stream().map(NodeEvidence::node).collect(Collectors.toSet()));
            assertEquals(Set.of(NodeEvidence.Kind.WRONG_BYTES), Set.copyOf(mesh.kinds()));
        }
    }

    @Test
    void readEnvelopeNamesTheLiarWhenItLiesInRangesOnly() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.pack(50, 9_000, 7)).record();
            mesh.nodes.get(0).lie(MeshStoreReadingTest::flip, Op.RANGE);
            mesh.nodes.get(1).lie(MeshStoreReadingTest::flip, Op.RANGE);
            mesh.nodes.get(2).lie(MeshStoreReadingTest::flip, Op.RANGE);
            PackItem item = record.items().get(3);
            assertEquals(item.cid(), Cid.ofEnvelope(mesh.store.readEnvelope(record, item)));
            assertEquals(List.of(NodeEvidence.Kind.WRONG_BYTES), mesh.kinds());
            for (int i = 0; i < 2; i++) {
                mesh.store.readEnvelope(record, item);
            }
            assertEquals(3, mesh.evidence.stream().map(NodeEvidence::node).distinct().count());
        }
    }

    @Test
    void readEnvelopeFailsWhenTooManyNodesLie() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.pack(50, 9_000, 7)).record();
            mesh.nodes.subList(0, 3).forEach(n -> n.tamper(Space.DATA, MeshStoreReadingTest::flip));
            PackItem item = record.items().get(3);
            assertThrows(PackException.Unreadable.class, () -> mesh.store.readEnvelope(record, item));
        }
    }

    @Test
    void readEnvelopeBlamesTheRecordWhenAllSharesAreRight() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            PackItem wrong = new PackItem(ObjectType.CHUNK, new Cid(Sha256.of(new byte[1])), 0, 4096);
            assertThrows(PackException.Malformed.class, () -> mesh.store.readEnvelope(record, wrong));
            assertEquals(List.of(), mesh.evidence);
            PackItem outside = new PackItem(ObjectType.CHUNK, wrong.cid(), LENGTH - 4095, 4096);
            assertThrows(PackException.Malformed.class, () -> mesh.store.readEnvelope(record, outside));
        }
    }

    @Test
    void readEnvelopesFetchesNeighboursTogether() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.nodes.forEach(MemoryNode::forgetRequests);
            List<PackItem> items = new ArrayList<>(record.items().subList(0, 10));
            items.add(record.items().get(20));
            items.add(record.items().get(200));
            Collections.shuffle(items, new Random(1));
            List<byte[]> envelopes = mesh.store.readEnvelopes(record, items);
            for (int i = 0; i < items.size(); i++) {
                assertEquals(items.get(i).cid(), Cid.ofEnvelope(envelopes.get(i)));
            }
            assertEquals(2, requests(mesh));
        }
    }

    @Test
    void readEnvelopesGivesAllWhenANodeLies() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            PackRecord record = mesh.store.store(TestMesh.pack(60, 9_000, 8)).record();
            mesh.node(record, 1).tamper(Space.DATA, MeshStoreReadingTest::flip);
            List<byte[]> envelopes = mesh.store.readEnvelopes(record, record.items());
            for (int i = 0; i < envelopes.size(); i++) {
                assertEquals(record.items().get(i).cid(), Cid.ofEnvelope(envelopes.get(i)));
            }
            assertEquals(List.of(new NodeEvidence(mesh.node(record, 1).id(), record.packId(), 1,
                    NodeEvidence.Kind.WRONG_BYTES)), mesh.evidence);
        }
    }

    @Test
    void readRangesGivesPartsInTheOrderAskedForWhenTheyOverlap() throws Exception {
        try (TestMesh mesh = new TestMesh(5)) {
            long seed = 31;
            Random random = new Random(seed);
            FinishedPack pack = TestMesh.bytes(LENGTH, seed);
            byte[] bytes = TestMesh.array(pack);
            PackRecord record = mesh.store.store(pack).record();
            List<MeshStore.Range> ranges = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int offset = random.nextInt(LENGTH - 1);
                ranges.add(new MeshStore.Range(offset, 1 + random.nextInt(Math.min(3000, LENGTH - offset))));
            }
            List<byte[]> parts = mesh.store.readRanges(record, ranges);
            for (int i = 0; i < ranges.size(); i++) {
                MeshStore.Range range = ranges.get(i);
                assertArrayEquals(Arrays.copyOfRange(bytes, range.offset(), range.offset() + range.length()),
                        parts.get(i), "seed " + seed);
            }
        }
    }

    @Test
    void readPackRefusesARecordWhoseIdIsNotThePack() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord r = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            PackRecord other = new PackRecord(Sha256.of(new byte[3]), r.length(), r.k(), r.n(), r.shares(), r.items());
            assertThrows(PackException.Malformed.class, () -> mesh.store.readPack(other));
        }
    }

    @Test
    void readFindsAShareAtAnyOfItsHoldersAndLivesWithoutThoseThatAreNowhere() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            FinishedPack pack = TestMesh.bytes(LENGTH, 1);
            PackRecord r = mesh.store.store(pack, new CodingProfile(2, 3)).record();
            PackRecord less = new PackRecord(r.packId(), r.length(), 2, 3, r.shares().subList(1, 3), r.items());
            assertArrayEquals(TestMesh.array(pack), mesh.store.read(less, new MeshStore.Range(0, LENGTH)));
            PackRecord least = new PackRecord(r.packId(), r.length(), 2, 3, r.shares().subList(2, 3), r.items());
            assertThrows(PackException.Unreadable.class,
                    () -> mesh.store.read(least, new MeshStore.Range(0, LENGTH)));
            assertTrue(mesh.evidence.isEmpty());
        }
    }

    @Test
    void nodesThatRefuseCountAsUnreachableAndNotAsLiars() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.nodes.forEach(n -> n.fail(() -> new NodeException.Refused("who are you"), Op.RANGE));
            assertThrows(PackException.Unreadable.class, () -> mesh.store.read(record, new MeshStore.Range(0, 1)));
            assertEquals(Set.of(NodeEvidence.Kind.UNREACHABLE), Set.copyOf(mesh.kinds()));
        }
    }

    private static long requests(TestMesh mesh) {
        return mesh.nodes.stream().mapToLong(n -> List.of(Op.values()).stream().mapToLong(n::count).sum()).sum();
    }

    private static byte[] flip(byte[] bytes) {
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i += 2000) {
            out[i] ^= 1;
        }
        return out;
    }
}
