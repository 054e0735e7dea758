package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;

/// The rules by which a head of another device is accepted (`format.md` 3.8, rules 2 to 7; rule 1, that its envelope opens
/// under the key of the epoch it names, is done when there is a head). Pure: what is known comes in, a verdict comes out.
///
/// @param certificates who may speak
/// @param epoch the newest account epoch; heads of earlier ones count too, their chains go on in it
public record HeadAcceptance(Certificates certificates, int epoch) {
    /// How far a head's clock may be ahead of ours, in milliseconds.
    public static final long MAX_AHEAD_MILLIS = 24L * 60 * 60 * 1000;

    /// @param head the head to judge
    /// @param accepted the device's head accepted last, if any was
    /// @param fetched further heads of the device, in any order; they close gaps
    /// @param nowMillis our clock, milliseconds since 1970
    /// @return whether the head may be merged. With no accepted head any valid one is the start of the chain: older ones may
    /// have been removed long ago
    public HeadVerdict judge(Signed<Head> head, Optional<Signed<Head>> accepted, Collection<Signed<Head>> fetched,
            long nowMillis) {
        Optional<HeadVerdict.Reason> fault = fault(head, nowMillis);
        if (fault.isPresent()) {
            return new HeadVerdict.Rejected(fault.get());
        }
        return accepted.isPresent()
                ? follow(head, accepted.get(), fetched, nowMillis)
                : new HeadVerdict.Accepted(head.record().point());
    }

    /// Accepts a head behind a gap that retention explains or the user has allowed: all rules but the chain.
    ///
    /// @param head the head to judge
    /// @param accepted the device's head accepted last
    /// @param nowMillis our clock, milliseconds since 1970
    /// @return whether the head may be merged
    public HeadVerdict judgeAfterGap(Signed<Head> head, Signed<Head> accepted, long nowMillis) {
        Optional<HeadVerdict.Reason> fault = fault(head, nowMillis);
        if (fault.isPresent()) {
            return new HeadVerdict.Rejected(fault.get());
        }
        return seenGrows(List.of(head), accepted.record())
                ? new HeadVerdict.Accepted(head.record().point())
                : new HeadVerdict.Rejected(HeadVerdict.Reason.SEEN_WENT_BACK);
    }

    /// @param newest newest accepted head of each device
    /// @return alarm: heads that somebody has seen and nobody serves, newest per device; a node holds them back or was
    /// rolled back
    public static Map<DeviceId, ChainPoint> withheld(Collection<Head> newest) {
        Map<DeviceId, Long> served = new TreeMap<>();
        newest.forEach(head -> served.merge(head.device(), head.seq(), Math::max));
        Map<DeviceId, ChainPoint> withheld = new TreeMap<>();
        for (Head head : newest) {
            head.seen().forEach((device, point) -> {
                if (point.seq() > served.getOrDefault(device, 0L)) {
                    withheld.merge(device, point, (a, b) -> a.seq() >= b.seq() ? a : b);
                }
            });
        }
        return withheld;
    }

    private Optional<HeadVerdict.Reason> fault(Signed<Head> signed, long nowMillis) {
        Head head = signed.record();
        Optional<DeviceRecord> device = certificates.device(head.device());
        if (device.isEmpty()) {
            return Optional.of(HeadVerdict.Reason.NOT_CERTIFIED);
        }
        if (!signed.verify(device.get().verifyKey())) {
            return Optional.of(HeadVerdict.Reason.BAD_SIGNATURE);
        }
        if (!head.accountId().equals(certificates.accountId())) {
            return Optional.of(HeadVerdict.Reason.OTHER_ACCOUNT);
        }
        if (head.epoch() > epoch) {
            return Optional.of(HeadVerdict.Reason.OTHER_EPOCH);
        }
        if (isRevoked(head)) {
            return Optional.of(HeadVerdict.Reason.REVOKED);
        }
        return head.wallMillis() - nowMillis > MAX_AHEAD_MILLIS
                ? Optional.of(HeadVerdict.Reason.CLOCK_AHEAD)
                : Optional.empty();
    }

    /// A head before the last one that counts is still good: it was published before the device was removed. That it lies on
    /// the chain to that last one shows when that one is judged.
    private boolean isRevoked(Head head) {
        Revocation revocation = certificates.revoked().get(head.device());
        if (revocation == null || head.seq() < revocation.last().seq()) {
            return false;
        }
        return !head.point().equals(revocation.last());
    }

    private HeadVerdict follow(Signed<Head> head, Signed<Head> accepted, Collection<Signed<Head>> fetched, long now) {
        ChainPoint point = head.record().point();
        ChainPoint last = accepted.record().point();
        if (point.seq() == last.seq()) {
            return point.equals(last) ? new HeadVerdict.Known() : new HeadVerdict.Equivocation(last, point);
        }
        if (point.seq() < last.seq()) {
            return older(head, accepted, fetched);
        }
        return chain(head, accepted, fetched, now);
    }

    /// An old head is normal, nodes keep many. It is an alarm only where the chain is known to have had another one there.
    private static HeadVerdict older(Signed<Head> head, Signed<Head> accepted, Collection<Signed<Head>> fetched) {
        ChainPoint point = head.record().point();
        Digest256 expected = accepted.record().previous();
        for (long seq = accepted.record().seq() - 1; seq >= point.seq(); seq--) {
            if (seq == point.seq()) {
                return point.hash().equals(expected)
                        ? new HeadVerdict.Known()
                        : new HeadVerdict.Equivocation(new ChainPoint(seq, expected), point);
            }
            Optional<Signed<Head>> between = find(fetched, new ChainPoint(seq, expected));
            if (between.isEmpty()) {
                break;
            }
            expected = between.get().record().previous();
        }
        return new HeadVerdict.Known();
    }

    private HeadVerdict chain(Signed<Head> head, Signed<Head> accepted, Collection<Signed<Head>> fetched, long now) {
        List<Signed<Head>> path = new ArrayList<>(List.of(head));
        Head first = head.record();
        while (first.seq() > accepted.record().seq() + 1) {
            ChainPoint before = new ChainPoint(first.seq() - 1, first.previous());
            Optional<Signed<Head>> found = find(fetched, before);
            if (found.isEmpty()) {
                return new HeadVerdict.Gap(before);
            }
            Optional<HeadVerdict.Reason> fault = fault(found.get(), now);
            if (fault.isPresent()) {
                return new HeadVerdict.Rejected(fault.get());
            }
            path.add(found.get());
            first = found.get().record();
        }
        ChainPoint last = accepted.record().point();
        if (!first.previous().equals(last.hash())) {
            return new HeadVerdict.Equivocation(last, new ChainPoint(last.seq(), first.previous()));
        }
        return seenGrows(path, accepted.record())
                ? new HeadVerdict.Accepted(head.record().point())
                : new HeadVerdict.Rejected(HeadVerdict.Reason.SEEN_WENT_BACK);
    }

    /// @param newestFirst heads of one chain
    private static boolean seenGrows(List<Signed<Head>> newestFirst, Head before) {
        Head previous = before;
        for (Signed<Head> next : newestFirst.reversed()) {
            Head head = next.record();
            for (Map.Entry<DeviceId, ChainPoint> e : previous.seen().entrySet()) {
                ChainPoint now = head.seen().getOrDefault(e.getKey(), ChainPoint.NONE);
                boolean same = now.equals(e.getValue());
                if (!same && now.seq() <= e.getValue().seq()) {
                    return false;
                }
            }
            if (head.account().seq() < previous.account().seq() || head.epoch() < previous.epoch()) {
                return false;
            }
            previous = head;
        }
        return true;
    }

    private static Optional<Signed<Head>> find(Collection<Signed<Head>> heads, ChainPoint point) {
        return heads.stream().filter(h -> h.record().seq() == point.seq() && h.hash().equals(point.hash()))
                .min(Comparator.comparing(Signed::hash));
    }
}
