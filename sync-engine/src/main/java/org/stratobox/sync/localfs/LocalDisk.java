package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/// Every write the engine makes on a user's disk. The real one is [RealDisk]; the simulated one of the tests passes the
/// same contract suite, `LocalDiskContract`.
///
/// **Nothing here can destroy what a user wrote.** There is no rename that replaces, no delete of a user's path, no writing
/// into a user's file: [#openStaged] and [#discard] refuse every path outside the product's own area. The worst a wrong
/// caller can do is to move something to a wrong name.
///
/// **Own area**: what is below a directory [FolderMarker#OWN_PREFIX], that is, whose path has a component of exactly that
/// name before the last one. Its part [#STAGE] holds files that are being made, [#TRASH] what was displaced, [#PARK] user
/// data on its way between two names.
///
/// **No symbolic link is ever followed.** Paths are absolute and real, as [#real] gives them: no directory on the way may be
/// a link. Every method below (those of [LocalFiles] excepted) fails with [LinkInPath] and touches nothing if one is. The
/// real disk of Linux holds the directory while it works in it, so that nobody can put a link there in between; elsewhere
/// every directory on the way is looked at first.
///
/// **Atomic**: [#exchange], [#renameNoReplace], [#makeDirectory], [#makeLink], [#removeDirectory], [#discard] happened
/// wholly or not at all, for other programs and for a crash. If one fails with an `IOException`, nothing changed. A rename
/// keeps inode, size, modification time and bytes, and changes nothing of an open file; the change time may move.
///
/// **Durable** is only what was forced: the bytes, time and mode of a file by [#force], a name (made, renamed, removed) by
/// [#forceDirectory] of its directory; a rename from one directory into another needs both. Before that a power cut may
/// take back each of them by itself. A crash of the process takes back nothing.
///
/// **Failures** are those of `java.nio.file`: `NoSuchFileException` if what is named, or a directory on the way, is absent;
/// `FileAlreadyExistsException`, `DirectoryNotEmptyException`, `AccessDeniedException`; a plain `FileSystemException` with
/// the system's words as reason for a full or read-only disk, a name too long or forbidden, a busy file. No message holds a
/// path.
///
/// Thread-safe. Calls block and are not ended by interruption, but for reading and writing of channels.
public interface LocalDisk extends LocalFiles {
    /// Directory in the own area for files that are being made: never user data, so that they may be removed.
    String STAGE = "stage";
    /// Directory in the own area for what was displaced.
    String TRASH = "trash";
    /// Directory in the own area for user data on its way between two names, and for what is about to be exchanged with it.
    String PARK = "park";

    /// @param root a directory as the user named it; links in it are followed
    /// @return its path without links
    /// @throws IOException if there is no such directory
    Path real(Path root) throws IOException;

    /// What the file system of a root can do. Tried once per root, in the own area, and remembered.
    ///
    /// @param root real directory with an own area
    /// @return its traits
    /// @throws IOException if nothing can be written there
    DiskTraits traits(Path root) throws IOException;

    /// As [#stat], but never through a link on the way.
    ///
    /// @param path real
    /// @return what is there, or empty if there is nothing, also if a directory on the way is missing or is a file
    /// @throws LinkInPath if a directory on the way is a symbolic link
    /// @throws IOException if it cannot be told
    Optional<FileStat> look(Path path) throws IOException;

    /// Makes one directory.
    ///
    /// @param directory real; its parent exists
    /// @param mode nine permission bits, exactly those, whatever the mask of the process
    /// @throws java.nio.file.FileAlreadyExistsException if anything has the name
    /// @throws IOException if it cannot be made
    void makeDirectory(Path directory, int mode) throws IOException;

    /// Opens a file in [#STAGE] for reading and writing at any position; makes it if absent, readable by its owner only.
    /// Several channels may write different places of one file. What is left out reads as zeros and may be a hole.
    ///
    /// @param file real, in the stage of an own area
    /// @return a channel at the first byte
    /// @throws IllegalArgumentException if the path is not in a stage
    /// @throws IOException if it cannot be opened, or something that is not a regular file has the name
    SeekableByteChannel openStaged(Path file) throws IOException;

    /// Sets the modification time of a file, directory or link; of a link only where the system can.
    ///
    /// @param path real, not followed
    /// @param mtimeNanos nanoseconds since 1970; rounded to what the disk keeps
    /// @throws IOException if it cannot be set
    void setTime(Path path, long mtimeNanos) throws IOException;

    /// Sets permission bits where the system has them.
    ///
    /// @param path of a file or directory; a link is refused
    /// @param mode nine permission bits
    /// @throws IOException if they cannot be set
    void setMode(Path path, int mode) throws IOException;

    /// Copies what is not synced and belongs to the file on this machine: extended attributes of the user and the like, as
    /// far as it is cheap. Never the mode, never the time. What cannot be copied is left out silently.
    ///
    /// @param from a regular file
    /// @param to a regular file in a stage
    /// @throws IOException if one of them cannot be opened
    void copyExtras(Path from, Path to) throws IOException;

    /// @param link its name
    /// @param target text, written as it is
    /// @throws java.nio.file.FileAlreadyExistsException if anything has the name
    /// @throws IOException if it cannot be made
    void makeLink(Path link, String target) throws IOException;

    /// Exchanges what two names stand for, whatever the kinds. At no moment is either name without one of the two. Neither may
    /// be in a [#STAGE].
    ///
    /// @param one real, exists
    /// @param other real, exists, on the same file system
    /// @throws UnsupportedOperationException if the disk cannot; then `traits(root).exchange()` is false
    /// @throws IOException if it did not happen
    void exchange(Path one, Path other) throws IOException;

    /// Gives something another name that nothing else has. See [DiskTraits#atomicNoReplace] for the one weakness: without
    /// it, a file that another program makes between look and rename is replaced.
    ///
    /// @param from real, exists, of any kind
    /// @param to real, its parent exists, on the same file system
    /// @throws java.nio.file.FileAlreadyExistsException if anything has the name, which stays as it is
    /// @throws IOException if it did not happen
    void renameNoReplace(Path from, Path to) throws IOException;

    /// Removes a directory that is empty.
    ///
    /// @param directory real; never a link or file
    /// @throws java.nio.file.DirectoryNotEmptyException if anything is in it
    /// @throws IOException if it is still there
    void removeDirectory(Path directory) throws IOException;

    /// Removes a file or link in [#STAGE] or [#TRASH]. The caller knows that it is nobody's only copy.
    ///
    /// @param file real, in a stage or trash of an own area; need not exist
    /// @throws IllegalArgumentException if the path is anywhere else
    /// @throws IOException if it is still there
    void discard(Path file) throws IOException;

    /// Brings bytes, times and modes of files onto the disk. Faster for many at once than for each.
    ///
    /// @param files regular files on one file system
    /// @throws IOException if it is not certain of all of them
    void force(Collection<Path> files) throws IOException;

    /// Brings the names in a directory onto the disk where the system can.
    ///
    /// @param directory real
    /// @throws IOException if the system reports a failure
    void forceDirectory(Path directory) throws IOException;

    /// @param directory an existing one
    /// @return how much the disk holds that it is on
    /// @throws IOException if it cannot be told
    Room room(Path directory) throws IOException;

    /// @param path of anything
    /// @param part [#STAGE], [#TRASH] or [#PARK]
    /// @return whether the path is inside that part of an own area
    static boolean isIn(Path path, String part) {
        for (int i = 0; i + 2 < path.getNameCount(); i++) {
            if (path.getName(i).toString().equals(FolderMarker.OWN_PREFIX)
                    && path.getName(i + 1).toString().equals(part)) {
                return true;
            }
        }
        return false;
    }
}
