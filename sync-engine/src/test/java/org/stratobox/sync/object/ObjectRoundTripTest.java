package org.stratobox.sync.object;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/// Every type of object: both ways give what went in, and no change of the bytes does more than fail cleanly.
class ObjectRoundTripTest {
    private static final int SEEDS = 300;
    private static final long MAX_ALLOCATION = 16L << 20;
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
            .getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void decodeGivesBackWhatWasEncoded(ObjectKind kind) throws ObjectException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object value = kind.generate(new RandomObjects(seed));
            byte[] body = kind.encode(value);
            Object back = kind.decode(body);
            assertEquals(value, back, kind + " seed " + seed);
            assertArrayEquals(body, kind.encode(back), kind + " seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodeRefusesEveryTruncation(ObjectKind kind) {
        byte[] body = kind.encode(kind.generate(new RandomObjects(7)));
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThrows(ObjectException.class, () -> kind.decode(cut), kind + " cut to " + cut.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodeRefusesEveryExtension(ObjectKind kind) {
        byte[] body = kind.encode(kind.generate(new RandomObjects(8)));
        for (int more = 1; more < 40; more++) {
            byte[] longer = Arrays.copyOf(body, body.length + more);
            assertThrows(ObjectException.class, () -> kind.decode(longer), kind + " and " + more);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodeOnlyEverFailsCleanlyWhenBytesChange(ObjectKind kind) {
        int refused = 0;
        for (int seed = 0; seed < 60; seed++) {
            RandomObjects random = new RandomObjects(seed);
            byte[] body = kind.encode(kind.generate(random));
            for (int i = 0; i < 200 && body.length > 0; i++) {
                refused += refuses(kind, mutate(body, random), seed) ? 1 : 0;
            }
        }
        assertTrue(refused > 1_000, kind + " refused only " + refused + " of 12000");
    }

    @ParameterizedTest
    @EnumSource
    void decodeRefusesNoise(ObjectKind kind) {
        for (int seed = 0; seed < 3_000; seed++) {
            RandomObjects random = new RandomObjects(seed);
            byte[] noise = random.bytes(1 + random.nextInt(60));
            refuses(kind, noise, seed);
        }
    }

    private static byte[] mutate(byte[] body, RandomObjects random) {
        byte[] out = body.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(4)) {
                case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> out[at] = (byte) random.nextInt(256);
                case 2 -> out[at] = (byte) (random.nextInt(8) << 5 | 24 + random.nextInt(8));
                default -> {
                    byte[] shifted = Arrays.copyOf(out, out.length + 1);
                    System.arraycopy(out, at, shifted, at + 1, out.length - at);
                    out = shifted;
                }
            }
        }
        return out;
    }

    /// What is accepted must be canonical: it encodes to the same bytes, or to fewer when foreign keys were skipped.
    private static boolean refuses(ObjectKind kind, byte[] body, long seed) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            byte[] again = kind.encode(kind.decode(body));
            if (!Arrays.equals(body, again) && again.length >= body.length) {
                fail(kind + " accepts bytes that are not canonical, seed " + seed);
            }
            return false;
        } catch (ObjectException e) {
            return true;
        } finally {
            long used = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(used < MAX_ALLOCATION, kind + " allocated " + used + " bytes, seed " + seed);
        }
    }
}
