package org.stratobox.sync.model;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class VersionVectorTest {
    private static NavigableMap<DeviceId, Long> random(Random random) {
        TreeMap<DeviceId, Long> map = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            // Few devices, some with the highest bit set, so that vectors often share them.
            map.put(new DeviceId(new Id16(random.nextInt(2) == 0 ? -1 : 1, random.nextInt(3) - 1)),
                    1L + random.nextInt(4));
        }
        return map;
    }

    private static boolean covers(Map<DeviceId, Long> a, Map<DeviceId, Long> b) {
        return b.entrySet().stream().allMatch(e -> a.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }

    @Test
    void operationsAgreeWithThoseOnMaps() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            NavigableMap<DeviceId, Long> a = random(random);
            NavigableMap<DeviceId, Long> b = random(random);
            VersionVector x = VersionVector.of(a);
            VersionVector y = VersionVector.of(b);
            String where = "seed " + seed;
            assertEquals(a, x.toMap(), where);
            assertEquals(covers(a, b), x.covers(y), where);
            assertEquals(!covers(a, b) && !covers(b, a), x.concurrent(y), where);
            TreeMap<DeviceId, Long> both = new TreeMap<>(a);
            b.forEach((device, counter) -> both.merge(device, counter, Math::max));
            assertEquals(VersionVector.of(both), x.join(y), where);
            assertEquals(x.join(y), y.join(x), where);
            VersionVector built = VersionVector.empty();
            for (Map.Entry<DeviceId, Long> e : b.descendingMap().entrySet()) {
                built = built.with(e.getKey(), 9).with(e.getKey(), e.getValue());
                assertEquals(e.getValue(), built.get(e.getKey()), where);
            }
            assertEquals(y, built, where);
            assertEquals(y.hashCode(), built.hashCode(), where);
        }
    }

    @Test
    void countersOutOfRangeAreRefused() {
        DeviceId device = new DeviceId(new Id16(1, 2));
        assertThrows(IllegalArgumentException.class, () -> VersionVector.of(device, 0));
        assertThrows(IllegalArgumentException.class, () -> VersionVector.of(device, 1L << 53));
        assertThrows(IllegalArgumentException.class, () -> VersionVector.ofTriples(new long[]{2, 0, 1, 1, 0, 1}));
        assertEquals(0, VersionVector.empty().get(device));
    }
}
