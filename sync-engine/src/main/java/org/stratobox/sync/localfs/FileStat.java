package org.stratobox.sync.localfs;

/// What `lstat` says of one name.
///
/// @param kind what it is
/// @param size in bytes
/// @param mtimeNanos modification time, nanoseconds since 1970
/// @param ctimeNanos change time, nanoseconds since 1970; 0 where the system has none
/// @param fileKey inode number; 0 where the system has none
/// @param device number of the file system; 0 where the system has none
/// @param mode nine permission bits; 0644 or 0755 where the system has none
public record FileStat(Kind kind, long size, long mtimeNanos, long ctimeNanos, long fileKey, long device, int mode) {
    /// What a name stands for.
    public enum Kind {
        /// A regular file.
        FILE,
        /// A directory.
        DIRECTORY,
        /// A symbolic link, never followed.
        SYMLINK,
        /// A fifo, socket or device: never synced.
        OTHER
    }
}
