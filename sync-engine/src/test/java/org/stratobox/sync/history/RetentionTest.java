package org.stratobox.sync.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.history.Retention.Kept;
import org.stratobox.sync.history.Retention.Mark;
import org.stratobox.sync.history.Retention.Policy;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RetentionTest {
    private static final long DAY = 86_400_000L;
    private static final long HOUR = 3_600_000L;
    /// Some day, not a Thursday.
    private static final long START = 20_000 * DAY + 2 * HOUR;
    private static final DeviceId A = new DeviceId(new Id16(1, 1));
    private static final DeviceId B = new DeviceId(new Id16(2, 2));
    /// As the standard, but with one newest head, so that thinning shows.
    private static final Policy BARE = new Policy(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365),
            Duration.ofDays(5 * 365), Duration.ofDays(30), Duration.ofDays(90), 1);

    private static Kept head(DeviceId device, long seq, long wall, Mark... marks) {
        return new Kept(device, seq, wall, Set.of(marks));
    }

    private static List<Kept> hourly(int days) {
        List<Kept> out = new ArrayList<>();
        for (int h = 0; h < days * 24; h++) {
            out.add(head(A, h + 1, START + h * HOUR));
        }
        return out;
    }

    @Test
    void fourHundredDaysAreThinnedByAge() {
        List<Kept> all = hourly(400);
        long now = START + 400 * DAY;
        Set<Kept> kept = new Retention(BARE).keep(all, now);
        long young = kept.stream().filter(k -> now - k.wallMillis() <= 30 * DAY).count();
        assertEquals(30 * 24, young);
        assertEquals(59, onePer(DAY, kept, now, 31 * DAY, 90 * DAY));
        assertEquals(38, onePer(7 * DAY, kept, now, 98 * DAY, 364 * DAY));
        Policy shorter = new Policy(BARE.all(), BARE.daily(), Duration.ofDays(120), BARE.fourWeekly(),
                BARE.beforeDeletion(), BARE.beforeMass(), 1);
        assertTrue(onePer(28 * DAY, new Retention(shorter).keep(all, now), now, 150 * DAY, 400 * DAY) >= 8);
    }

    /// Every day, week, ... between two ages has exactly one left, its last.
    private static long onePer(long unit, Set<Kept> kept, long now, long from, long to) {
        List<Long> walls = kept.stream().map(Kept::wallMillis).filter(w -> now - w > from && now - w <= to).toList();
        Set<Long> units = new HashSet<>();
        walls.forEach(w -> assertTrue(units.add(Math.floorDiv(w, unit)), "two in one"));
        walls.forEach(w -> assertEquals(unit - HOUR, Math.floorMod(w, unit), "the last"));
        return units.size();
    }

    /// The collector runs every day and can only keep what the days before left: that must be the same as asking once.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void askingEveryDayKeepsWhatAskingOnceKeeps(long seed) {
        Random random = new Random(seed);
        List<Kept> all = new ArrayList<>();
        TreeSet<Long> moments = new TreeSet<>();
        for (int i = 0; i < 1_500; i++) {
            moments.add(START + (long) (random.nextDouble() * 400 * DAY));
        }
        long seq = 0;
        for (long wall : moments) {
            Set<Mark> marks = EnumSet.noneOf(Mark.class);
            if (random.nextInt(20) == 0) {
                marks.add(Mark.DELETES);
            }
            if (random.nextInt(100) == 0) {
                marks.add(Mark.MASS);
            }
            all.add(new Kept(random.nextBoolean() ? A : B, ++seq, wall, marks));
        }
        Retention retention = new Retention(BARE);
        Set<Kept> left = new HashSet<>();
        int next = 0;
        for (int day = 1; day <= 400; day++) {
            long now = START + day * DAY;
            while (next < all.size() && all.get(next).wallMillis() <= now) {
                left.add(all.get(next++));
            }
            left = new HashSet<>(retention.keep(left, now));
            Set<Kept> once = new HashSet<>(retention.keep(all.subList(0, next), now));
            assertTrue(once.equals(left), "seed " + seed + " day " + day);
        }
    }

    @Test
    void stateBeforeADeletionStaysThirtyDaysHoweverShortTheRest() {
        Policy week = new Policy(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(4),
                Policy.LEAST_BEFORE_DELETION, Duration.ofDays(90), 1);
        Kept with = head(A, 1, START);
        Kept without = head(A, 2, START + HOUR, Mark.DELETES);
        Kept ofOther = head(B, 1, START + HOUR / 2);
        Kept newest = head(A, 3, START + 2 * HOUR);
        Kept newestOfOther = head(B, 2, START + 3 * HOUR);
        List<Kept> all = List.of(with, without, ofOther, newest, newestOfOther);
        assertEquals(Set.of(with, without, ofOther, newest, newestOfOther),
                new HashSet<>(new Retention(week).keep(all, START + HOUR + 30 * DAY)));
        assertEquals(Set.of(newest, newestOfOther),
                new HashSet<>(new Retention(week).keep(all, START + HOUR + 30 * DAY + 1)));
    }

    @Test
    void stateBeforeAMassChangeStaysNinetyDays() {
        List<Kept> all = new ArrayList<>(hourly(1));
        Kept before = all.get(11);
        all.set(12, head(A, 13, all.get(12).wallMillis(), Mark.MASS));
        long change = all.get(12).wallMillis();
        assertTrue(new Retention(BARE).keep(all, change + 90 * DAY).contains(before));
        assertTrue(!new Retention(BARE).keep(all, change + 90 * DAY + 1).contains(before));
    }

    @Test
    void newestHeadsStayHoweverOld() {
        List<Kept> all = hourly(10);
        Set<Kept> kept = new Retention(Policy.STANDARD).keep(all, START + 100_000 * DAY);
        assertEquals(new HashSet<>(all.subList(all.size() - 64, all.size())), new HashSet<>(kept));
        assertEquals(Set.of(all.getLast()), new HashSet<>(new Retention(BARE).keep(all, START + 100_000 * DAY)));
    }

    @Test
    void stateFromTheFutureStays() {
        List<Kept> all = List.of(head(A, 1, START + 10 * DAY), head(A, 2, START + 20 * DAY), head(A, 3, START));
        assertEquals(new HashSet<>(all), new HashSet<>(new Retention(BARE).keep(all, START)));
    }

    @Test
    void policyThatForgetsDeletedFilesTooSoonIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Policy(Duration.ZERO, Duration.ZERO, Duration.ZERO,
                Duration.ZERO, Duration.ofDays(29), Duration.ZERO, 1));
    }
}
