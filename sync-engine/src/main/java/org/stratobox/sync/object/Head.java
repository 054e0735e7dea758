package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.SignatureContext;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.ObjectException.Reason;

/// A device's newest word, type 6 (`format.md` 3.8): `{1: account, 2: device, 3: epoch, 4: seq, 5: previous head's hash,
/// 6: cap of commit, 7: {device: [seq, hash]}, 8: [account record's seq, hash], 9: wall clock, 10: [gc id, ...],
/// 11: [cid, ...], 12: signature}`.
///
/// @param accountId which account
/// @param device who speaks
/// @param epoch account epoch
/// @param seq 1 for a device's first head, then one more each time
/// @param previous hash of the device's head before this one; zeros before the first
/// @param commit opens the state of all folders
/// @param seen newest accepted heads of the other devices; at most 1 024
/// @param account newest account record seen, or [ChainPoint#NONE]
/// @param wallMillis the device's clock, milliseconds since 1970
/// @param gcAcks plans of the collector this device heeds; at most 1 024
/// @param keep objects the collector must not remove on this device's word; at most 16 384
public record Head(Id16 accountId, DeviceId device, int epoch, long seq, Digest256 previous, Capability commit,
        Map<DeviceId, ChainPoint> seen, ChainPoint account, long wallMillis, List<Id16> gcAcks, List<Cid> keep)
        implements
            Signable {
    private static final byte[] HASH = "stratobox/v1/head-hash\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ACKS = 1024;
    private static final int MAX_KEEP = 16_384;

    /// @throws IllegalArgumentException if a number is out of range or a list too long
    public Head {
        Limits.requireEpoch(epoch);
        Limits.requireSeq(seq);
        Limits.requireMillis(wallMillis);
        Limits.requireCount(seen.size(), Limits.DEVICES);
        Limits.requireCount(gcAcks.size(), MAX_ACKS);
        Limits.requireCount(keep.size(), MAX_KEEP);
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
        gcAcks = List.copyOf(gcAcks);
        keep = List.copyOf(keep);
    }

    @Override
    public SignatureContext context() {
        return SignatureContext.HEAD;
    }

    @Override
    public int signatureKey() {
        return 12;
    }

    /// @return the head's own place in its device's chain
    public ChainPoint point() {
        return new ChainPoint(seq, hash());
    }

    /// @return `SHA-256("stratobox/v1/head-hash" || 0 || CBOR(1..11))`
    @Override
    public Digest256 hash() {
        return Sha256.of(HASH, unsigned());
    }

    /// @param identity the device that speaks
    /// @return this head with its signature
    /// @throws IllegalArgumentException if it is another device
    public Signed<Head> sign(DeviceIdentity identity) {
        if (!DeviceId.of(identity.deviceId()).equals(device)) {
            throw new IllegalArgumentException("a head of another device");
        }
        return new Signed<>(this, new Signature(identity.sign(context(), unsigned())));
    }

    @Override
    public byte[] unsigned() {
        CborWriter out = new CborWriter(256 + seen.size() * 60 + keep.size() * 34);
        out.map(11).uint(1).id(accountId).uint(2).id(device.id()).uint(3).uint(epoch).uint(4).uint(seq);
        out.uint(5).digest(previous).uint(6);
        Capabilities.write(out, commit);
        out.uint(7).map(seen.size());
        seen.forEach((other, point) -> point.write(out.id(other.id())));
        account.write(out.uint(8));
        out.uint(9).integer(wallMillis).uint(10).array(gcAcks.size());
        gcAcks.forEach(out::id);
        out.uint(11).array(keep.size());
        keep.forEach(cid -> out.digest(cid.digest()));
        return out.toByteArray();
    }

    /// @param body an opened object of type 6
    /// @return the head; its signature is still to be verified
    /// @throws ObjectException if it is anything else
    public static Signed<Head> decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        Id16 account = in.id();
        fields.key(2);
        DeviceId device = new DeviceId(in.id());
        fields.key(3);
        int epoch = Limits.epoch(in);
        fields.key(4);
        long seq = Limits.seq(in);
        fields.key(5);
        Digest256 previous = in.digest();
        fields.key(6);
        Capability commit = Capabilities.read(in);
        fields.key(7);
        Map<DeviceId, ChainPoint> seen = readSeen(in);
        fields.key(8);
        ChainPoint record = ChainPoint.read(in);
        fields.key(9);
        long wall = Limits.millis(in);
        fields.key(10);
        List<Id16> acks = readAcks(in);
        fields.key(11);
        Head head = new Head(account, device, epoch, seq, previous, commit, seen, record, wall, acks, readKeep(in));
        fields.key(12);
        Signature signature = new Signature(in.bytesExactly(VerifyKey.SIGNATURE_BYTES));
        fields.endOfInput();
        return new Signed<>(head, signature);
    }

    private static SortedMap<DeviceId, ChainPoint> readSeen(CborReader in) throws ObjectException {
        int n = in.map(Limits.DEVICES, 17 + 36);
        SortedMap<DeviceId, ChainPoint> seen = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            DeviceId device = new DeviceId(in.id());
            if (!seen.isEmpty() && seen.lastKey().compareTo(device) >= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
            }
            seen.put(device, ChainPoint.read(in));
        }
        return seen;
    }

    private static List<Id16> readAcks(CborReader in) throws ObjectException {
        int n = in.array(MAX_ACKS, 17);
        List<Id16> acks = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            acks.add(in.id());
        }
        return acks;
    }

    private static List<Cid> readKeep(CborReader in) throws ObjectException {
        int n = in.array(MAX_KEEP, 34);
        List<Cid> keep = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            keep.add(new Cid(in.digest()));
        }
        return keep;
    }
}
