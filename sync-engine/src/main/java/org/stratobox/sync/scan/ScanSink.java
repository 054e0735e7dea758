package org.stratobox.sync.scan;

import java.nio.file.Path;
import java.util.List;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.IndexException;

/// Takes what a scan finds. Called by the scanning thread, one call at a time; it may block to slow the scan down.
public interface ScanSink {
    /// A file that is new or may have changed.
    ///
    /// @param file to be read
    /// @throws InterruptedException if the scan is to end
    void file(Found file) throws InterruptedException;

    /// Directories and symbolic links of one directory that are new or changed.
    ///
    /// @param entries all in the same directory, at least one
    /// @return their rows, in the same order
    /// @throws IndexException if they could not be recorded
    List<Long> small(List<Found> entries) throws IndexException;

    /// A name that is gone. Said only when its directory was listed completely and `lstat` finds nothing.
    ///
    /// @param directory row of the directory it was in
    /// @param gone its row
    /// @param parent the directory on disk
    void gone(long directory, EntryIndex.Row gone, Path parent);

    /// Something that cannot be synced. The rest goes on.
    ///
    /// @param shown path relative to the folder's root
    /// @param reason a sentence for the user
    void problem(String shown, String reason);

    /// Something that can be synced is on the disk under this name.
    ///
    /// @param directory path of its directory relative to the folder's root, empty for the root
    /// @param name NFC
    default void named(String directory, String name) {
        // few want to know
    }

    /// An entry was looked at.
    ///
    /// @param size in bytes; 0 for what is not a file
    void seen(long size);
}
