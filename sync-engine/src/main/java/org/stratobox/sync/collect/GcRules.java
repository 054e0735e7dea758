package org.stratobox.sync.collect;

import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.GcPlan;
import org.stratobox.sync.object.Head;

/// When the author of a plan may delete, and how long others heed it (`format.md` 3.10). Pure. Times are milliseconds since
/// 1970 by the own clock.
///
/// Why nothing that is needed is deleted:
/// - what a device referenced before it acknowledged is in its acknowledging head or a later one, and the author looks again
///   at what all heads need right before it deletes;
/// - what it references afterwards is not a candidate: content is sealed anew under another address;
/// - what it takes from another device's head could be a candidate, if that head is older than the other's acknowledgement.
///   So the author also waits until every device has seen the acknowledging heads of all others, and the newest of those
///   that take no part; from then on nobody has such a head to merge.
public final class GcRules {
    /// A device whose newest head is younger takes part.
    public static final long ACTIVE_MILLIS = days(21);
    /// A plan waits at least so long.
    public static final long HOLD_MILLIS = days(2);
    /// All deletions have ended after that, or the plan is dropped.
    public static final long DEADLINE_MILLIS = days(10);
    /// A plan is heeded for so long unless it ends before.
    public static final long HEEDED_MILLIS = days(21);
    /// A device that published last before that looks whether what it knows is still there.
    public static final long DORMANT_MILLIS = days(7);
    /// A pack must be little used for so long before it is a candidate.
    public static final long IDLE_MILLIS = days(1);
    /// How wrong clocks may be.
    public static final long SKEW_MILLIS = days(1);
    /// A pack of which less is needed is little used, in percent.
    public static final int LIVE_PERCENT = 70;
    /// A plan that deletes more of all bytes needs the user's consent, in percent.
    public static final int CONSENT_PERCENT = 20;

    private GcRules() {}

    private static long days(int n) {
        return n * 24L * 3600 * 1000;
    }

    /// What the author does with an open plan now.
    public enum Verdict {
        /// Nothing yet.
        WAIT,
        /// Look again at what is needed, then delete the rest.
        DELETE,
        /// It took too long; nothing of it may be deleted any more.
        DROP
    }

    /// @param plan an own one that is open
    /// @param newest newest accepted head of every device that was not removed, the own one included
    /// @param acks number of the first head of each device that acknowledged the plan
    /// @param nowMillis now
    /// @return what to do
    public static Verdict verdict(GcPlan plan, Map<DeviceId, Head> newest, Map<DeviceId, Long> acks, long nowMillis) {
        long age = nowMillis - plan.createdMillis();
        if (age > DEADLINE_MILLIS || age < -SKEW_MILLIS) {
            return Verdict.DROP;
        }
        boolean heard = age >= HOLD_MILLIS && mayAuthor(newest, nowMillis)
                && newest.values().stream().filter(h -> isActive(h, nowMillis)).allMatch(h -> agrees(plan, h, newest,
                        acks, nowMillis));
        return heard ? Verdict.DELETE : Verdict.WAIT;
    }

    private static boolean agrees(GcPlan plan, Head head, Map<DeviceId, Head> newest, Map<DeviceId, Long> acks,
            long nowMillis) {
        return head.gcAcks().contains(plan.id())
                && newest.values().stream().filter(other -> !other.device().equals(head.device()))
                        .allMatch(other -> hasSeen(head, other, acks, nowMillis));
    }

    /// The acknowledgement of a device that takes part; the last word of one that does not.
    private static boolean hasSeen(Head head, Head other, Map<DeviceId, Long> acks, long nowMillis) {
        long seen = head.seen().getOrDefault(other.device(), ChainPoint.NONE).seq();
        long first = isActive(other, nowMillis)
                ? acks.getOrDefault(other.device(), Long.MAX_VALUE)
                : other.seq();
        return seen >= first;
    }

    private static boolean isActive(Head head, long nowMillis) {
        return nowMillis - head.wallMillis() < ACTIVE_MILLIS;
    }

    /// @param newest newest accepted head of every device
    /// @param nowMillis now
    /// @return whether the own clock fits those of the others well enough to make or carry out plans
    public static boolean mayAuthor(Map<DeviceId, Head> newest, long nowMillis) {
        return newest.values().stream().allMatch(h -> h.wallMillis() - nowMillis <= SKEW_MILLIS);
    }

    /// @param plan of any device
    /// @param announced whether a head of the author ever named it
    /// @param author the author's newest accepted head; empty if it has none or was removed
    /// @param nowMillis now
    /// @return whether its candidates must still not be referenced
    public static boolean isOpen(GcPlan plan, boolean announced, Optional<Head> author, long nowMillis) {
        Id16 id = plan.id();
        boolean ended = announced && author.filter(h -> h.gcAcks().contains(id)).isEmpty();
        return !ended && nowMillis - plan.createdMillis() < HEEDED_MILLIS;
    }

    /// @param lastOwnMillis time of the newest own head; empty if there is none
    /// @param nowMillis now
    /// @return whether this device must look whether what it knows is still there, before it publishes
    public static boolean isDormant(Optional<Long> lastOwnMillis, long nowMillis) {
        return lastOwnMillis.filter(last -> Math.abs(nowMillis - last) < DORMANT_MILLIS).isEmpty();
    }

    /// How much of a pack is needed.
    ///
    /// @param packId SHA-256 of the pack
    /// @param live bytes of its envelopes that something needs
    /// @param total bytes of all its envelopes
    public record Usage(Digest256 packId, long live, long total) {
        /// @return whether the pack is little used
        public boolean isIdle() {
            return live * 100 < total * LIVE_PERCENT;
        }
    }
}
