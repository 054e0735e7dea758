package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.Head;

/// Whether this home may go on under its identity, or somebody else has used it: a restored machine, a copied home, a
/// second process on a copy, an index older than the home (`sync.md` 5). Pure but for what the index remembers.
final class OwnIdentity {
    /// Number of the own head that is about to be written: the index of a pass that died then says so, an old one does not.
    static final String BEING_PUT = "own-head-being-put";

    private final DeviceId device;
    private final Optional<Head> local;
    private final Map<Long, Digest256> mine = new TreeMap<>();
    private final long newestKnown;
    private final boolean indexIsFresh;
    private final long beingPut;

    /// @param local the newest own head of the home
    /// @param known heads the index remembers, of all devices
    /// @param beingPut number the index remembers under [#BEING_PUT], 0 if none
    OwnIdentity(DeviceId device, Optional<Head> local, Collection<KnownHead> known, long beingPut) {
        this.device = device;
        this.local = local;
        this.beingPut = beingPut;
        indexIsFresh = known.isEmpty();
        List<KnownHead> own = known.stream().filter(k -> k.device().equals(device)).toList();
        own.forEach(k -> mine.put(k.seq(), k.hash()));
        newestKnown = own.stream().mapToLong(KnownHead::seq).max().orElse(0);
        local.ifPresent(head -> {
            mine.put(head.seq(), head.hash());
            if (head.seq() > 1) {
                mine.putIfAbsent(head.seq() - 1, head.previous());
            }
        });
    }

    static long beingPut(SyncIndex index) throws IndexException {
        return index.get(BEING_PUT).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
    }

    /// @param served own heads on the nodes that were read now
    /// @return the last head that is surely this home's own, if the identity is used elsewhere; empty if all is well
    Optional<ChainPoint> usedElsewhere(List<Head> served) {
        if (isIndexOlder()) {
            return Optional.of(point(newestKnown));
        }
        Map<Long, Digest256> theirs = new HashMap<>();
        boolean foreign = false;
        for (Head head : served) {
            Digest256 twin = theirs.putIfAbsent(head.seq(), head.hash());
            foreign |= twin != null && !twin.equals(head.hash());
        }
        boolean adopting = local.isEmpty() && mine.isEmpty();
        if (adopting) {
            return foreign ? Optional.of(ChainPoint.NONE) : Optional.empty();
        }
        for (Head head : served) {
            foreign |= isForeign(head, served);
        }
        return foreign ? Optional.of(common(served)) : Optional.empty();
    }

    /// A pass that died between writing its head and remembering it leaves the index one behind, and says so.
    private boolean isIndexOlder() {
        if (indexIsFresh) {
            return false;
        }
        if (local.isEmpty()) {
            return newestKnown > 0;
        }
        long behind = local.get().seq() - newestKnown;
        return behind > 1 || (behind == 1 && beingPut != local.get().seq());
    }

    private boolean isForeign(Head head, List<Head> served) {
        if (local.isPresent() && head.seq() > local.get().seq()) {
            return true;
        }
        Digest256 expected = mine.get(head.seq());
        if (expected == null && local.isPresent()) {
            expected = walkDown(local.get(), head.seq(), served);
        }
        return expected != null && !expected.equals(head.hash());
    }

    /// The hash that the own chain has at a number, if the heads between are there.
    private @org.jspecify.annotations.Nullable Digest256 walkDown(Head from, long seq, List<Head> served) {
        Head at = from;
        while (at.seq() > seq + 1) {
            Digest256 before = at.previous();
            Optional<Head> next = served.stream().filter(h -> h.hash().equals(before)).findFirst();
            if (next.isEmpty()) {
                return null;
            }
            at = next.get();
        }
        return at.seq() == seq ? at.hash() : at.previous();
    }

    /// The highest number at which both histories have the same head.
    private ChainPoint common(List<Head> served) {
        List<ChainPoint> theirs = new ArrayList<>();
        for (Head head : served) {
            boolean isMine = head.hash().equals(mine.get(head.seq()));
            if (!isMine && head.seq() > 1) {
                theirs.add(new ChainPoint(head.seq() - 1, head.previous()));
            }
        }
        return theirs.stream().filter(p -> p.hash().equals(mine.get(p.seq())))
                .max(java.util.Comparator.comparingLong(ChainPoint::seq)).orElseGet(this::newestSure);
    }

    private ChainPoint newestSure() {
        return local.map(Head::point).orElseGet(() -> point(newestKnown));
    }

    private ChainPoint point(long seq) {
        return Optional.ofNullable(mine.get(seq)).map(hash -> new ChainPoint(seq, hash)).orElse(ChainPoint.NONE);
    }

    @Override
    public String toString() {
        return "OwnIdentity[" + device + "]";
    }
}
