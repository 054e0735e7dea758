package org.stratobox.sync.pack.coding;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;

/// Systematic Cauchy Reed-Solomon over GF(2^8) (`mesh.md` 4.3). Works byte by byte: byte `b` of every share depends only on
/// byte `b` of the others, so any byte range of a pack can be coded or decoded alone. Immutable, thread-safe.
public final class ReedSolomon {
    /// Inputs and output of one step stay in the processor's cache.
    private static final int BLOCK = 32 << 10;

    private final CodingProfile profile;

    /// @param profile k and n
    public ReedSolomon(CodingProfile profile) {
        this.profile = profile;
    }

    /// Makes shares from other shares: parity from data, lost data from what is left, or any mix.
    ///
    /// @param present shares that are there by index; the first k are used
    /// @param wanted where the shares to be made go, by index; must not overlap with what is present
    /// @param length bytes of the range, the same in every region
    /// @throws IllegalArgumentException if fewer than k shares are present or an index is not below n
    public void make(NavigableMap<Integer, Region> present, Map<Integer, Region> wanted, int length) {
        int k = profile.k();
        if (present.size() < k) {
            throw new IllegalArgumentException(k + " shares are needed, " + present.size() + " are there");
        }
        int[] indexes = present.keySet().stream().limit(k).mapToInt(this::checked).toArray();
        Region[] in = Arrays.stream(indexes).mapToObj(present::get).toArray(Region[]::new);
        int[][] inverse = CodingMatrix.inverse(profile, indexes);
        int[][] rows = new int[wanted.size()][];
        Region[] out = new Region[wanted.size()];
        int i = 0;
        for (Map.Entry<Integer, Region> want : wanted.entrySet()) {
            rows[i] = CodingMatrix.times(CodingMatrix.row(profile, checked(want.getKey())), inverse);
            out[i++] = want.getValue();
        }
        for (int at = 0; at < length; at += BLOCK) {
            int size = Math.min(BLOCK, length - at);
            for (int o = 0; o < out.length; o++) {
                combine(rows[o], in, out[o].plus(at), at, size);
            }
        }
    }

    private int checked(int share) {
        if (share < 0 || share >= profile.n()) {
            throw new IllegalArgumentException("there is no share " + share + " of " + profile);
        }
        return share;
    }

    /// Two inputs per pass: half the loads and stores of the output.
    private static void combine(int[] row, Region[] in, Region out, int at, int size) {
        Arrays.fill(out.array(), out.offset(), out.offset() + size, (byte) 0);
        int j = 0;
        for (; j + 1 < row.length; j += 2) {
            addTwo(GaloisField.row(row[j]), in[j].plus(at), GaloisField.row(row[j + 1]), in[j + 1].plus(at), out, size);
        }
        if (j < row.length) {
            addOne(GaloisField.row(row[j]), in[j].plus(at), out, size);
        }
    }

    private static void addTwo(byte[] r, Region x, byte[] s, Region y, Region out, int size) {
        byte[] a = x.array();
        byte[] b = y.array();
        byte[] o = out.array();
        int ai = x.offset();
        int bi = y.offset();
        int oi = out.offset();
        for (int i = 0; i < size; i++) {
            o[oi + i] ^= (byte) (r[a[ai + i] & 0xff] ^ s[b[bi + i] & 0xff]);
        }
    }

    private static void addOne(byte[] r, Region x, Region out, int size) {
        byte[] a = x.array();
        byte[] o = out.array();
        int ai = x.offset();
        int oi = out.offset();
        for (int i = 0; i < size; i++) {
            o[oi + i] ^= r[a[ai + i] & 0xff];
        }
    }
}
