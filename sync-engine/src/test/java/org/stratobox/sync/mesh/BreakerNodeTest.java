package org.stratobox.sync.mesh;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.mesh.FaultyNode.Operation;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class BreakerNodeTest {
    private final SteppingClock clock = SteppingClock.standing(Instant.EPOCH);
    private final NodeHealth health = new NodeHealth(clock, () -> 0.5);
    private final FaultyNode faulty = new FaultyNode();
    private final BreakerNode node = new BreakerNode(faulty, health);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            faulty.then(Operation.IS_PREPARED, FaultyNode.dropBefore());
            assertThrows(NodeException.Unreachable.class, node::isPrepared);
        }
        faulty.assertAllFaultsHit();
    }

    @Test
    void callsFailWithoutReachingTheNodeAfterFiveFailuresInARow() {
        fail(5);
        assertEquals(NodeHealth.State.OPEN, health.state());
        assertThrows(NodeException.Unreachable.class, node::isPrepared);
        assertEquals(5, faulty.calls());
    }

    @Test
    void breakerStaysClosedWhenSuccessesComeBetween() throws Exception {
        for (int i = 0; i < 9; i++) {
            fail(1);
            node.isPrepared();
        }
        assertEquals(NodeHealth.State.CLOSED, health.state());
    }

    @Test
    void breakerOpensWhenMoreThanHalfOfTheLastTwentyFailed() throws Exception {
        for (int i = 0; i < 9; i++) {
            node.isPrepared();
        }
        node.prepare();
        for (int i = 0; i < 5; i++) {
            fail(2);
            node.isPrepared();
        }
        assertEquals(NodeHealth.State.CLOSED, health.state());
        fail(1);
        assertEquals(NodeHealth.State.OPEN, health.state());
    }

    @Test
    void oneCallGoesThroughAfterThePauseAndCloses() throws Exception {
        fail(5);
        clock.pass(Duration.ofSeconds(30));
        node.isPrepared();
        assertEquals(NodeHealth.State.CLOSED, health.state());
    }

    @Test
    void pauseDoublesWhenTheTrialCallFails() throws Exception {
        fail(5);
        clock.pass(Duration.ofSeconds(30));
        fail(1);
        clock.pass(Duration.ofSeconds(59));
        assertThrows(NodeException.Unreachable.class, node::isPrepared);
        assertEquals(6, faulty.calls());
        clock.pass(Duration.ofSeconds(1));
        node.isPrepared();
        assertEquals(NodeHealth.State.CLOSED, health.state());
    }

    @Test
    void refusalsAndAbsencesShowThatTheNodeIsThere() throws Exception {
        node.prepare();
        for (int i = 0; i < 6; i++) {
            assertThrows(NodeException.NotFound.class,
                    () -> node.get(Space.DATA, ObjectName.of(TestNodes.body(1, 1))));
        }
        assertEquals(NodeHealth.State.CLOSED, health.state());
    }

    @Test
    void anInterruptedTrialDecidesNothing() throws Exception {
        fail(5);
        clock.pass(Duration.ofSeconds(30));
        Thread.currentThread().interrupt();
        assertThrows(NodeException.Unreachable.class, node::isPrepared);
        assertEquals(true, Thread.interrupted());
        assertEquals(NodeHealth.State.OPEN, health.state());
        node.isPrepared();
        assertEquals(NodeHealth.State.CLOSED, health.state());
    }
}
