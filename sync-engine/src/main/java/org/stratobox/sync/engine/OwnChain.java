package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.AccountRecord;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackException;

/// Where this device's chain of heads stands: the newest one it made, as the home remembers it and as the nodes show it.
///
/// @param newest the newest own head; [ChainPoint#NONE] before the first
/// @param parents heads a new commit joins, the own one first
/// @param account the newest account record that was ever seen
/// @param isConfirmed whether the newest own head is known to be on the nodes
/// @param own the newest own head, if there is one
/// @param seen newest accepted heads of the other devices; never less than the own head before said
record OwnChain(ChainPoint newest, List<Digest256> parents, ChainPoint account, boolean isConfirmed,
        Optional<Head> own, Map<DeviceId, ChainPoint> seen) {
    /// @param local the newest own head of the home
    /// @param mine own heads that were read from the nodes now
    /// @param others the newest mergeable heads
    static OwnChain of(Optional<Head> local, List<Heads.Read> mine, Map<DeviceId, Head> others, AccountRecords records,
            Map<DeviceId, KnownHead> known) {
        Optional<Head> own = local.or(() -> mine.stream().map(Heads.Read::head)
                .max(java.util.Comparator.comparingLong(Head::seq)));
        boolean confirmed = own.isEmpty() || mine.stream().anyMatch(r -> r.signed().hash().equals(own.get().hash()))
                || Optional.ofNullable(known.get(own.get().device())).filter(k -> k.seq() == own.get().seq())
                        .isPresent();
        List<Digest256> parents = new ArrayList<>();
        own.ifPresent(head -> parents.add(head.hash()));
        others.values().forEach(head -> parents.add(head.hash()));
        Map<DeviceId, ChainPoint> seen = new TreeMap<>(own.map(Head::seen).orElse(Map.of()));
        others.forEach((device, head) -> seen.merge(device, head.point(), OwnChain::newer));
        ChainPoint account = newer(own.map(Head::account).orElse(ChainPoint.NONE),
                records.newestAccount().map(AccountRecord::point).orElse(ChainPoint.NONE));
        return new OwnChain(own.map(Head::point).orElse(ChainPoint.NONE), parents, account, confirmed, own, seen);
    }

    private static ChainPoint newer(ChainPoint a, ChainPoint b) {
        return a.seq() >= b.seq() ? a : b;
    }

    /// The newest own head of the home.
    static Optional<Signed<Head>> local(Home home, DeviceKeys keys, Heads heads) throws StratoboxException {
        Optional<byte[]> envelope = home.head();
        if (envelope.isEmpty()) {
            return Optional.empty();
        }
        Signed<Head> signed = heads.open(envelope.get())
                .orElseThrow(() -> new StratoboxException(Reason.FAILED, "The file \"head\" of this home is damaged."
                        + " Your data on the nodes is safe: set the device up again in a new home with your phrase."));
        return Optional.of(signed).filter(s -> s.record().device().equals(keys.device()));
    }

    /// Puts the newest own head again if it may not have arrived.
    OwnChain confirm(Home home, DeviceKeys keys, SyncIndex index, Mesh mesh)
            throws StratoboxException, IndexException, PackException, InterruptedException {
        if (isConfirmed || own.isEmpty()) {
            return this;
        }
        Optional<byte[]> envelope = home.head();
        if (envelope.isPresent()) {
            mesh.store().storeReplicated(Space.HEAD, ByteBuffer.wrap(envelope.get()));
            index.heads().add(new KnownHead(ObjectName.of(envelope.get()), keys.device(), newest.seq(), newest.hash(),
                    own.get().wallMillis()));
        }
        return new OwnChain(newest, parents, account, true, own, seen);
    }
}
