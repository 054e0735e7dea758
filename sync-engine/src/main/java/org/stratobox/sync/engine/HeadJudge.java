package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.engine.Heads.Read;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.HeadAcceptance;
import org.stratobox.sync.object.HeadRetention;
import org.stratobox.sync.object.HeadVerdict;
import org.stratobox.sync.object.Signed;

/// Judges the heads of all devices by the rules of [HeadAcceptance], each device's in the order of its chain. Pure.
final class HeadJudge {
    private final HeadAcceptance rules;
    private final Memory memory;
    private final long nowMillis;
    private final Map<DeviceId, NavigableMap<Long, Set<Digest256>>> hashes = new HashMap<>();
    private final List<Read> accepted = new ArrayList<>();
    private final List<Read> settled = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<DeviceId, Signed<Head>> mergeable;
    private final Map<DeviceId, Read> renewed = new TreeMap<>();

    /// What is remembered from earlier passes.
    ///
    /// @param accepted the newest accepted head of each device
    /// @param known places of heads that were read before
    /// @param allowed devices whose gaps the user has allowed
    record Memory(Map<DeviceId, Signed<Head>> accepted, Collection<KnownHead> known, Set<DeviceId> allowed) {
        static final Memory NONE = new Memory(Map.of(), List.of(), Set.of());
    }

    /// Something that is not as it should be.
    sealed interface Finding {
        DeviceId device();

        /// Two histories of one device.
        ///
        /// @param device which device
        /// @param seq where they part
        record Forked(DeviceId device, long seq) implements Finding {}

        /// A head that must be there is not.
        ///
        /// @param device which device
        /// @param missing the head
        record Gap(DeviceId device, ChainPoint missing) implements Finding {}

        /// Somebody has seen a newer head than any node serves.
        ///
        /// @param device which device
        /// @param seen the newest anybody has seen
        record Withheld(DeviceId device, ChainPoint seen) implements Finding {}

        /// A head that is not merged.
        ///
        /// @param device which device
        /// @param reason `CLOCK_AHEAD` or `SEEN_WENT_BACK`
        record Refused(DeviceId device, HeadVerdict.Reason reason) implements Finding {}
    }

    private HeadJudge(HeadAcceptance rules, Memory memory, long nowMillis) {
        this.rules = rules;
        this.memory = memory;
        this.nowMillis = nowMillis;
        mergeable = new TreeMap<>(memory.accepted());
    }

    /// @param heads that were read now; settled ones of earlier passes need not be among them
    /// @param nowMillis our clock, milliseconds since 1970
    static Found judge(HeadAcceptance rules, Memory memory, Collection<Read> heads, long nowMillis) {
        return new HeadJudge(rules, memory, nowMillis).judge(heads);
    }

    private Found judge(Collection<Read> heads) {
        memory.known().forEach(k -> note(k.device(), k.seq(), k.hash()));
        memory.accepted().values().forEach(a -> note(a.record()));
        heads.forEach(read -> note(read.head()));
        Map<DeviceId, List<Read>> byDevice = new TreeMap<>();
        heads.forEach(read -> byDevice.computeIfAbsent(read.head().device(), d -> new ArrayList<>()).add(read));
        byDevice.forEach(this::device);
        mergeable.keySet().removeIf(d -> rules.certificates().device(d).isEmpty());
        mergeable.values().removeIf(h -> isRevoked(h.record()));
        witnesses();
        return new Found(accepted, settled, renewed, mergeable, findings.stream().distinct().toList());
    }

    private void note(Head head) {
        note(head.device(), head.seq(), head.hash());
    }

    private void note(DeviceId device, long seq, Digest256 hash) {
        hashes.computeIfAbsent(device, d -> new TreeMap<>()).computeIfAbsent(seq, s -> new TreeSet<>()).add(hash);
    }

    /// A head accepted earlier, of a device that was removed with an earlier last head.
    private boolean isRevoked(Head head) {
        var revocation = rules.certificates().revoked().get(head.device());
        return revocation != null && head.seq() > revocation.last().seq();
    }

    private void device(DeviceId device, List<Read> heads) {
        heads.sort(Comparator.comparingLong((Read r) -> r.head().seq()).thenComparing(r -> r.signed().hash()));
        List<Signed<Head>> all = heads.stream().map(Read::signed).toList();
        long forkedAt = hashes.getOrDefault(device, new TreeMap<>()).entrySet().stream()
                .filter(e -> e.getValue().size() > 1).mapToLong(Map.Entry::getKey).min().orElse(Long.MAX_VALUE);
        if (forkedAt != Long.MAX_VALUE && !rules.certificates().revoked().containsKey(device)) {
            findings.add(new Finding.Forked(device, forkedAt));
        }
        for (Read read : heads) {
            boolean held = read.head().seq() >= forkedAt;
            Optional<Signed<Head>> last = Optional.ofNullable(mergeable.get(device));
            take(read, held, bridged(rules.judge(read.signed(), last, all, nowMillis), read, last, all));
        }
    }

    /// A gap that the rules of retention or the user explain is none.
    private HeadVerdict bridged(HeadVerdict verdict, Read read, Optional<Signed<Head>> last, List<Signed<Head>> all) {
        if (!(verdict instanceof HeadVerdict.Gap gap) || last.isEmpty()) {
            return verdict;
        }
        Head after = all.stream().map(Signed::record).filter(h -> h.seq() == gap.missing().seq() + 1).findFirst()
                .orElse(read.head());
        boolean explained = HeadRetention.mayBeGone(after, all.getLast().record())
                || memory.allowed().contains(read.head().device());
        return explained ? rules.judgeAfterGap(read.signed(), last.get(), nowMillis) : verdict;
    }

    private void take(Read read, boolean held, HeadVerdict verdict) {
        DeviceId device = read.head().device();
        switch (verdict) {
            case HeadVerdict.Accepted _ when !held -> {
                accepted.add(read);
                settled.add(read);
                mergeable.put(device, read.signed());
                renewed.put(device, read);
            }
            case HeadVerdict.Accepted _ -> accepted.add(read);
            case HeadVerdict.Known _ -> {
                accepted.add(read);
                settled.add(read);
            }
            case HeadVerdict.Equivocation fork -> {
                accepted.add(read);
                findings.add(new Finding.Forked(device, Math.min(fork.accepted().seq(), fork.other().seq())));
            }
            case HeadVerdict.Gap gap -> {
                accepted.add(read);
                findings.add(new Finding.Gap(device, gap.missing()));
            }
            case HeadVerdict.Rejected(HeadVerdict.Reason reason) when reason == HeadVerdict.Reason.REVOKED -> settled
                    .add(read);
            case HeadVerdict.Rejected(HeadVerdict.Reason reason) when reason == HeadVerdict.Reason.CLOCK_AHEAD
                    || reason == HeadVerdict.Reason.SEEN_WENT_BACK -> {
                accepted.add(read);
                findings.add(new Finding.Refused(device, reason));
            }
            case HeadVerdict.Rejected _ -> {
                // of nobody we know: not worth a word
            }
        }
    }

    /// A device that saw a newer head of another than any node serves is a witness that something is held back; one that saw
    /// another head under the same number is a witness of a fork.
    private void witnesses() {
        for (Signed<Head> witness : List.copyOf(mergeable.values())) {
            witness.record().seen().forEach((device, point) -> {
                NavigableMap<Long, Set<Digest256>> chain = hashes.getOrDefault(device, new TreeMap<>());
                boolean counts = rules.certificates().device(device).isPresent()
                        && !rules.certificates().revoked().containsKey(device);
                if (counts && (chain.isEmpty() || chain.lastKey() < point.seq())) {
                    findings.add(new Finding.Withheld(device, point));
                } else if (counts && chain.containsKey(point.seq())
                        && !chain.getOrDefault(point.seq(), Set.of()).contains(point.hash())) {
                    findings.add(new Finding.Forked(device, point.seq()));
                }
            });
        }
    }

    /// What was found.
    ///
    /// @param accepted genuine heads, held ones included, ascending by device and number; what a restore may use
    /// @param settled heads that need not be read again
    /// @param renewed heads that are the newest mergeable ones of their devices since now
    /// @param mergeable newest head of each device that may be merged, whether it was read now or earlier
    /// @param findings what is not as it should be
    record Found(List<Read> accepted, List<Read> settled, Map<DeviceId, Read> renewed,
            Map<DeviceId, Signed<Head>> mergeable, List<Finding> findings) {
        static final Found NONE = new Found(List.of(), List.of(), Map.of(), Map.of(), List.of());

        /// For a pass: the newest head of each device that the rules allow to be merged. Devices that are held are there
        /// with the last head before what they are held for, or not at all.
        Map<DeviceId, Head> newestMergeable() {
            Map<DeviceId, Head> heads = new TreeMap<>();
            mergeable.forEach((device, signed) -> heads.put(device, signed.record()));
            return heads;
        }

        /// For a restore, which must lose nothing: the newest head of each device and the newest of every other history of
        /// one that has several. They are joined as concurrent versions.
        List<Read> tips(long wallMillis) {
            List<Read> upTo = accepted.stream().filter(r -> r.head().wallMillis() <= wallMillis).toList();
            Set<Digest256> followed = new TreeSet<>();
            Map<DeviceId, NavigableMap<Long, Set<Digest256>>> places = new HashMap<>();
            for (Read read : upTo) {
                followed.add(read.head().previous());
                places.computeIfAbsent(read.head().device(), d -> new TreeMap<>())
                        .computeIfAbsent(read.head().seq(), s -> new TreeSet<>()).add(read.signed().hash());
            }
            Map<Digest256, Read> tips = new TreeMap<>();
            for (Read read : upTo) {
                NavigableMap<Long, Set<Digest256>> chain = places.getOrDefault(read.head().device(), new TreeMap<>());
                boolean isNewest = chain.lastKey() == read.head().seq();
                boolean isTwin = chain.getOrDefault(read.head().seq(), Set.of()).size() > 1;
                if (isNewest || (isTwin && !followed.contains(read.signed().hash()))) {
                    tips.put(read.signed().hash(), read);
                }
            }
            return List.copyOf(tips.values());
        }
    }
}
