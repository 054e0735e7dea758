package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.envelope.Envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PackIndexTest {
    private final RandomObjects random = new RandomObjects(5);

    private PackRecord pack(int items) {
        List<PackItem> list = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            list.add(random.item(1 << 24));
        }
        return new PackRecord(random.digest(), 1 << 24, 1, 1, List.of(), list);
    }

    @Test
    void splitKeepsEveryPackOnceAndEachIndexBelowTheLimit() throws ObjectException {
        List<PackRecord> packs = new ArrayList<>(List.of(pack(PackItem.MAX_ITEMS), pack(PackItem.MAX_ITEMS)));
        for (int i = 0; i < 300; i++) {
            packs.add(pack(200));
        }
        List<PackRecord> back = new ArrayList<>();
        List<PackIndex> indexes = PackIndex.split(packs);
        for (PackIndex index : indexes) {
            byte[] body = index.encode();
            assertTrue(body.length <= Envelope.MAX_BODY, "a body of " + body.length);
            back.addAll(PackIndex.decode(body).packs());
        }
        assertEquals(packs, back);
        assertTrue(indexes.size() <= 6, "as many as " + indexes.size());
        assertEquals(List.of(), PackIndex.split(List.of()));
    }

    @Test
    void packRecordRefusesItemsOutsideThePack() {
        PackItem item = new PackItem(random.item(1 << 24).type(), random.item(1 << 24).cid(), 4096, 4096);
        assertThrows(IllegalArgumentException.class,
                () -> new PackRecord(random.digest(), 8191, 1, 1, List.of(), List.of(item)));
        byte[] good = new PackIndex(List.of(new PackRecord(random.digest(), 8192, 1, 1, List.of(), List.of(item))))
                .encode();
        int length = 3 + 1 + 1 + 34 + 2;
        assertEquals(0x20, good[length]);
        good[length] = 0x1f;
        assertThrows(ObjectException.class, () -> PackIndex.decode(good));
    }
}
