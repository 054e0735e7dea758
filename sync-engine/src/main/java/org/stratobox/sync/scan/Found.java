package org.stratobox.sync.scan;

import java.nio.file.Path;
import java.util.Optional;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.localfs.FileStat;

/// Something on disk that differs from the index.
///
/// @param directory row of the directory it is in
/// @param name NFC
/// @param path to open it by
/// @param shown path relative to the folder's root, for messages to the user
/// @param stat what `lstat` said
/// @param known the row the index has for this name, whatever its kind
public record Found(long directory, String name, Path path, String shown, FileStat stat,
        Optional<EntryIndex.Row> known) {
    @Override
    public String toString() {
        return "Found[" + stat.kind() + "]";
    }
}
