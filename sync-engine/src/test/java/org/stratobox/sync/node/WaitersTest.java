package org.stratobox.sync.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.mesh.Space;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WaitersTest {
    private static final Waiters.Place PLACE = new Waiters.Place(List.of("repo"), Space.HEAD);
    private static final Waiters.Place OTHER = new Waiters.Place(List.of("other"), Space.HEAD);
    private static final Duration LONG = Duration.ofHours(1);

    private final Waiters waiters = new Waiters(2);

    @Test
    void awaitSeesWhatHappenedSinceTheTicketWasGiven() throws Exception {
        try (Waiters.Ticket ticket = waiters.enter(PLACE, LONG).orElseThrow()) {
            waiters.happened(PLACE);
            assertTrue(ticket.await());
        }
        waiters.happened(PLACE);
        try (Waiters.Ticket ticket = waiters.enter(PLACE, Duration.ofMillis(1)).orElseThrow()) {
            waiters.happened(OTHER);
            assertFalse(ticket.await());
        }
    }

    @Test
    void thereIsRoomForSoManyOnly() {
        Waiters.Ticket first = waiters.enter(PLACE, LONG).orElseThrow();
        try (Waiters.Ticket _ = waiters.enter(OTHER, LONG).orElseThrow()) {
            assertTrue(waiters.enter(PLACE, LONG).isEmpty());
            first.close();
            waiters.enter(PLACE, LONG).orElseThrow().close();
        }
    }

    @Test
    void closeEndsWaitingAndLetsNobodyIn() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Waiters.Ticket ticket = waiters.enter(PLACE, LONG).orElseThrow()) {
            Future<Boolean> waiting = executor.submit(ticket::await);
            waiters.close();
            assertFalse(waiting.get());
            assertTrue(waiters.enter(PLACE, LONG).isEmpty());
        }
    }
}
