package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalFiles;

/// Gives complete files their names, and never one that something else has: then the file goes beside it, or is dropped if
/// the very same bytes are there. Thread-safe.
final class Placement {
    private final BesideNames names;
    private final LocalFiles files;

    Placement(BesideNames names, LocalFiles files) {
        this.names = names;
        this.files = files;
    }

    /// What became of a file.
    enum Placed {
        /// It has its name.
        WRITTEN,
        /// It has another name, because something else has its own.
        BESIDE,
        /// It was there already.
        KEPT
    }

    /// @param job a file that is complete under its temporary name; its bytes are on the disk
    /// @return what became of it
    /// @throws IOException if it cannot be placed; the temporary file may be left
    Placed place(FileJob job) throws IOException {
        Path file = job.growing();
        finishBytes(job);
        TargetTree.setTime(file, job.entry().mtimeMillis());
        for (int i = 0; i < BesideNames.MOST; i++) {
            Path name = TargetTree.child(job.directory(), names.name(job.path().name(), i));
            if (takesName(file, name)) {
                Files.deleteIfExists(file);
                return i == 0 ? Placed.WRITTEN : Placed.BESIDE;
            }
            if (isEqual(file, name)) {
                Files.deleteIfExists(file);
                return Placed.KEPT;
            }
        }
        throw new NotWritable(Sentences.TOO_MANY);
    }

    private static void finishBytes(FileJob job) throws IOException {
        Path file = job.growing();
        if (Files.size(file) != job.entry().size()) {
            throw new NotWritable(Sentences.NOT_WHOLE);
        }
        TargetTree.setMode(file, job.entry().mode());
    }

    /// A link fails if the name exists, which a rename does not; the rename serves file systems without links.
    private static boolean takesName(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private boolean isEqual(Path file, Path there) throws IOException {
        try {
            FileStat stat = files.stat(there);
            return stat.kind() == FileStat.Kind.FILE && stat.size() == Files.size(file)
                    && TargetTree.isSameName(there) && Files.mismatch(file, there) < 0;
        } catch (NoSuchFileException e) {
            // it went away: whatever it was, the next name is free for sure
            return false;
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    /// @param directory where it belongs
    /// @param name of the link
    /// @param target text of a symbolic link; written as it is, never followed
    /// @return what became of it
    /// @throws IOException if it cannot be made
    Placed placeLink(TargetTree.Directory directory, String name, String target) throws IOException {
        for (int i = 0; i < BesideNames.MOST; i++) {
            Path link = TargetTree.child(directory, names.name(name, i));
            try {
                Files.createSymbolicLink(link, link.getFileSystem().getPath(target));
                return i == 0 ? Placed.WRITTEN : Placed.BESIDE;
            } catch (FileAlreadyExistsException e) {
                if (files.stat(link).kind() == FileStat.Kind.SYMLINK && TargetTree.isSameName(link)
                        && files.readLink(link).equals(target)) {
                    return Placed.KEPT;
                }
            } catch (UnsupportedOperationException e) {
                throw new NotWritable(Sentences.NO_LINKS);
            }
        }
        throw new NotWritable(Sentences.TOO_MANY);
    }
}
