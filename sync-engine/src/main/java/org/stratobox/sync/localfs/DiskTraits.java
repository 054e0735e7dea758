package org.stratobox.sync.localfs;

/// What the file system below a root can do, found out by trying (`sync-disk.md` 2.3, 2.7, 3.2).
///
/// @param exchange whether two names can be exchanged in one step ([LocalDisk#exchange])
/// @param atomicNoReplace whether [LocalDisk#renameNoReplace] looks and renames in one step; else another program may
///        take the name in between
/// @param foldsCase whether `a` and `A` are one name
/// @param foldsForms whether names in different Unicode normalisation forms are one name
/// @param inodes whether [FileStat#fileKey] tells files apart and follows a rename
/// @param symlinks whether it has symbolic links
/// @param modes whether it keeps permission bits
/// @param mtimeGranularityNanos two writes closer together than this may have one modification time
public record DiskTraits(boolean exchange, boolean atomicNoReplace, boolean foldsCase, boolean foldsForms,
        boolean inodes, boolean symlinks, boolean modes, long mtimeGranularityNanos) {
    /// @return these traits of a disk on which names cannot be exchanged
    public DiskTraits withoutExchange() {
        return new DiskTraits(false, atomicNoReplace, foldsCase, foldsForms, inodes, symlinks, modes,
                mtimeGranularityNanos);
    }
}
