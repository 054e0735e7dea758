package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.localfs.DirectoryTooLarge;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.localfs.RealFiles;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;

/// Whether a directory may be a synced folder, and whether it still is the one it was.
final class FolderChecks {
    private FolderChecks() {}

    /// @param directory as the user named it
    /// @param home of this device
    /// @param others folders of this device
    /// @return its real path
    static Path accept(Path directory, Path home, List<FolderSetting> others) throws StratoboxException {
        if (!Files.isDirectory(directory)) {
            throw new StratoboxException(Reason.USAGE,
                    "There is no directory " + directory + ". Nothing was changed; make it first, or name another.");
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory)) {
            throw new StratoboxException(Reason.USAGE, "The directory " + directory
                    + " cannot be read and written by this user. Nothing was changed.");
        }
        try {
            Path real = directory.toRealPath();
            if (real.getParent() == null) {
                throw new StratoboxException(Reason.USAGE,
                        "The root of a disk cannot be a synced folder. Choose a directory on it.");
            }
            if (overlaps(real, home.toRealPath())) {
                throw new StratoboxException(Reason.USAGE,
                        "The folder and the home of Stratobox may not be inside one another. Choose another with --home.");
            }
            for (FolderSetting other : others) {
                if (overlaps(real, other.path())) {
                    throw new StratoboxException(Reason.USAGE,
                            directory + " and the synced folder " + other.directory() + " are inside one another.");
                }
            }
            return real;
        } catch (IOException e) {
            throw new StratoboxException(Reason.USAGE, "The directory " + directory + " cannot be read.", e);
        }
    }

    static boolean overlaps(Path a, Path b) {
        return a.startsWith(b) || b.startsWith(a);
    }

    /// Marks a directory as the root of a folder, unless it is that already.
    static void mark(Path root, FolderId folder, Entropy entropy) throws StratoboxException {
        try {
            Optional<FolderMarker> marker = FolderMarker.read(new RealFiles(), root);
            if (marker.isPresent() && !marker.get().folder().equals(folder)) {
                throw new StratoboxException(Reason.USAGE, root
                        + " belongs to another synced folder or account (it holds a .stratobox marker). Nothing was changed.");
            }
            if (marker.isEmpty()) {
                new FolderMarker(folder, Id16.of(entropy.bytes(Id16.BYTES))).write(root);
            }
        } catch (IOException e) {
            throw new StratoboxException(Reason.USAGE,
                    "The directory " + root + " cannot be marked as a synced folder: "
                            + e.getClass().getSimpleName() + ". Nothing was changed.",
                    e);
        }
    }

    /// @return a sentence if the root holds nothing but the product's own, which for a folder that had files means that
    /// something is wrong with the disk more often than that everything was deleted
    static Optional<String> emptied(LocalFiles files, Path root) {
        try {
            return files.list(root).stream().allMatch(child -> child.name().startsWith(FolderMarker.OWN_PREFIX))
                    ? Optional.of("The folder has become empty. It is paused; nothing was deleted anywhere."
                            + " If you emptied it on purpose, put one file into it and sync again.")
                    : Optional.empty();
        } catch (DirectoryTooLarge e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The folder cannot be listed. It is paused; nothing was changed anywhere.");
        }
    }

    /// @return why the folder must not be scanned now, or empty if its root is the right one
    static Optional<String> problem(LocalFiles files, Path root, FolderId folder) {
        try {
            if (!isDirectory(files, root)) {
                return Optional.of(
                        "The folder is not there (is its disk connected?). It is paused; nothing was changed anywhere.");
            }
            Optional<FolderMarker> marker = FolderMarker.read(files, root);
            if (marker.isEmpty()) {
                return Optional.of("The folder has lost its marker .stratobox/folder (another disk? emptied by hand?)."
                        + " It is paused; nothing was changed anywhere. If it is the right one, add it again.");
            }
            return marker.get().folder().equals(folder)
                    ? Optional.empty()
                    : Optional.of(
                            "The folder's marker is that of another folder. It is paused; nothing was changed anywhere.");
        } catch (IOException e) {
            return Optional.of("The folder cannot be read. It is paused; nothing was changed anywhere.");
        }
    }

    private static boolean isDirectory(LocalFiles files, Path root) throws IOException {
        try {
            return files.stat(root).kind() == FileStat.Kind.DIRECTORY;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
