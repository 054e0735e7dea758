package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.pack.coding.MerkleTree;
import org.stratobox.sync.task.Tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Timeout(60)
class MeshStoreStoringTest {
    private static final int LARGE = (300 << 10) + 17;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16})
    void storePutsOneShareOnEachNodeOfTheProfile(int count) throws Exception {
        try (TestMesh mesh = new TestMesh(count)) {
            FinishedPack pack = TestMesh.bytes(LARGE, count);
            StoredPack stored = mesh.store.store(pack);
            PackRecord record = stored.record();
            assertEquals(Profiles.forPack(count, LARGE), new CodingProfile(record.k(), record.n()));
            assertEquals(List.of(), stored.debts());
            assertEquals(record.n(),
                    record.shares().stream().map(StoredShare::node).collect(Collectors.toSet()).size());
            for (int i = 0; i < record.n(); i++) {
                StoredShare share = record.shares().get(i);
                byte[] bytes = Objects.requireNonNull(mesh.node(record, i).at(Space.DATA).get(share.name()));
                assertEquals(share.name(), ObjectName.of(bytes));
                assertEquals(share.merkleRoot(), MerkleTree.of(ByteBuffer.wrap(bytes)).root());
            }
            assertArrayEquals(TestMesh.array(pack), mesh.store.readPack(record));
        }
    }

    @Test
    void storeKeepsASmallPackAsCopiesNamedLikeThePack() throws Exception {
        try (TestMesh mesh = new TestMesh(7)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(100_000, 1)).record();
            assertEquals(1, record.k());
            assertEquals(5, record.n());
            record.shares().forEach(s -> assertEquals(record.packId(), s.name().digest()));
        }
    }

    @Test
    void storeIsSafeWithDebtsWhenAsManyNodesAreDeadAsItBears() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            mesh.nodes.get(4).dead();
            StoredPack stored = mesh.store.store(TestMesh.bytes(LARGE, 1));
            assertEquals(1, stored.debts().size());
            assertEquals(mesh.nodes.get(4).id(), stored.debts().getFirst().node());
            assertEquals(stored.record().shares().get(stored.debts().getFirst().share()).node(),
                    stored.debts().getFirst().node());
        }
    }

    @Test
    void storeFailsWithEveryCauseWhenFewerThanSafeSharesAreStored() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            mesh.nodes.get(1).dead();
            mesh.nodes.get(5).fail(() -> new NodeException.Full("full"), MemoryNode.Op.PUT);
            FinishedPack pack = TestMesh.bytes(LARGE, 1);
            PackException.NotSafe e = assertThrows(PackException.NotSafe.class, () -> mesh.store.store(pack));
            assertEquals(4, e.stored());
            assertEquals(5, e.needed());
            assertEquals(Set.of(mesh.nodes.get(1).id(), mesh.nodes.get(5).id()),
                    e.failures().stream().map(NodeFailure::node).collect(Collectors.toSet()));
            mesh.nodes.get(1).heal();
            StoredPack again = mesh.store.store(pack);
            assertEquals(1, again.debts().size(), "the caller's bytes are still good");
        }
    }

    @Test
    void storeUsesASpareNodeWhenANodeIsFull() throws Exception {
        try (TestMesh mesh = new TestMesh(11)) {
            FinishedPack pack = TestMesh.bytes(LARGE, 1);
            PackRecord first = mesh.store.store(pack, new CodingProfile(6, 10)).record();
            MemoryNode full = mesh.node(first, 3);
            mesh.nodes.forEach(n -> n.forget(Space.DATA));
            full.fail(() -> new NodeException.Full("full"), MemoryNode.Op.PUT);
            StoredPack second = mesh.store.store(pack, new CodingProfile(6, 10));
            assertEquals(List.of(), second.debts());
            assertFalse(second.record().shares().stream().anyMatch(s -> s.node().equals(full.id())));
            assertArrayEquals(TestMesh.array(pack), mesh.store.readPack(second.record()));
        }
    }

    @Test
    void storeReturnsWhenSafeAndTheGraceIsOver() throws Exception {
        try (TestMesh mesh = new TestMesh(4, Duration.ZERO)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            MemoryNode slow = mesh.nodes.get(2).block(started, never, MemoryNode.Op.PUT);
            mesh.nodes.stream().filter(n -> !n.equals(slow))
                    .forEach(n -> n.block(new CountDownLatch(1), started, MemoryNode.Op.PUT));
            StoredPack stored = mesh.store.store(TestMesh.bytes(LARGE, 1));
            assertEquals(List.of(slow.id()), stored.debts().stream().map(Debt.OfShare::node).toList());
        }
    }

    @Test
    void storeWaitsForSlowNodesWithinTheGrace() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            mesh.nodes.get(2).block(started, go, MemoryNode.Op.PUT);
            mesh.tasks.io().execute(() -> {
                try {
                    started.await();
                    go.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertEquals(List.of(), mesh.store.store(TestMesh.bytes(LARGE, 1)).debts());
        }
    }

    @Test
    void storeEndsAllItsPutsWhenInterrupted() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            CountDownLatch started = new CountDownLatch(2);
            CountDownLatch never = new CountDownLatch(1);
            mesh.nodes.get(0).block(started, never, MemoryNode.Op.PUT);
            mesh.nodes.get(1).block(started, never, MemoryNode.Op.PUT);
            Thread storing = Thread.currentThread();
            mesh.tasks.io().execute(() -> {
                try {
                    started.await();
                    storing.interrupt();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            FinishedPack pack = TestMesh.bytes(LARGE, 1);
            assertThrows(InterruptedException.class, () -> mesh.store.store(pack));
            mesh.nodes.forEach(MemoryNode::heal);
            assertEquals(List.of(), mesh.store.store(pack).debts(), "giving up is not the node's fault");
        }
    }

    @Test
    void storeDoesNotAskADeadNodeAgainBeforeItsTime() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            MemoryNode dead = mesh.nodes.get(3).dead();
            mesh.store.store(TestMesh.bytes(LARGE, 1));
            mesh.store.store(TestMesh.bytes(LARGE, 2));
            assertEquals(1, dead.count(MemoryNode.Op.PUT));
            mesh.pass(Duration.ofSeconds(31));
            StoredPack third = mesh.store.store(TestMesh.bytes(LARGE, 3));
            assertEquals(2, dead.count(MemoryNode.Op.PUT));
            assertEquals(1, third.debts().size());
        }
    }

    @Test
    void storeAsksAnAvoidedNodeAfterAllWhenItIsNeeded() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            mesh.nodes.get(3).failTimes(1, () -> new NodeException.Unreachable("once"), MemoryNode.Op.PUT);
            mesh.store.store(TestMesh.bytes(LARGE, 1));
            mesh.nodes.get(4).dead();
            StoredPack second = mesh.store.store(TestMesh.bytes(LARGE, 2));
            assertEquals(List.of(mesh.nodes.get(4).id()), second.debts().stream().map(Debt.OfShare::node).toList());
        }
    }

    @Test
    void storeDoesNotBelieveANodeThatHoldsSomethingElseUnderTheName() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            FinishedPack pack = TestMesh.bytes(LARGE, 1);
            mesh.store.store(pack);
            mesh.nodes.get(1).tamper(Space.DATA, b -> Arrays.copyOf(b, b.length - 5));
            mesh.nodes.get(2).tamper(Space.DATA, b -> new byte[b.length]);
            PackException.NotSafe e = assertThrows(PackException.NotSafe.class, () -> mesh.store.store(pack));
            assertEquals(1, e.stored());
            assertEquals(List.of(NodeEvidence.Kind.WRONG_BYTES, NodeEvidence.Kind.WRONG_BYTES), mesh.kinds());
        }
    }

    @Test
    void aNodeGetsAsManyRequestsAtOnceAsItBearsAndNoMore() throws Exception {
        try (TestMesh mesh = new TestMesh(1)) {
            MemoryNode node = mesh.nodes.getFirst().pairUp(MemoryNode.Op.LIST);
            StorePolicy policy = new StorePolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO);
            NodeLink link = new NodeLink(node, mesh.now::get, policy);
            List<Tasks.Job<Integer, NodeException>> jobs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                jobs.add(() -> link.ask(n -> n.list(Space.DATA)).size());
            }
            Tasks.all(mesh.tasks.io(), jobs);
            assertEquals(2, node.mostRunning());
        }
    }

    @Test
    void storeRefusesAProfileThatNeedsMoreDomains() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            FinishedPack pack = TestMesh.bytes(LARGE, 1);
            assertThrows(IllegalArgumentException.class, () -> mesh.store.store(pack, new CodingProfile(2, 4)));
        }
    }
}
