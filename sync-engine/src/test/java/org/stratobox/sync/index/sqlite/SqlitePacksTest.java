package org.stratobox.sync.index.sqlite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable;
import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.index.PackIndexTable.Location;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SqlitePacksTest {
    private static final int ENVELOPE = 4096;

    @TempDir
    Path base;

    private SyncIndex index;
    private PackIndexTable packs;

    @BeforeEach
    void open() throws IndexException {
        index = SqliteIndexTest.open(base);
        packs = index.packs();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void reopen() throws IndexException {
        index.close();
        open();
    }

    private static Digest256 digest(long i) {
        return new Digest256(i, ~i, i * 31, 7);
    }

    private static NodeId node(int i) {
        return new NodeId(new Id16(i, i));
    }

    private static PackRecord pack(int id, int items) {
        List<PackItem> contents = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            contents.add(new PackItem(i % 2 == 0 ? ObjectType.CHUNK : ObjectType.TREE,
                    new Cid(digest(id * 1_000_000L + i)), i * ENVELOPE, ENVELOPE));
        }
        List<StoredShare> shares = List.of(new StoredShare(0, new ObjectName(digest(-id)), node(1), digest(5)),
                new StoredShare(2, new ObjectName(digest(-id - 500)), node(2), digest(6)));
        return new PackRecord(digest(id), Math.max(1, items * ENVELOPE), 2, 3, shares, contents);
    }

    private static PackRecord withoutItems(PackRecord pack) {
        return new PackRecord(pack.packId(), pack.length(), pack.k(), pack.n(), pack.shares(), List.of());
    }

    @Test
    void packsAndTheirObjectsComeBackAfterReopening() throws Exception {
        PackRecord pack = pack(1, 5);
        packs.add(pack, false);
        packs.add(pack(2, 3), true);
        reopen();
        assertEquals(Optional.of(withoutItems(pack)), packs.pack(pack.packId()));
        assertEquals(pack.items(), packs.items(pack.packId()));
        assertEquals(2, packs.packs().size());
        assertEquals(List.of(pack), packs.unpublished());
        assertEquals(Optional.of(new Location(pack.packId(), ObjectType.TREE, 3 * ENVELOPE, ENVELOPE)),
                packs.find(pack.items().get(3).cid()));
        assertEquals(Optional.empty(), packs.find(new Cid(digest(999))));
        assertEquals(Optional.empty(), packs.pack(digest(999)));
    }

    @Test
    void packThatIsAddedTwiceIsThereOnce() throws Exception {
        packs.add(pack(1, 4), false);
        packs.add(pack(1, 4), true);
        assertEquals(1, packs.packs().size());
        assertEquals(4, packs.items(digest(1)).size());
    }

    @Test
    void objectInTwoPacksIsFoundInOne() throws Exception {
        PackRecord first = pack(1, 2);
        PackRecord second = new PackRecord(digest(2), first.length(), 1, 1, List.of(), first.items());
        packs.add(first, true);
        packs.add(second, true);
        Location found = packs.find(first.items().get(0).cid()).orElseThrow();
        assertTrue(Set.of(first.packId(), second.packId()).contains(found.packId()));
    }

    @Test
    void markPublishedEndsWhatIsUnpublished() throws Exception {
        packs.add(pack(1, 1), false);
        packs.add(pack(2, 1), false);
        ObjectName object = new ObjectName(digest(77));
        packs.markPublished(object, List.of(digest(1)));
        assertEquals(List.of(pack(2, 1)), packs.unpublished());
        assertEquals(Set.of(object), packs.indexObjects());
        packs.markPublished(object, List.of(digest(2)));
        assertEquals(List.of(), packs.unpublished());
        assertEquals(Set.of(object), packs.indexObjects());
    }

    @Test
    void replacedSharesHaveToBePublishedAgain() throws Exception {
        packs.add(pack(1, 2), true);
        PackRecord moved = new PackRecord(digest(1), 2 * ENVELOPE, 2, 3,
                List.of(new StoredShare(1, new ObjectName(digest(3)), node(9), digest(4))), pack(1, 2).items());
        packs.replaceShares(moved);
        assertEquals(List.of(moved), packs.unpublished());
    }

    @Test
    void debtsAreKeptUntilTheyArePaid() throws Exception {
        packs.add(pack(1, 1), true);
        PackDebt first = new PackDebt(digest(1), 0, node(1));
        PackDebt second = new PackDebt(digest(1), 200, node(2));
        packs.addDebt(first);
        packs.addDebt(first);
        packs.addDebt(second);
        CopyDebt copy = new CopyDebt("keys", new ObjectName(digest(8)), node(3));
        packs.addCopyDebt(copy);
        packs.addCopyDebt(copy);
        reopen();
        assertEquals(Set.of(first, second), Set.copyOf(packs.debts()));
        assertEquals(2, packs.debts().size());
        assertEquals(List.of(copy), packs.copyDebts());
        packs.removeDebt(first);
        packs.removeDebt(first);
        packs.removeCopyDebt(copy);
        assertEquals(List.of(second), packs.debts());
        assertEquals(List.of(), packs.copyDebts());
    }

    @Test
    void newestHeadOfEachDeviceIsTold() throws Exception {
        DeviceId one = new DeviceId(new Id16(1, 0));
        DeviceId two = new DeviceId(new Id16(2, 0));
        KnownHead old = new KnownHead(new ObjectName(digest(1)), one, 1, digest(11), 100);
        KnownHead newer = new KnownHead(new ObjectName(digest(2)), one, 300, digest(12), 50);
        KnownHead other = new KnownHead(new ObjectName(digest(3)), two, 2, digest(13), 70);
        index.heads().add(newer);
        index.heads().add(old);
        index.heads().add(other);
        index.heads().add(other);
        reopen();
        assertEquals(Map.of(one, newer, two, other), index.heads().newest());
        assertEquals(Set.of(old, newer, other), Set.copyOf(index.heads().all()));
        assertEquals(3, index.heads().all().size());
        assertEquals(Set.of(old.name(), newer.name(), other.name()), index.heads().names());
    }

    @Test
    void twoHundredThousandObjectsAreFound() throws Exception {
        int count = 20;
        int each = 10_000;
        index.transact(() -> {
            for (int i = 1; i <= count; i++) {
                packs.add(pack(i, each), true);
            }
        });
        assertEquals(count, packs.packs().size());
        for (int i = 1; i <= count; i++) {
            Location found = packs.find(new Cid(digest(i * 1_000_000L + each - 1))).orElseThrow();
            assertEquals(new Location(digest(i), ObjectType.TREE, (each - 1) * ENVELOPE, ENVELOPE), found);
        }
        assertEquals(Optional.empty(), packs.find(new Cid(digest(1_000_000L + each))));
    }
}
