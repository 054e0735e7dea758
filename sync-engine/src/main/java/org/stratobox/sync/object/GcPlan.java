package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.ObjectException.Reason;

/// What the collector is going to delete, type 9 (`format.md` 3.10): `{1: account, 2: author, 3: {device: [seq, hash]},
/// 4: [pack, ...], 5: created}`. Kept in `locks/`.
///
/// Candidates are the envelopes of the listed packs that no other pack holds: what was reachable from the frontier was copied
/// into other packs before the plan was made. A plan has no signature of its own. Its id is a digest of it, and heads name
/// ids: the plan is announced by a head of its author that acknowledges it, and over with the first one that does not any
/// more.
///
/// @param accountId which account
/// @param author the device that deletes
/// @param frontier newest heads the author knew
/// @param packs that are to go, ascending, at most 16 384
/// @param createdMillis the author's clock, milliseconds since 1970
public record GcPlan(Id16 accountId, DeviceId author, Map<DeviceId, ChainPoint> frontier, List<Digest256> packs,
        long createdMillis) {
    /// Most packs of one plan.
    public static final int MAX_PACKS = 16_384;
    private static final byte[] ID = "stratobox/v1/gc-id\0".getBytes(StandardCharsets.US_ASCII);

    /// @throws IllegalArgumentException if a number is out of range or the packs do not ascend
    public GcPlan {
        Limits.requireMillis(createdMillis);
        Limits.requireCount(frontier.size(), Limits.DEVICES);
        Limits.requireCount(packs.size(), MAX_PACKS);
        frontier = Collections.unmodifiableSortedMap(new TreeMap<>(frontier));
        packs = List.copyOf(packs);
        if (!ascending(packs)) {
            throw new IllegalArgumentException("packs out of order");
        }
    }

    /// @return `SHA-256("stratobox/v1/gc-id" || 0 || CBOR(1..5))[0:16]`: what heads acknowledge
    public Id16 id() {
        return Id16.of(Arrays.copyOf(Sha256.of(ID, encode()).bytes(), 16));
    }

    /// @return the body to seal
    public byte[] encode() {
        CborWriter out = new CborWriter(128 + frontier.size() * 60 + packs.size() * 34);
        out.map(5).uint(1).id(accountId).uint(2).id(author.id()).uint(3).map(frontier.size());
        frontier.forEach((device, point) -> point.write(out.id(device.id())));
        out.uint(4).array(packs.size());
        packs.forEach(out::digest);
        out.uint(5).integer(createdMillis);
        return out.toByteArray();
    }

    /// @param body an opened object of type 9
    /// @return the plan
    /// @throws ObjectException if it is anything else
    public static GcPlan decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        Id16 account = in.id();
        fields.key(2);
        DeviceId author = new DeviceId(in.id());
        fields.key(3);
        SortedMap<DeviceId, ChainPoint> frontier = new TreeMap<>();
        for (int left = in.map(Limits.DEVICES, 17 + 36); left > 0; left--) {
            DeviceId device = new DeviceId(in.id());
            if (!frontier.isEmpty() && frontier.lastKey().compareTo(device) >= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
            }
            frontier.put(device, ChainPoint.read(in));
        }
        fields.key(4);
        List<Digest256> packs = new ArrayList<>();
        for (int left = in.array(MAX_PACKS, 34); left > 0; left--) {
            packs.add(in.digest());
        }
        if (!ascending(packs)) {
            throw new ObjectException(Reason.NOT_CANONICAL, "packs out of order");
        }
        fields.key(5);
        GcPlan plan = new GcPlan(account, author, frontier, packs, Limits.millis(in));
        fields.endOfInput();
        return plan;
    }

    private static boolean ascending(List<Digest256> packs) {
        for (int i = 1; i < packs.size(); i++) {
            if (packs.get(i - 1).compareTo(packs.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
