package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.mesh.FaultyNode.Fault;
import org.stratobox.sync.mesh.FaultyNode.Operation;
import org.stratobox.sync.mesh.MeshNode.PutResult;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RetryingNodeTest {
    private static final byte[] BODY = TestNodes.body(1, 1000);
    private static final ObjectName NAME = ObjectName.of(BODY);

    private final FaultyNode faulty = new FaultyNode();
    private final List<Duration> slept = new ArrayList<>();
    private final RetryingNode node = new RetryingNode(faulty, RetryPolicy.DEFAULT, () -> 0.5, slept::add);

    private static Fault throttled(Optional<Duration> retryAfter) {
        return new Fault.Before(new NodeException.Throttled("scripted", retryAfter));
    }

    @Test
    void callIsRepeatedWithGrowingWaitsWhenTheNodeDoesNotAnswer() throws Exception {
        faulty.then(Operation.PREPARE, FaultyNode.dropBefore(), FaultyNode.dropBefore(), FaultyNode.dropBefore());
        node.prepare();
        assertEquals(List.of(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1)), slept);
        faulty.assertAllFaultsHit();
    }

    @Test
    void callFailsWhenAllTriesAreUsedUp() throws Exception {
        faulty.then(Operation.PREPARE, FaultyNode.dropBefore(), FaultyNode.dropBefore(), FaultyNode.dropBefore(),
                FaultyNode.dropBefore(), FaultyNode.dropBefore());
        assertThrows(NodeException.Unreachable.class, node::prepare);
        assertEquals(5, faulty.calls());
        assertEquals(4, slept.size());
        faulty.assertAllFaultsHit();
    }

    @Test
    void putIsSafelyRepeatedWhenItsAnswerWasLost() throws Exception {
        node.prepare();
        faulty.then(Operation.PUT, FaultyNode.dropAfter());
        assertEquals(PutResult.PRESENT, node.put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        assertArrayEquals(BODY, node.get(Space.DATA, NAME));
        faulty.assertAllFaultsHit();
    }

    @Test
    void callFailsAtOnceWhenRepeatingCannotHelp() throws Exception {
        node.prepare();
        faulty.then(Operation.PUT, FaultyNode.full());
        assertThrows(NodeException.Full.class, () -> node.put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        assertThrows(NodeException.NotFound.class, () -> node.get(Space.DATA, NAME));
        assertEquals(List.of(), slept);
        faulty.assertAllFaultsHit();
    }

    @Test
    void callWaitsAtLeastAsLongAsTheNodeAsks() throws Exception {
        faulty.then(Operation.PREPARE, throttled(Optional.of(Duration.ofSeconds(7))), throttled(Optional.empty()));
        node.prepare();
        assertEquals(List.of(Duration.ofMillis(7250), Duration.ofMillis(500)), slept);
        faulty.assertAllFaultsHit();
    }

    @Test
    void callFailsAtOnceWhenTheNodeAsksForMoreTimeThanThereIs() throws Exception {
        faulty.then(Operation.PREPARE, throttled(Optional.of(Duration.ofHours(1))));
        var e = assertThrows(NodeException.Throttled.class, node::prepare);
        assertEquals(Optional.of(Duration.ofHours(1)), e.retryAfter());
        assertEquals(List.of(), slept);
    }

    @Test
    void waitEndsWithTheFlagSetWhenTheThreadIsInterrupted() throws Exception {
        faulty.then(Operation.PREPARE, FaultyNode.dropBefore());
        RetryingNode sleepy = new RetryingNode(faulty, RetryPolicy.DEFAULT, () -> 0.5, time -> {
            throw new InterruptedException();
        });
        assertThrows(NodeException.Unreachable.class, sleepy::prepare);
        assertTrue(Thread.interrupted());
        assertEquals(1, faulty.calls());
    }

    @Test
    void waitsNeverExceedTheirBoundHoweverOftenItFails() {
        RetryPolicy policy = new RetryPolicy(100, Duration.ofMillis(500), Duration.ofSeconds(30));
        for (int failures = 1; failures <= 100; failures++) {
            Duration wait = policy.delay(failures, () -> 0.999);
            assertTrue(wait.compareTo(Duration.ofSeconds(30)) <= 0 && !wait.isNegative(), wait.toString());
        }
    }
}
