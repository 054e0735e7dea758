package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.stratobox.crypto.Cid;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.MemoryNode.Op;
import org.stratobox.sync.pack.coding.CodingProfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Timeout(60)
class MeshStoreRepairTest {
    private static final int LENGTH = (1 << 20) + 4097;

    @Test
    void payDebtsStoresTheSharesOfANodeThatIsBack() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            MemoryNode late = mesh.nodes.get(2);
            late.dead();
            FinishedPack pack = TestMesh.bytes(LENGTH, 1);
            StoredPack stored = mesh.store.store(pack);
            DebtOutcome<Debt.OfShare> still = mesh.store.payDebts(stored.record(), stored.debts());
            assertEquals(stored.debts(), still.open());
            assertEquals(1, still.failures().size());
            late.heal();
            DebtOutcome<Debt.OfShare> outcome = mesh.store.payDebts(stored.record(), stored.debts());
            assertEquals(stored.debts(), outcome.paid());
            assertEquals(List.of(), outcome.open());
            assertEquals(Optional.empty(), mesh.store.verifyShare(stored.record(), share(stored)));
        }
    }

    @Test
    void payDebtsMakesAllLostSharesInOneGo() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            FinishedPack pack = TestMesh.bytes(LENGTH, 1);
            PackRecord record = mesh.store.store(pack).record();
            List<Debt.OfShare> debts = List.of(debt(record, 0), debt(record, 2), debt(record, 4));
            debts.forEach(d -> mesh.node(record, d.share()).forget(Space.DATA));
            mesh.nodes.forEach(MemoryNode::forgetRequests);
            assertEquals(debts, mesh.store.payDebts(record, debts).paid());
            assertEquals(3 + 3, mesh.nodes.stream().mapToLong(n -> n.count(Op.GET)).sum(), "one look each, k reads");
            for (StoredShare share : record.shares()) {
                assertEquals(Optional.empty(), mesh.store.verifyShare(record, share));
            }
            assertArrayEquals(TestMesh.array(pack), mesh.store.readPack(record));
        }
    }

    @Test
    void payDebtsReplacesWrongBytesOnTheNode() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.node(record, 1).tamper(Space.DATA, b -> Arrays.copyOf(b, 10));
            assertEquals(Optional.of(NodeEvidence.Kind.WRONG_BYTES),
                    mesh.store.verifyShare(record, record.shares().get(1)));
            assertEquals(List.of(debt(record, 1)), mesh.store.payDebts(record, List.of(debt(record, 1))).paid());
            assertEquals(Optional.empty(), mesh.store.verifyShare(record, record.shares().get(1)));
        }
    }

    @Test
    void payDebtsStaysOpenWhenTheNodeKeepsItsWrongBytes() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.node(record, 1).tamper(Space.DATA, b -> Arrays.copyOf(b, 10));
            mesh.node(record, 1).fail(() -> new NodeException.Refused("append-only"), Op.DELETE);
            DebtOutcome<Debt.OfShare> outcome = mesh.store.payDebts(record, List.of(debt(record, 1)));
            assertEquals(List.of(debt(record, 1)), outcome.open());
            assertEquals(1, outcome.failures().size());
        }
    }

    @Test
    void payDebtsDoesNotSendWhatTheNodeHasAlready() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.nodes.forEach(MemoryNode::forgetRequests);
            assertEquals(1, mesh.store.payDebts(record, List.of(debt(record, 3))).paid().size());
            assertEquals(0, mesh.nodes.stream().mapToLong(n -> n.count(Op.PUT)).sum());
        }
    }

    @Test
    void payDebtsCopiesTheShareWhenItMovesToAnotherNode() throws Exception {
        try (TestMesh mesh = new TestMesh(5)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1), new CodingProfile(2, 4)).record();
            MemoryNode fresh = mesh.nodes.stream()
                    .filter(n -> record.shares().stream().noneMatch(s -> s.node().equals(n.id()))).findFirst()
                    .orElseThrow();
            Debt.OfShare move = new Debt.OfShare(record.packId(), 1, fresh.id());
            mesh.nodes.forEach(MemoryNode::forgetRequests);
            assertEquals(List.of(move), mesh.store.payDebts(record, List.of(move)).paid());
            assertEquals(1, mesh.node(record, 1).count(Op.GET));
            assertEquals(2, mesh.nodes.stream().mapToLong(n -> n.count(Op.GET)).sum(), "one look, one copy");
            assertEquals(Set.of(record.shares().get(1).name()), fresh.at(Space.DATA).keySet());
        }
    }

    @Test
    void payDebtsLeavesAllOpenWhenThePackCannotBeRead() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.node(record, 0).forget(Space.DATA);
            mesh.node(record, 1).dead();
            mesh.node(record, 2).dead();
            DebtOutcome<Debt.OfShare> outcome = mesh.store.payDebts(record, List.of(debt(record, 0)));
            assertEquals(List.of(debt(record, 0)), outcome.open());
        }
    }

    @Test
    void verifyShareTellsMissingFromUnreachable() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            mesh.node(record, 0).forget(Space.DATA);
            mesh.node(record, 1).dead();
            assertEquals(Optional.of(NodeEvidence.Kind.MISSING),
                    mesh.store.verifyShare(record, record.shares().get(0)));
            assertEquals(Optional.of(NodeEvidence.Kind.UNREACHABLE),
                    mesh.store.verifyShare(record, record.shares().get(1)));
            assertEquals(Optional.empty(), mesh.store.verifyShare(record, record.shares().get(2)));
        }
    }

    @Test
    void checkPresenceFindsWhatIsMissingWithOneListPerNode() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord a = mesh.store.store(TestMesh.bytes(LENGTH, 1)).record();
            PackRecord b = mesh.store.store(TestMesh.bytes(LENGTH, 2)).record();
            assertEquals(List.of(), mesh.store.checkPresence(List.of(a, b)));
            mesh.node(a, 0).at(Space.DATA).remove(a.shares().get(0).name());
            mesh.node(b, 1).at(Space.DATA).put(b.shares().get(1).name(), new byte[7]);
            MemoryNode dead = mesh.node(b, 2).dead();
            Set<NodeEvidence> found = Set.copyOf(mesh.store.checkPresence(List.of(a, b)));
            Set<NodeEvidence> expected = new HashSet<>();
            for (PackRecord pack : List.of(a, b)) {
                for (StoredShare s : pack.shares()) {
                    if (s.node().equals(dead.id())) {
                        expected.add(
                                new NodeEvidence(s.node(), pack.packId(), s.index(), NodeEvidence.Kind.UNREACHABLE));
                    }
                }
            }
            if (!mesh.node(a, 0).equals(dead)) {
                expected.add(new NodeEvidence(mesh.node(a, 0).id(), a.packId(), 0, NodeEvidence.Kind.MISSING));
            }
            expected.add(new NodeEvidence(mesh.node(b, 1).id(), b.packId(), 1, NodeEvidence.Kind.WRONG_BYTES));
            assertEquals(expected, found);
            assertEquals(2, mesh.node(b, 1).count(Op.LIST));
        }
    }

    @Test
    void recoverRecordMakesTheRecordOfACopiedPackFromThePackItself() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord record = mesh.store.store(TestMesh.pack(40, 9_000, 3)).record();
            mesh.nodes.get(0).tamper(Space.DATA, b -> new byte[b.length]);
            PackRecord recovered = mesh.store.recoverRecord(TestMesh.SCOPE, new ObjectName(record.packId()))
                    .orElseThrow();
            assertEquals(record.items(), recovered.items());
            assertEquals(record.packId(), recovered.packId());
            assertEquals(record.length(), recovered.length());
            assertEquals(record.shares().stream().map(StoredShare::node).collect(Collectors.toSet()),
                    recovered.shares().stream().map(StoredShare::node).collect(Collectors.toSet()));
            assertEquals(record.items().get(5).cid(), Cid.ofEnvelope(
                    mesh.store.readEnvelope(recovered, recovered.items().get(5))));
        }
    }

    @Test
    void recoverRecordIsEmptyWhenTheObjectIsAShare() throws Exception {
        try (TestMesh mesh = new TestMesh(4)) {
            PackRecord record = mesh.store.store(TestMesh.pack(40, 9_000, 3)).record();
            for (StoredShare share : record.shares().subList(0, 2)) {
                assertEquals(Optional.empty(), mesh.store.recoverRecord(TestMesh.SCOPE, share.name()));
            }
            ObjectName unknown = ObjectName.of(new byte[2]);
            assertThrows(PackException.Unreadable.class, () -> mesh.store.recoverRecord(TestMesh.SCOPE, unknown));
        }
    }

    @Test
    void storeReplicatedPutsHeadsOnEveryNodeAndIsContentWithAMajority() throws Exception {
        try (TestMesh mesh = new TestMesh(5)) {
            mesh.nodes.get(0).dead();
            mesh.nodes.get(3).dead();
            StoredCopies head = mesh.store.storeReplicated(Space.HEAD, ByteBuffer.wrap(new byte[]{1, 2}));
            assertEquals(3, head.nodes().size());
            assertEquals(Set.of(mesh.nodes.get(0).id(), mesh.nodes.get(3).id()),
                    head.debts().stream().map(Debt.OfCopy::node).collect(Collectors.toSet()));
            mesh.nodes.get(4).dead();
            ByteBuffer next = ByteBuffer.wrap(new byte[]{3});
            PackException.NotSafe e = assertThrows(PackException.NotSafe.class,
                    () -> mesh.store.storeReplicated(Space.HEAD, next));
            assertEquals(2, e.stored());
            assertEquals(3, e.needed());
            mesh.nodes.forEach(MemoryNode::heal);
            DebtOutcome<Debt.OfCopy> outcome = mesh.store.payCopies(head.debts());
            assertEquals(List.of(), outcome.open());
            mesh.nodes.forEach(n -> assertEquals(true, n.at(Space.HEAD).containsKey(head.name())));
        }
    }

    @Test
    void storeReplicatedNeedsBothNodesForKeysWhenThereAreTwo() throws Exception {
        try (TestMesh mesh = new TestMesh(2)) {
            mesh.nodes.get(0).dead();
            assertThrows(PackException.NotSafe.class,
                    () -> mesh.store.storeReplicated(Space.KEYS, ByteBuffer.wrap(new byte[]{1})));
        }
    }

    @Test
    void storeReplicatedPutsAnIndexOnFiveNodesOfALargeMesh() throws Exception {
        try (TestMesh mesh = new TestMesh(8)) {
            ByteBuffer body = ByteBuffer.wrap(new byte[]{9, 9});
            StoredCopies index = mesh.store.storeReplicated(Space.INDEX, body);
            assertEquals(5, index.nodes().size());
            mesh.nodes.forEach(n -> n.forget(Space.INDEX));
            mesh.nodes.stream().filter(n -> n.id().equals(index.nodes().get(1))).forEach(MemoryNode::dead);
            StoredCopies again = mesh.store.storeReplicated(Space.INDEX, body);
            assertEquals(5, again.nodes().size(), "a spare node took it");
            assertEquals(List.of(), again.debts());
            assertArrayEquals(new byte[]{9, 9}, mesh.store.readReplicated(Space.INDEX, index.name()));
        }
    }

    @Test
    void readReplicatedGoesOnToTheNextNodeWhenBytesAreWrong() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            StoredCopies head = mesh.store.storeReplicated(Space.HEAD, ByteBuffer.wrap(new byte[]{1, 2}));
            mesh.nodes.get(0).tamper(Space.HEAD, _ -> new byte[]{7});
            mesh.nodes.get(1).forget(Space.HEAD);
            assertArrayEquals(new byte[]{1, 2}, mesh.store.readReplicated(Space.HEAD, head.name()));
            assertEquals(List.of(new NodeEvidence(mesh.nodes.get(0).id(), head.name().digest(), 0,
                    NodeEvidence.Kind.WRONG_BYTES)), mesh.evidence);
            mesh.nodes.get(2).dead();
            mesh.pass(Duration.ofHours(1));
            assertThrows(PackException.Unreadable.class,
                    () -> mesh.store.readReplicated(Space.HEAD, head.name()));
        }
    }

    @Test
    void dataIsNotReplicatedOutsidePacks() throws Exception {
        try (TestMesh mesh = new TestMesh(1)) {
            ByteBuffer body = ByteBuffer.wrap(new byte[1]);
            assertThrows(IllegalArgumentException.class, () -> mesh.store.storeReplicated(Space.DATA, body));
        }
    }

    private static Debt.OfShare debt(PackRecord record, int share) {
        return new Debt.OfShare(record.packId(), share, record.shares().get(share).node());
    }

    private static StoredShare share(StoredPack stored) {
        return stored.record().shares().get(stored.debts().getFirst().share());
    }
}
