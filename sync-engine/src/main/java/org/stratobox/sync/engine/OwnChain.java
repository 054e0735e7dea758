package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
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
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackException;

/// Where this device's chain of heads stands: the newest one it made, as the home remembers it and as the nodes show it.
///
/// @param newest the newest own head; [ChainPoint#NONE] before the first
/// @param parents heads a new commit joins, the own one first
/// @param account the newest account record
/// @param isConfirmed whether the newest own head is known to be on the nodes
/// @param own the newest own head, if there is one
record OwnChain(ChainPoint newest, List<Digest256> parents, ChainPoint account, boolean isConfirmed,
        Optional<Head> own) {
    /// @param home remembers the newest own head
    /// @param found heads on the nodes that this device had not read before
    static OwnChain load(Home home, DeviceKeys keys, SyncIndex index, AccountRecords records, Heads.Found found)
            throws StratoboxException, IndexException {
        Optional<Head> local = local(home, keys);
        Optional<Head> remote = Optional.ofNullable(found.newest().get(keys.device())).map(Heads.Read::head);
        long localSeq = local.map(Head::seq).orElse(0L);
        if (remote.isPresent() && local.isPresent() && remote.get().seq() > localSeq) {
            throw new StratoboxException(Reason.FAILED,
                    "The nodes hold a newer state by this very device: this home is an older copy, or it was cloned."
                            + " Nothing was changed. Set the device up again in a new home: stratobox init, with your phrase.");
        }
        Optional<Head> own = local.or(() -> remote);
        Map<DeviceId, KnownHead> known = index.heads().newest();
        boolean confirmed = own.isEmpty() || Optional.ofNullable(known.get(keys.device()))
                .filter(k -> k.seq() == own.get().seq()).isPresent();
        List<Digest256> parents = new ArrayList<>();
        own.ifPresent(head -> parents.add(head.hash()));
        known.values().stream().filter(k -> !k.device().equals(keys.device())).forEach(k -> parents.add(k.hash()));
        return new OwnChain(own.map(Head::point).orElse(ChainPoint.NONE), parents,
                records.newestAccount().map(AccountRecord::point).orElse(ChainPoint.NONE), confirmed, own);
    }

    private static Optional<Head> local(Home home, DeviceKeys keys) throws StratoboxException {
        Optional<byte[]> envelope = home.head();
        if (envelope.isEmpty()) {
            return Optional.empty();
        }
        try {
            Signed<Head> signed = Head.decode(Opener.open(keys.epoch().headScope(), Cid.ofEnvelope(envelope.get()),
                    ObjectType.HEAD, envelope.get()));
            return Optional.of(signed.record()).filter(h -> h.device().equals(keys.device()));
        } catch (CryptoException | ObjectException e) {
            throw new StratoboxException(Reason.FAILED, "The file \"head\" of this home is damaged."
                    + " Your data on the nodes is safe: set the device up again in a new home with your phrase.", e);
        }
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
        return new OwnChain(newest, parents, account, true, own);
    }
}
