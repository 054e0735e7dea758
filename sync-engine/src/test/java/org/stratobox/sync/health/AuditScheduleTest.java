package org.stratobox.sync.health;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.health.AuditSchedule.Due;
import org.stratobox.sync.health.AuditSchedule.Marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AuditScheduleTest {
    private static final AuditSchedule SCHEDULE = AuditSchedule.DEFAULT;
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void nothingIsDueWhenAuditingBegins() {
        Due due = SCHEDULE.due(SCHEDULE.begin(NOW), NOW);
        assertEquals(0, due.packs());
        assertFalse(due.isListing());
    }

    @Test
    void samplesOfADayAddUpHoweverOftenItIsAsked() {
        for (long step : new long[]{60_000, 7 * 60_000 + 13, HOUR, 5 * HOUR}) {
            Marks marks = SCHEDULE.begin(NOW);
            int packs = 0;
            for (long at = NOW; at <= NOW + DAY; at += step) {
                Due due = SCHEDULE.due(marks, at);
                packs += due.packs();
                marks = due.packs() > 0 || due.isListing() ? due.done() : marks;
            }
            assertTrue(packs <= 32 && packs >= 32 - 1 - 32 * step / DAY, packs + " with steps of " + step);
        }
    }

    @Test
    void daysAwayAreNotMadeUpFor() {
        Due due = SCHEDULE.due(SCHEDULE.begin(NOW), NOW + 40 * DAY);
        assertEquals(32, due.packs());
        assertEquals(NOW + 40 * DAY - Duration.ofHours(12).toMillis(), due.provenBefore());
        assertEquals(0, SCHEDULE.due(due.done(), NOW + 40 * DAY).packs());
    }

    @Test
    void listingIsDueEveryWeek() {
        Marks marks = SCHEDULE.begin(NOW);
        assertFalse(SCHEDULE.due(marks, NOW + 7 * DAY - 1).isListing());
        Due due = SCHEDULE.due(marks, NOW + 7 * DAY);
        assertTrue(due.isListing());
        assertFalse(SCHEDULE.due(due.done(), NOW + 8 * DAY).isListing());
        assertTrue(SCHEDULE.due(due.done(), NOW + 14 * DAY).isListing());
    }

    @Test
    void listingIsTriedAgainTheNextDayWhenANodeWasSilent() {
        Due due = SCHEDULE.due(SCHEDULE.begin(NOW), NOW + 7 * DAY);
        Marks marks = SCHEDULE.afterSilence(due);
        assertFalse(SCHEDULE.due(marks, NOW + 8 * DAY - 1).isListing());
        assertTrue(SCHEDULE.due(marks, NOW + 8 * DAY).isListing());
    }

    @Test
    void clockThatIsSetBackStartsAnew() {
        Due due = SCHEDULE.due(SCHEDULE.begin(NOW), NOW - 300 * DAY);
        assertEquals(0, due.packs());
        assertTrue(due.isListing(), "better once too often than never");
        Due next = SCHEDULE.due(due.done(), NOW - 299 * DAY);
        assertEquals(32, next.packs());
        assertFalse(next.isListing());
    }
}
