package org.stratobox.sync.index;

/// What `lstat` said of an entry when its content was last read: equal evidence means unchanged, unless it is racy
/// (`sync-disk.md` 2.3).
///
/// @param size in bytes
/// @param mtimeNanos modification time, nanoseconds since 1970
/// @param ctimeNanos change time, nanoseconds since 1970; 0 where the system has none
/// @param fileKey inode number; 0 where the system has none
/// @param mode nine permission bits
/// @param racy whether the file was modified so shortly before it was read that a later change might look the same
public record Evidence(long size, long mtimeNanos, long ctimeNanos, long fileKey, int mode, boolean racy) {
    /// Evidence of something that is not on disk.
    public static final Evidence ABSENT = new Evidence(0, 0, 0, 0, 0, false);

    /// @param now what `lstat` says now
    /// @return whether the entry is certainly the one this evidence was taken of
    public boolean proves(Evidence now) {
        return !racy && isOf(now);
    }

    /// @param now what `lstat` says now
    /// @return whether it says the same, which proves nothing if the evidence is racy
    public boolean isOf(Evidence now) {
        return size == now.size && mtimeNanos == now.mtimeNanos && ctimeNanos == now.ctimeNanos
                && fileKey == now.fileKey && mode == now.mode;
    }
}
