package org.stratobox.sync.pack.coding;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;

/// A hash tree over the 64 KiB leaves of a share (`mesh.md` 4.7), so that an audit can check one leaf without the rest.
/// `leaf = SHA-256(0x00 || bytes)`, `node = SHA-256(0x01 || left || right)`; a node without a neighbour moves up as it is
/// (the shape of RFC 6962). Immutable.
public final class MerkleTree {
    /// Bytes of a leaf; the last one may be shorter.
    public static final int LEAF = 64 << 10;

    private static final byte[] LEAF_PREFIX = {0};
    private static final byte[] NODE_PREFIX = {1};

    /// Level 0 are the leaves, the last level is the root.
    private final List<List<Digest256>> levels;

    private MerkleTree(List<List<Digest256>> levels) {
        this.levels = levels;
    }

    /// @param share what remains in the buffer; position and limit stay as they are
    /// @return its tree
    public static MerkleTree of(ByteBuffer share) {
        List<Digest256> leaves = new ArrayList<>();
        ByteBuffer rest = share.duplicate();
        do {
            ByteBuffer leaf = rest.slice(rest.position(), Math.min(LEAF, rest.remaining()));
            rest.position(rest.position() + leaf.remaining());
            leaves.add(leaf(leaf));
        } while (rest.hasRemaining());
        List<List<Digest256>> levels = new ArrayList<>();
        List<Digest256> level = leaves;
        levels.add(level);
        while (level.size() > 1) {
            level = above(level);
            levels.add(level);
        }
        return new MerkleTree(levels);
    }

    /// @return what stands for the whole share
    public Digest256 root() {
        return levels.getLast().getFirst();
    }

    /// @return number of leaves
    public int leaves() {
        return levels.getFirst().size();
    }

    /// @param leaf index
    /// @return the neighbours needed to get from that leaf to the root, lowest first
    public List<Digest256> path(int leaf) {
        List<Digest256> path = new ArrayList<>();
        int at = leaf;
        for (List<Digest256> level : levels) {
            int neighbour = at ^ 1;
            if (neighbour < level.size()) {
                path.add(level.get(neighbour));
            }
            at >>= 1;
        }
        return path;
    }

    /// @param root of the share
    /// @param shareLength bytes of the share, at least 1
    /// @param leaf index
    /// @param bytes what a node says is that leaf
    /// @param path from [#path]
    /// @return whether the leaf is that leaf of the share with this root
    public static boolean verify(Digest256 root, int shareLength, int leaf, byte[] bytes, List<Digest256> path) {
        int width = Math.ceilDiv(shareLength, LEAF);
        if (leaf < 0 || leaf >= width || bytes.length != Math.min(LEAF, shareLength - leaf * LEAF)) {
            return false;
        }
        Digest256 hash = leaf(ByteBuffer.wrap(bytes));
        int used = 0;
        int at = leaf;
        for (; width > 1; width = (width + 1) >> 1, at >>= 1) {
            if ((at ^ 1) >= width) {
                continue;
            }
            if (used == path.size()) {
                return false;
            }
            Digest256 neighbour = path.get(used++);
            hash = (at & 1) == 0 ? node(hash, neighbour) : node(neighbour, hash);
        }
        return used == path.size() && hash.equals(root);
    }

    private static List<Digest256> above(List<Digest256> level) {
        List<Digest256> out = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i < level.size(); i += 2) {
            out.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
        }
        return out;
    }

    private static Digest256 leaf(ByteBuffer bytes) {
        return new Sha256().update(LEAF_PREFIX, 0, 1).update(bytes).digest();
    }

    private static Digest256 node(Digest256 left, Digest256 right) {
        return Sha256.of(NODE_PREFIX, left.bytes(), right.bytes());
    }
}
