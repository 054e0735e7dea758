package org.stratobox.sync.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.sync.model.DeviceId;

/// Which states of the account are kept (`sync-disk.md` 5.2). Whole states are thinned, never single files. Pure: the
/// collector asks it for the roots from which everything reachable stays.
///
/// Of each device's chain stay: the newest head, always; the newest few; everything that is young; of what is older the last
/// of each day, then of each week, then of each four weeks; and both sides of a deletion or of a
/// great change. Days and weeks are counted from 1970, so the same states stay whenever the question is asked, and what
/// is dropped once is never missed later.
public final class Retention {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Policy policy;

    /// @param policy how long what is kept
    public Retention(Policy policy) {
        this.policy = policy;
    }

    /// How long what is kept, to the day, week or four weeks in which it ends.
    ///
    /// @param all every state that is not older
    /// @param daily the last of each day that is not older
    /// @param weekly the last of each week that is not older
    /// @param fourWeekly the last of each four weeks that is not older
    /// @param beforeDeletion what was there before a deletion, counted from the deletion; at least 30 days
    /// @param beforeMass what was there before a mass change, counted from the change
    /// @param newest heads of each device that stay whatever their age, at least 1
    public record Policy(Duration all, Duration daily, Duration weekly, Duration fourWeekly, Duration beforeDeletion,
            Duration beforeMass, int newest) {
        /// Shortest time that the last version of something deleted is kept.
        public static final Duration LEAST_BEFORE_DELETION = Duration.ofDays(30);

        /// What counts unless the user says otherwise.
        public static final Policy STANDARD = keepingAll(Duration.ofDays(30));

        /// @throws IllegalArgumentException if no head is to stay, or what is deleted is not kept long enough
        public Policy {
            if (newest < 1 || beforeDeletion.compareTo(LEAST_BEFORE_DELETION) < 0) {
                throw new IllegalArgumentException("too little would be kept");
            }
        }

        /// @param all every state that is not older, the one thing that is a setting
        /// @return the policy with it
        public static Policy keepingAll(Duration all) {
            return new Policy(all, Duration.ofDays(90), Duration.ofDays(365), Duration.ofDays(5 * 365),
                    LEAST_BEFORE_DELETION, Duration.ofDays(90), 64);
        }
    }

    /// What a state did, compared with the one before it.
    public enum Mark {
        /// Something is deleted in it.
        DELETES,
        /// It was held by a brake, or changed so much that it might have been.
        MASS
    }

    /// A head of a device's chain, with what its commit did.
    ///
    /// @param device whose
    /// @param seq its number
    /// @param wallMillis that device's clock, milliseconds since 1970
    /// @param marks what it did; if nobody looked, all of them: then more is kept than need be, never less
    public record Kept(DeviceId device, long seq, long wallMillis, Set<Mark> marks) {
        /// Copies.
        public Kept {
            marks = Set.copyOf(marks);
        }
    }

    /// @param heads every head there is, of all devices that were not removed from the account
    /// @param nowMillis this device's clock, milliseconds since 1970
    /// @return those that stay: newest heads of all devices among them, however old
    public Set<Kept> keep(Collection<Kept> heads, long nowMillis) {
        Map<DeviceId, List<Kept>> chains = new TreeMap<>();
        heads.forEach(h -> chains.computeIfAbsent(h.device(), _ -> new ArrayList<>()).add(h));
        Set<Kept> out = new TreeSet<>(Comparator.comparing(Kept::device).thenComparingLong(Kept::seq));
        for (List<Kept> chain : chains.values()) {
            chain.sort(Comparator.comparingLong(Kept::seq).reversed());
            out.addAll(chain.subList(0, Math.min(chain.size(), policy.newest())));
            byAge(chain, nowMillis, out);
        }
        for (Kept head : heads) {
            if (needsBefore(head, nowMillis)) {
                // without it nobody would know tomorrow that the one before it is still needed
                out.add(head);
                chains.values().forEach(chain -> before(head, chain, out));
            }
        }
        return out;
    }

    private void byAge(List<Kept> newestFirst, long now, Set<Kept> out) {
        Map<Long, Set<Long>> seen = new HashMap<>();
        for (Kept head : newestFirst) {
            long bucket = bucket(head.wallMillis(), now);
            if (bucket == 0 || (bucket > 0 && seen.computeIfAbsent(bucket, _ -> new TreeSet<>())
                    .add(Math.floorDiv(head.wallMillis(), bucket)))) {
                out.add(head);
            }
        }
    }

    /// All of a week leave the days together, and so on: what stays of it does not depend on when the question was asked.
    ///
    /// @return one of how long a time stays; 0 for all, negative for none
    private long bucket(long wall, long now) {
        if (sinceEnd(wall, 28 * DAY, now) > policy.weekly().toMillis()) {
            return sinceEnd(wall, 28 * DAY, now) > policy.fourWeekly().toMillis() ? -1 : 28 * DAY;
        }
        if (sinceEnd(wall, 7 * DAY, now) > policy.daily().toMillis()) {
            return 7 * DAY;
        }
        return sinceEnd(wall, DAY, now) > policy.all().toMillis() ? DAY : 0;
    }

    private static long sinceEnd(long wall, long bucket, long now) {
        return now - (Math.floorDiv(wall, bucket) + 1) * bucket;
    }

    private boolean needsBefore(Kept head, long now) {
        long age = now - head.wallMillis();
        return (head.marks().contains(Mark.DELETES) && age <= policy.beforeDeletion().toMillis())
                || (head.marks().contains(Mark.MASS) && age <= policy.beforeMass().toMillis());
    }

    /// What was deleted may have come from any device a moment before: the last state of each until then stays.
    private static void before(Kept head, List<Kept> newestFirst, Set<Kept> out) {
        newestFirst.stream()
                .filter(k -> k.device().equals(head.device())
                        ? k.seq() < head.seq()
                        : k.wallMillis() <= head.wallMillis())
                .findFirst().ifPresent(out::add);
    }
}
