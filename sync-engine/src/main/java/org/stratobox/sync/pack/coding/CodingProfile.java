package org.stratobox.sync.pack.coding;

/// How a pack is cut into shares: any `k` of its `n` shares give it back. `k = 1` means `n` copies.
///
/// @param k shares that are needed, at least 1
/// @param n shares that are made, `k` to 256
public record CodingProfile(int k, int n) {
    /// Checks the numbers.
    public CodingProfile {
        if (k < 1 || n < k || n > 256) {
            throw new IllegalArgumentException("no such coding: " + k + " of " + n);
        }
    }

    /// @param n how many
    /// @return that many whole copies
    public static CodingProfile copies(int n) {
        return new CodingProfile(1, n);
    }

    /// @return how many shares have to be stored before a pack counts as safe: `k + ceil((n - k) / 2)`
    public int safeShares() {
        return k + (n - k + 1) / 2;
    }

    /// @return how many shares may be lost without losing the pack
    public int survives() {
        return n - k;
    }

    /// @return whether a share is the whole pack
    public boolean isCopies() {
        return k == 1;
    }

    @Override
    public String toString() {
        return k + "/" + n;
    }
}
