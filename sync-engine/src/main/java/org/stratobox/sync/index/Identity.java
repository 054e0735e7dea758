package org.stratobox.sync.index;

import org.stratobox.sync.model.EntryKind;

/// What tells a thing on disk from every other one, and survives renaming: evidence without the change time.
///
/// @param kind file, directory or link
/// @param inode 0 where the system has none
/// @param size in bytes; 0 for a directory
/// @param mtimeNanos modification time, nanoseconds since 1970; 0 for a directory, whose time moves with what is in it
public record Identity(EntryKind kind, long inode, long size, long mtimeNanos) {
    /// @param now what is somewhere now
    /// @return whether it is the same thing with the same bytes, as far as can be told without reading them
    public boolean isSame(Identity now) {
        return kind == now.kind && size == now.size && mtimeNanos == now.mtimeNanos
                && (inode == now.inode || inode == 0 || now.inode == 0);
    }
}
