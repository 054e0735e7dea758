package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.ObjectException.Reason;

/// A pack, where its shares are and what it holds (`mesh.md` 4.3): `{1: pack id, 2: length, 3: k, 4: n,
/// 5: [[index, name, node, root], ...], 6: [[type, cid, offset, length], ...]}`.
///
/// @param packId SHA-256 of the pack's bytes
/// @param length of the pack in bytes
/// @param k how many shares rebuild it; 1 for copies
/// @param n how many different shares there are, k to 255
/// @param shares where they are; at most 1 024
/// @param items what is inside
public record PackRecord(Digest256 packId, int length, int k, int n, List<StoredShare> shares, List<PackItem> items) {
    private static final int MAX_SHARES = 1024;
    private static final int MAX_N = 255;
    private static final int MIN_SHARE_BYTES = 1 + 1 + 34 + 17 + 34;

    /// @throws IllegalArgumentException if a number is out of range or an item does not lie inside the pack
    public PackRecord {
        shares = List.copyOf(shares);
        items = List.copyOf(items);
        Limits.requireCount(items.size(), PackItem.MAX_ITEMS);
        if (length < 1 || k < 1 || n < k || n > MAX_N || shares.size() > MAX_SHARES
                || !fits(n, length, shares, items)) {
            throw new IllegalArgumentException("a pack record that contradicts itself");
        }
    }

    void write(CborWriter out) {
        out.map(6).uint(1).digest(packId).uint(2).uint(length).uint(3).uint(k).uint(4).uint(n);
        out.uint(5).array(shares.size());
        for (StoredShare share : shares) {
            out.array(4).uint(share.index()).digest(share.name().digest()).id(share.node().id())
                    .digest(share.merkleRoot());
        }
        PackItem.write(out.uint(6), items);
    }

    static PackRecord read(CborReader in) throws ObjectException {
        MapFields fields = new MapFields(in);
        fields.key(1);
        Digest256 packId = in.digest();
        fields.key(2);
        int length = (int) in.uint(Integer.MAX_VALUE);
        fields.key(3);
        int k = (int) in.uint(MAX_N);
        fields.key(4);
        int n = (int) in.uint(MAX_N);
        fields.key(5);
        List<StoredShare> shares = readShares(in);
        fields.key(6);
        List<PackItem> items = PackItem.readAll(in);
        fields.end();
        if (length < 1 || k < 1 || n < k || !fits(n, length, shares, items)) {
            throw new ObjectException(Reason.INCONSISTENT, "a pack record that contradicts itself");
        }
        return new PackRecord(packId, length, k, n, shares, items);
    }

    private static boolean fits(int n, int length, List<StoredShare> shares, List<PackItem> items) {
        return shares.stream().allMatch(s -> s.index() >= 0 && s.index() < n)
                && items.stream().allMatch(i -> i.offset() <= length - i.length());
    }

    private static List<StoredShare> readShares(CborReader in) throws ObjectException {
        int count = in.array(MAX_SHARES, MIN_SHARE_BYTES);
        List<StoredShare> shares = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.arrayOf(4);
            shares.add(new StoredShare((int) in.uint(MAX_N), new ObjectName(in.digest()), new NodeId(in.id()),
                    in.digest()));
        }
        return shares;
    }
}
