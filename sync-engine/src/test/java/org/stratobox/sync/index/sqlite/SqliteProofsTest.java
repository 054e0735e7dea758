package org.stratobox.sync.index.sqlite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.ProofTable;
import org.stratobox.sync.index.ProofTable.NodeProofs;
import org.stratobox.sync.index.ProofTable.Proven;
import org.stratobox.sync.index.ProofTable.Totals;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Three copies of each pack, on nodes 0, 1 and 2: two of them count as safe.
class SqliteProofsTest {
    private static final int ENVELOPE = 4096;

    @TempDir
    Path base;

    private SyncIndex index;
    private ProofTable proofs;

    @BeforeEach
    void open() throws IndexException {
        index = SqliteIndexTest.open(base);
        proofs = index.proofs();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static Digest256 digest(long i) {
        return new Digest256(i, ~i, i * 31, 7);
    }

    private static NodeId node(int i) {
        return new NodeId(new Id16(i, i));
    }

    private static Cid chunk(int pack) {
        return new Cid(digest(pack * 1000L));
    }

    private static PackRecord pack(int id, ObjectType type) {
        List<StoredShare> shares = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            shares.add(new StoredShare(i, new ObjectName(digest(id)), node(i), digest(5)));
        }
        return new PackRecord(digest(id), ENVELOPE, 1, 3, shares,
                List.of(new PackItem(type, chunk(id), 0, ENVELOPE)));
    }

    private void add(int id, ObjectType type) throws IndexException {
        index.packs().add(pack(id, type), true);
    }

    private void prove(int id, int node, long millis) throws IndexException {
        proofs.prove(digest(id), node, node(node), millis);
    }

    @Test
    void packIsProvenSinceEnoughOfItsSharesAre() throws Exception {
        add(1, ObjectType.CHUNK);
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1))));
        prove(1, 0, 1000);
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1))), "one copy of three is not enough");
        prove(1, 1, 3000);
        assertEquals(Optional.of(new Proven(2, 1000)), proofs.provenOf(List.of(chunk(1))));
        prove(1, 2, 2000);
        assertEquals(Optional.of(new Proven(3, 2000)), proofs.provenOf(List.of(chunk(1))));
        prove(1, 0, 4000);
        assertEquals(Optional.of(new Proven(3, 3000)), proofs.provenOf(List.of(chunk(1))));
        assertEquals(Optional.of(3000L), proofs.totals().oldestMillis());
    }

    @Test
    void proofThatIsTakenBackDoesNotCount() throws Exception {
        add(1, ObjectType.CHUNK);
        prove(1, 0, 1000);
        prove(1, 1, 1000);
        proofs.withdraw(digest(1), 1, node(1));
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1))));
        assertEquals(new Totals(1, 1, Optional.empty()), proofs.totals());
        assertEquals(1, proofs.proofs(digest(1)).size());
    }

    @Test
    void whatIsOwedIsNotProven() throws Exception {
        add(1, ObjectType.CHUNK);
        prove(1, 0, 1000);
        prove(1, 1, 1000);
        index.packs().addDebt(new PackDebt(digest(1), 0, node(0)));
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1))));
    }

    @Test
    void sharesThatMovedAreNotProvenThere() throws Exception {
        add(1, ObjectType.CHUNK);
        for (int i = 0; i < 3; i++) {
            prove(1, i, 1000);
        }
        PackRecord pack = pack(1, ObjectType.CHUNK);
        List<StoredShare> moved = List.of(pack.shares().get(0),
                new StoredShare(1, pack.shares().get(1).name(), node(7), digest(5)),
                new StoredShare(2, pack.shares().get(2).name(), node(8), digest(5)));
        index.packs().replaceShares(new PackRecord(digest(1), ENVELOPE, 1, 3, moved, List.of()));
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1))));
        assertEquals(List.of(digest(1)), proofs.unproven());
    }

    @Test
    void nodeThatIsRemovedHasProvenNothing() throws Exception {
        add(1, ObjectType.CHUNK);
        prove(1, 0, 1000);
        prove(1, 1, 2000);
        assertEquals(Map.of(node(0), new NodeProofs(1, 1000, 1000), node(1), new NodeProofs(1, 2000, 2000)),
                proofs.byNode());
        proofs.withdrawAll(node(1));
        assertEquals(Map.of(node(0), new NodeProofs(1, 1000, 1000)), proofs.byNode());
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1))));
    }

    @Test
    void unprovenPacksAreToldNewestFirstWithoutThoseThatAreOwed() throws Exception {
        for (int id = 1; id <= 4; id++) {
            add(id, ObjectType.CHUNK);
            prove(id, 0, 1000);
            prove(id, 1, 1000);
        }
        prove(2, 2, 1000);
        index.packs().addDebt(new PackDebt(digest(3), 2, node(2)));
        assertEquals(List.of(digest(4), digest(1)), proofs.unproven());
    }

    @Test
    void oldestProofsComeFirst() throws Exception {
        for (int id = 1; id <= 4; id++) {
            add(id, ObjectType.CHUNK);
        }
        for (int node = 0; node < 2; node++) {
            prove(1, node, 3000);
            prove(2, node, 1000);
            prove(3, node, 2000);
        }
        assertEquals(List.of(digest(2), digest(3)), proofs.oldest(3000, 9));
        assertEquals(List.of(digest(2)), proofs.oldest(9000, 1));
    }

    @Test
    void objectsTogetherAreAsProvenAsTheLeastProven() throws Exception {
        add(1, ObjectType.CHUNK);
        add(2, ObjectType.MANIFEST);
        prove(1, 0, 1000);
        prove(1, 1, 1000);
        for (int i = 0; i < 3; i++) {
            prove(2, i, 500);
        }
        assertEquals(Optional.of(new Proven(2, 500)), proofs.provenOf(List.of(chunk(1), chunk(2))));
        assertEquals(Optional.empty(), proofs.provenOf(List.of(chunk(1), new Cid(digest(77)))), "unknown");
        assertEquals(Optional.empty(), proofs.provenOf(List.of()));
    }

    @Test
    void treesAreProvenWhenAllTheirPacksAre() throws Exception {
        add(1, ObjectType.CHUNK);
        add(2, ObjectType.TREE);
        add(3, ObjectType.COMMIT);
        prove(2, 0, 1000);
        prove(2, 1, 1000);
        assertEquals(Optional.empty(), proofs.provenOfTrees());
        prove(3, 0, 900);
        prove(3, 1, 950);
        assertEquals(Optional.of(new Proven(2, 900)), proofs.provenOfTrees());
    }

    @Test
    void totalsOfAnEmptyIndexHaveNoProof() throws Exception {
        assertEquals(new Totals(0, 0, Optional.empty()), proofs.totals());
        assertEquals(Optional.empty(), proofs.provenOfTrees());
        prove(1, 0, 5);
        assertEquals(List.of(), proofs.proofs(digest(1)), "a pack nobody knows");
    }
}
