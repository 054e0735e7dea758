package org.stratobox.sync.mesh;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.task.ManualTicker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ThrottledNodeTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Bandwidth bandwidth = new Bandwidth(ticker, ticker::pass);
    private final MeshNode node = new ThrottledNode(new FaultyNode(), bandwidth);

    @BeforeEach
    void prepare() throws NodeException {
        node.prepare();
    }

    private double seconds(long since) {
        return (ticker.nanos() - since) / 1e9;
    }

    private void limit(long up, long down) {
        bandwidth.change(OptionalLong.of(up), OptionalLong.of(down));
    }

    @Test
    void aRateOf100kBIsHeldWithinATenth() throws Exception {
        limit(100_000, 100_000);
        Random random = new Random(77);
        long start = ticker.nanos();
        long bytes = 0;
        while (seconds(start) < 600) {
            int size = 1 + random.nextInt(random.nextInt(20) == 0 ? 4_000_000 : 100_000);
            TestNodes.store(node, Space.DATA, TestNodes.body(random.nextInt(), size));
            bytes += size;
            ticker.millis(random.nextInt(10));
        }
        assertEquals(100_000, bytes / seconds(start), 10_000);
    }

    @Test
    void sendingAndReceivingAreLimitedApart() throws Exception {
        ObjectName name = TestNodes.store(node, Space.DATA, TestNodes.body(1, 1_000_000));
        limit(1_000, 200_000);
        long start = ticker.nanos();
        for (int i = 0; i < 20; i++) {
            assertEquals(1_000_000, node.get(Space.DATA, name).length);
            assertEquals(500_000, node.getRange(Space.DATA, name, 7, 500_000).length);
        }
        node.size(Space.DATA, name);
        assertEquals(150, seconds(start), 15);
    }

    @Test
    void smallNewsPassesALargeUpload() throws Exception {
        limit(100_000, 100_000);
        TestNodes.store(node, Space.DATA, TestNodes.body(1, 30_000_000));
        long start = ticker.nanos();
        for (int i = 0; i < 10; i++) {
            TestNodes.store(node, Space.HEAD, TestNodes.body(100 + i, 4_000));
        }
        assertEquals(0, seconds(start), 0.001);
        // beyond 64 kB/s it waits like everything else
        TestNodes.store(node, Space.INDEX, TestNodes.body(200, 40_000));
        TestNodes.store(node, Space.KEYS, TestNodes.body(201, 10));
        assertTrue(seconds(start) > 100);
    }

    @Test
    void anObjectThatWasThereCostsNothing() throws Exception {
        TestNodes.store(node, Space.DATA, TestNodes.body(1, 5_000_000));
        limit(1_000, 1_000);
        long start = ticker.nanos();
        for (int i = 0; i < 5; i++) {
            TestNodes.store(node, Space.DATA, TestNodes.body(1, 5_000_000));
        }
        assertEquals(0, seconds(start), 0.001);
    }

    @Test
    void aChangeHoldsForThoseWhoWaitAlready() throws Exception {
        var limit = new RateLimit(ticker, this::passOrLift, OptionalLong.of(100));
        lifted = limit;
        long start = ticker.nanos();
        limit.take(RateLimit.GRAIN);
        limit.take(RateLimit.GRAIN);
        assertEquals(10, seconds(start), 1);
    }

    private RateLimit lifted = new RateLimit(ticker, ticker::pass, OptionalLong.empty());
    private int naps;

    private void passOrLift(Duration nap) {
        ticker.pass(nap);
        if (++naps == 20) {
            lifted.change(OptionalLong.empty());
        }
    }

    @Test
    void waitingIsInterruptedLikeEveryCall() throws Exception {
        Bandwidth strict = new Bandwidth(ticker, time -> {
            throw new InterruptedException("stop");
        });
        strict.change(OptionalLong.of(1), OptionalLong.of(1));
        MeshNode throttled = new ThrottledNode(new FaultyNode(), strict);
        throttled.prepare();
        ObjectName first = TestNodes.store(throttled, Space.DATA, TestNodes.body(1, 200_000));
        assertThrows(NodeException.Unreachable.class,
                () -> TestNodes.store(throttled, Space.DATA, TestNodes.body(2, 200_000)));
        assertTrue(Thread.interrupted());
        assertEquals(200_000, throttled.get(Space.DATA, first).length);
        assertThrows(NodeException.Unreachable.class, () -> throttled.get(Space.DATA, first));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aRateOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> limit(0, 1));
    }
}
