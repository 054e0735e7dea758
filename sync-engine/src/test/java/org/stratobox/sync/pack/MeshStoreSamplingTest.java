package org.stratobox.sync.pack;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.MemoryNode.Op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Three nodes keep copies, six keep coded shares.
@Timeout(60)
class MeshStoreSamplingTest {
    private static final int LENGTH = (1 << 20) + 4097;

    private static PackRecord stored(TestMesh mesh) throws Exception {
        FinishedPack pack = TestMesh.bytes(LENGTH, 1);
        PackRecord record = mesh.store.store(pack).record();
        mesh.nodes.forEach(MemoryNode::forgetRequests);
        return record;
    }

    private static Sample sample(TestMesh mesh, PackRecord pack, long at) throws Exception {
        return mesh.store.sample(pack, pack.shares(), at);
    }

    private static byte[] flipAll(byte[] bytes) {
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= 1;
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 9})
    void everySoundShareIsProvenWithoutReadingItWhole(int nodes) throws Exception {
        try (TestMesh mesh = new TestMesh(nodes)) {
            PackRecord pack = stored(mesh);
            Random random = new Random(nodes);
            for (int i = 0; i < 20; i++) {
                Sample sample = sample(mesh, pack, random.nextLong());
                assertEquals(new HashSet<>(pack.shares()), new HashSet<>(sample.proven()));
                assertEquals(List.of(), sample.wrong());
            }
            assertEquals(0, mesh.nodes.stream().mapToLong(n -> n.count(Op.GET)).sum());
            assertEquals(List.of(), mesh.evidence);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void nodeWithWrongBytesIsNamedAndNobodyElse(int nodes) throws Exception {
        for (int bad = 0; bad < nodes; bad++) {
            try (TestMesh mesh = new TestMesh(nodes)) {
                PackRecord pack = stored(mesh);
                StoredShare share = pack.shares().get(bad);
                mesh.node(pack, bad).tamper(Space.DATA, MeshStoreSamplingTest::flipAll);
                Sample sample = sample(mesh, pack, 12_345);
                assertEquals(List.of(new NodeEvidence(share.node(), pack.packId(), share.index(),
                        NodeEvidence.Kind.WRONG_BYTES)), sample.wrong());
                assertEquals(nodes - 1, sample.proven().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void shareThatIsMissingOrCutOffIsNotProven(int nodes) throws Exception {
        try (TestMesh mesh = new TestMesh(nodes)) {
            PackRecord pack = stored(mesh);
            mesh.node(pack, 0).forget(Space.DATA);
            mesh.node(pack, 1).tamper(Space.DATA, b -> Arrays.copyOf(b, b.length - 1));
            Sample sample = sample(mesh, pack, 0);
            assertEquals(Set.of(NodeEvidence.Kind.MISSING, NodeEvidence.Kind.WRONG_BYTES),
                    new HashSet<>(sample.wrong().stream().map(NodeEvidence::kind).toList()));
            assertEquals(nodes - 2, sample.proven().size());
            assertEquals(new HashSet<>(sample.wrong()), new HashSet<>(mesh.evidence), "told to whoever repairs");
        }
    }

    @Test
    void nodeThatIsDownIsNotAccused() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord pack = stored(mesh);
            mesh.node(pack, 1).dead();
            Sample sample = sample(mesh, pack, 7);
            assertEquals(List.of(NodeEvidence.Kind.UNREACHABLE),
                    sample.wrong().stream().map(NodeEvidence::kind).toList());
            assertEquals(2, sample.proven().size());
        }
    }

    @Test
    void codedSharesThatAreTooFewToCompareAreReadWhole() throws Exception {
        try (TestMesh mesh = new TestMesh(6)) {
            PackRecord pack = stored(mesh);
            for (int i = pack.k(); i < 6; i++) {
                mesh.node(pack, i).dead();
            }
            Sample sample = sample(mesh, pack, 99);
            assertEquals(pack.k(), sample.proven().size());
            assertEquals(pack.k(), mesh.nodes.stream().mapToLong(n -> n.count(Op.GET)).sum());
        }
    }

    @Test
    void wrongPieceOfASoundShareAccusesNobody() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord pack = stored(mesh);
            mesh.node(pack, 2).lie(MeshStoreSamplingTest::flipAll, Op.RANGE);
            Sample sample = sample(mesh, pack, 5);
            assertEquals(List.of(), sample.wrong(), "a lost bit on the way: the whole share is right");
            assertEquals(3, sample.proven().size());
        }
    }

    @Test
    void packWhoseContentIsKnownElsewhereIsProvenByItsName() throws Exception {
        try (TestMesh mesh = new TestMesh(3)) {
            PackRecord pack = stored(mesh);
            PackRecord bare = new PackRecord(pack.packId(), pack.length(), pack.k(), pack.n(), pack.shares(),
                    List.of());
            mesh.node(pack, 0).fail(() -> new NodeException.NotFound("gone"), Op.GET);
            Sample sample = sample(mesh, bare, 5);
            assertEquals(2, sample.proven().size());
            assertEquals(List.of(NodeEvidence.Kind.MISSING),
                    sample.wrong().stream().map(NodeEvidence::kind).toList());
            assertTrue(mesh.nodes.stream().allMatch(n -> n.count(Op.RANGE) == 0));
        }
    }
}
