package org.stratobox.sync.localfs;

/// How much a disk holds.
///
/// @param free bytes this user can still write
/// @param total bytes it can hold
public record Room(long free, long total) {
    private static final long MOST_KEPT_FREE = 1_000_000_000L;

    /// @return bytes that stay free whatever is synced: a twentieth of the disk, at most 1 GB (`sync.md` 4)
    public long reserve() {
        return Math.min(MOST_KEPT_FREE, total / 20);
    }
}
