package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.localfs.AtomicFile;

/// Where files grow until they are complete: one directory `.stratobox-restore-RANDOM` on each file system that is written
/// to. A lock inside tells a restore that runs from one that crashed; what a crashed one left is removed. Used by one
/// thread, but for the files in it.
final class Staging implements AutoCloseable {
    static final String PREFIX = ".stratobox-restore-";
    private static final String LOCK = "lock";

    private final String name;
    private final Map<Long, Place> places = new HashMap<>();
    private boolean foundLeftovers;
    private long next;

    private record Place(Path directory, FileChannel lock) {}

    Staging(Entropy entropy) {
        this.name = PREFIX + HexFormat.of().formatHex(entropy.bytes(8));
    }

    /// @return whether an earlier restore to the same place was cut off
    boolean foundLeftovers() {
        return foundLeftovers;
    }

    /// @param directory where a file is going to be
    /// @param device number of its file system
    /// @return a name for the file until then; nothing is there yet
    /// @throws IOException if nothing can be written there
    Path file(Path directory, long device) throws IOException {
        Place place = places.get(device);
        if (place == null) {
            place = open(directory);
            places.put(device, place);
        }
        return place.directory().resolve(Long.toString(next++, 36));
    }

    private Place open(Path parent) throws IOException {
        removeLeftovers(parent);
        Path directory = parent.resolve(name);
        AtomicFile.createPrivateDirectories(directory);
        FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        // held until the channel is closed; a file system without locks cannot tell, so its leftovers stay
        tryLock(channel);
        return new Place(directory, channel);
    }

    private void removeLeftovers(Path parent) throws IOException {
        for (Path old : children(parent, PREFIX + "*")) {
            if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS) && isAbandoned(old)) {
                foundLeftovers = true;
                remove(old);
            }
        }
    }

    private static boolean isAbandoned(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            return tryLock(channel).isPresent();
        } catch (NoSuchFileException e) {
            // crashed before it had a lock, or is just starting: nothing is lost by leaving it
            return false;
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void remove(Path directory) throws IOException {
        for (Path file : children(directory, "*")) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }

    private static List<Path> children(Path directory, String glob) throws IOException {
        List<Path> out = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(out::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return out;
    }

    /// Removes what is in it.
    @Override
    public void close() throws IOException {
        for (Place place : places.values()) {
            // while the lock is held, so that no other restore removes the same files
            try (place.lock) {
                remove(place.directory());
            }
        }
        places.clear();
    }
}
