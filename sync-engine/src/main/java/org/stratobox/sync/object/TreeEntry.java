package org.stratobox.sync.object;

import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// One name in a directory and what is known about it.
///
/// A deleted directory still has a tree below it: the tombstones of what it held. So may a file that took the place of a
/// directory, and a name nothing else is known about. Therefore the tree below is independent of the kind, and the entry
/// itself may be absent; one of the two is there.
///
/// @param name the last component of the path
/// @param entry the version at this path, or empty if only paths below are known
/// @param subtree what is known below this path, or empty for nothing
public record TreeEntry(String name, Optional<Entry> entry, Optional<Capability> subtree) {
    /// @throws IllegalArgumentException if the name is unusable, or there is neither entry nor subtree
    public TreeEntry {
        RelativePath.faultOfName(name).ifPresent(fault -> {
            throw new IllegalArgumentException("unusable name: " + fault);
        });
        if (entry.isEmpty() && subtree.isEmpty()) {
            throw new IllegalArgumentException("a name about which nothing is known");
        }
    }

    /// @param name the last component of the path
    /// @param entry the version at this path
    /// @return an entry with nothing below it
    public static TreeEntry of(String name, Entry entry) {
        return new TreeEntry(name, Optional.of(entry), Optional.empty());
    }
}
