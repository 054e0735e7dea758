package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.object.HeadRetention.Kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HeadRetentionTest {
    private static final long DAY = 24L * 3600 * 1000;
    private static final long NOW = 1_795_183_320_000L;
    private final RandomObjects random = new RandomObjects(5);

    private static Digest256 hash(long seq) {
        return new Digest256(seq, 1, 2, 3);
    }

    private static List<Kept> heads(int count, long apart) {
        List<Kept> all = new ArrayList<>();
        for (long seq = 1; seq <= count; seq++) {
            all.add(new Kept(new ChainPoint(seq, hash(seq)), NOW - (count - seq) * apart));
        }
        return all;
    }

    private static List<Long> removable(List<Kept> heads, Digest256... seen) {
        return HeadRetention.removable(heads, Set.of(seen)).stream().map(ChainPoint::seq).toList();
    }

    @Test
    void removableLeavesTheLast64AndThirtyDaysAndOneBefore() {
        assertEquals(List.of(), removable(List.of()));
        assertEquals(List.of(), removable(heads(40, 2 * DAY)));
        // 100 heads a day apart: the newest 64 reach 63 days back
        assertEquals(35, removable(heads(100, DAY)).size());
        // 1000 heads an hour apart: thirty days are 720 heads
        List<Long> gone = removable(heads(1000, DAY / 24));
        assertEquals(279, gone.size());
        assertEquals(279L, gone.getLast());
    }

    @Test
    void removableLeavesWhatOthersName() {
        List<Long> gone = removable(heads(100, DAY), hash(7));
        assertFalse(gone.contains(7L));
        assertTrue(gone.contains(6L) && gone.contains(8L));
    }

    @Test
    void whatIsLeftAfterRemovingExplainsItself() {
        List<Kept> all = heads(100, DAY);
        Set<ChainPoint> gone = Set.copyOf(HeadRetention.removable(all, Set.of()));
        Kept oldest = all.stream().filter(k -> !gone.contains(k.point())).findFirst().orElseThrow();
        Head newest = head(100, NOW);
        assertTrue(HeadRetention.mayBeGone(head(oldest.point().seq(), oldest.wallMillis()), newest));
        assertFalse(HeadRetention.mayBeGone(head(oldest.point().seq() + 1, oldest.wallMillis() + DAY), newest));
    }

    private Head head(long seq, long wall) {
        return new Head(random.id(), random.device(), 0, seq, hash(seq - 1), random.cap(), Map.of(), ChainPoint.NONE,
                wall, List.of(), List.of());
    }

    @Test
    void heartbeatIsDueAfterADayAndWhenTheClockWentBack() {
        assertFalse(HeadRetention.heartbeatDue(NOW, NOW + DAY - 1));
        assertTrue(HeadRetention.heartbeatDue(NOW, NOW + DAY));
        assertFalse(HeadRetention.heartbeatDue(NOW, NOW - DAY));
        assertTrue(HeadRetention.heartbeatDue(NOW, NOW - DAY - 1));
    }
}
