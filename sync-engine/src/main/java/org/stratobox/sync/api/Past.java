package org.stratobox.sync.api;

import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.sync.api.Account.Listing;

/// The states an account was in, as far as they are kept (`sync-disk.md` 5.2). Reading only. A moment means the join of
/// what every device had published by then, by that device's clock; where clocks differ it is off by as much.
public interface Past {
    /// @param place what to list, now or at a moment
    /// @param to receives entries, parents first
    /// @throws StratoboxException with `USAGE` if there is no such folder or path in that state; else if it cannot be read
    void list(Place place, Consumer<Listing> to) throws StratoboxException;

    /// @param place of a file, now or at a moment
    /// @param to receives its bytes, each verified before it is written
    /// @throws StratoboxException with `USAGE` if there is no such file in that state; else if it cannot be read
    void cat(Place place, OutputStream to) throws StratoboxException;

    /// Lists what is known to be deleted at or below a path, ordered by path. A file that was moved is not among it.
    ///
    /// @param place where to look, now or at a moment
    /// @param to receives each deleted file, link or directory
    /// @throws StratoboxException if the state cannot be read
    void deleted(Place place, Consumer<Deleted> to) throws StratoboxException;

    /// Every kept version of what is at a path, followed back over renames.
    ///
    /// @param folder name of the folder
    /// @param path of a file or link, there or deleted
    /// @return newest first; an older one never stands before one that was made from it
    /// @throws StratoboxException with `USAGE` if the path was never known; else if the history cannot be read
    List<Version> versions(String folder, String path) throws StratoboxException;

    /// @param folder name of the folder
    /// @param path whose versions were listed
    /// @param version [Version#id()], or its beginning as long as it is clear
    /// @param to receives its bytes, each verified before it is written
    /// @throws StratoboxException with `USAGE` if there is no such version or it is no file; else if it cannot be read
    void catVersion(String folder, String path, String version, OutputStream to) throws StratoboxException;

    /// What something is or was.
    enum Kind {
        /// A file.
        FILE,
        /// A directory.
        DIRECTORY,
        /// A symbolic link.
        SYMLINK,
        /// Nothing: it was deleted, or moved away.
        DELETED
    }

    /// A place in a folder, now or in the past.
    ///
    /// @param folder name of the folder
    /// @param path below it, `/`-separated; empty for all of it
    /// @param atMillis state as of this time, milliseconds since 1970; empty for the newest
    record Place(String folder, String path, Optional<Long> atMillis) {
        /// @param folder name of the folder
        /// @param path below it; empty for all of it
        /// @return the place as it is now
        public static Place now(String folder, String path) {
            return new Place(folder, path, Optional.empty());
        }
    }

    /// Something that was deleted.
    ///
    /// @param path from the folder's root
    /// @param atMillis when, by the deleting device's clock, milliseconds since 1970
    /// @param device label of that device
    record Deleted(String path, long atMillis, String device) {}

    /// A version.
    ///
    /// @param id twelve hexadecimal digits, the same on every device
    /// @param path where it was: another than the one asked for if it was renamed since
    /// @param kind what it is
    /// @param size in bytes; 0 for what is not a file
    /// @param mtimeMillis modification time, milliseconds since 1970; 0 for a deletion
    /// @param writtenMillis when the device took it in, by its clock, milliseconds since 1970
    /// @param device label of the device it comes from
    record Version(String id, String path, Kind kind, long size, long mtimeMillis, long writtenMillis,
            String device) {}
}
