package org.stratobox.sync.pace;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.pace.PollPolicy.Feed;
import org.stratobox.sync.pace.PollPolicy.Situation;
import org.stratobox.sync.pace.Power.Network;
import org.stratobox.sync.pace.Power.Supply;
import org.stratobox.sync.pace.RescanPolicy.Watched;
import org.stratobox.sync.task.ManualTicker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PacePoliciesTest {
    private static final Power BATTERY = new Power(Supply.BATTERY, Network.UNKNOWN);
    private static final Duration LONG_AGO = Duration.ofHours(1);

    private static long poll(Duration sinceMove, Feed feed, Power power, double jitter) {
        return PollPolicy.DEFAULT.interval(new Situation(sinceMove, feed, power), jitter).toMillis();
    }

    @Test
    void nodesAreAskedOftenWhileAnythingMoves() {
        assertEquals(2_000, poll(Duration.ZERO, Feed.SILENT, Power.UNKNOWN, 0.5));
        assertEquals(2_000, poll(Duration.ofSeconds(29), Feed.SILENT, BATTERY, 0.5));
        assertEquals(30_000, poll(PollPolicy.AFTERGLOW, Feed.SILENT, Power.UNKNOWN, 0.5));
        assertEquals(120_000, poll(LONG_AGO, Feed.SILENT, BATTERY, 0.5));
    }

    @Test
    void aNodeThatTellsNewsIsAskedSeldom() {
        assertEquals(300_000, poll(Duration.ZERO, Feed.WORKING, Power.UNKNOWN, 0.5));
        assertEquals(240_000, poll(LONG_AGO, Feed.WORKING, Power.UNKNOWN, 0));
        assertEquals(360_000, poll(LONG_AGO, Feed.WORKING, Power.UNKNOWN, 1));
    }

    @Test
    void foldersAreLookedThroughMoreSeldomOnABatteryAndNeverTooOften() {
        RescanPolicy policy = RescanPolicy.DEFAULT;
        Duration second = Duration.ofSeconds(1);
        assertEquals(Duration.ofMinutes(60), policy.interval(Watched.YES, second, Power.UNKNOWN, 0.5));
        assertEquals(Duration.ofMinutes(45), policy.interval(Watched.YES, second, Power.UNKNOWN, 0));
        assertEquals(Duration.ofMinutes(10), policy.interval(Watched.NO, second, Power.UNKNOWN, 0.5));
        assertEquals(Duration.ofMinutes(40), policy.interval(Watched.NO, second, BATTERY, 0.5));
        // two per cent of the time
        assertEquals(Duration.ofMinutes(50), policy.interval(Watched.NO, Duration.ofMinutes(1), BATTERY, 0.5));
    }

    @Test
    void aWakeUpIsNoticedByTheClocksDriftingApart() {
        ManualTicker ticker = new ManualTicker();
        AtomicReference<Instant> wall = new AtomicReference<>(Instant.EPOCH);
        Suspension suspension = new Suspension(wall::get, ticker);
        ticker.millis(60_000);
        wall.updateAndGet(t -> t.plusSeconds(65));
        assertFalse(suspension.wokeUp());
        ticker.millis(1_000);
        wall.updateAndGet(t -> t.plusSeconds(3_600));
        assertTrue(suspension.wokeUp());
        assertFalse(suspension.wokeUp());
        ticker.millis(1_000);
        wall.updateAndGet(t -> t.minusSeconds(7_200));
        assertFalse(suspension.wokeUp());
    }

    @Test
    void aScheduleAllowsByTheHourOfTheWeek() {
        Allowance slow = new Allowance.Limited(OptionalLong.of(50_000), OptionalLong.empty());
        Set<DayOfWeek> workdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        Schedule schedule = Schedule.ALWAYS.with(workdays, 8, 18, slow)
                .with(Set.of(DayOfWeek.SUNDAY), 22, 6, new Allowance.Paused());
        LocalDateTime friday = LocalDateTime.of(2026, 11, 20, 8, 0);
        assertEquals(Allowance.free(), schedule.at(friday.minusSeconds(1)));
        assertEquals(slow, schedule.at(friday));
        assertEquals(slow, schedule.at(friday.withHour(17).withMinute(59)));
        assertEquals(Optional.of(friday.withHour(18)), schedule.nextChange(friday.plusMinutes(7)));
        assertEquals(Optional.of(LocalDateTime.of(2026, 11, 22, 22, 0)), schedule.nextChange(friday.withHour(18)));
        // over midnight, and over the end of the week
        assertEquals(new Allowance.Paused(), schedule.at(LocalDateTime.of(2026, 11, 23, 5, 59)));
        assertEquals(Allowance.free(), schedule.at(LocalDateTime.of(2026, 11, 23, 6, 0)));
        assertEquals(Optional.empty(), Schedule.ALWAYS.nextChange(friday));
        assertThrows(IllegalArgumentException.class, () -> Schedule.ALWAYS.with(workdays, 24, 1, slow));
    }

    @Test
    void allowancesAddUpToTheStricterOne() {
        Allowance up = new Allowance.Limited(OptionalLong.of(10), OptionalLong.empty());
        Allowance both = new Allowance.Limited(OptionalLong.of(20), OptionalLong.of(5));
        assertEquals(new Allowance.Limited(OptionalLong.of(10), OptionalLong.of(5)), up.and(both));
        assertEquals(up, up.and(Allowance.free()));
        assertEquals(new Allowance.Paused(), up.and(new Allowance.Paused()));
        assertEquals(new Allowance.Paused(), new Allowance.Paused().and(up));
    }
}
