package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.stratobox.sync.mesh.NodeException;

/// What an [IOException] of a file system means for a node. Messages carry no path: they end up in the log.
public final class DiskFailure {
    private static final List<String> FULL = List.of("no space left", "quota exceeded", "not enough space",
            "disk full");
    private static final List<String> READ_ONLY = List.of("read-only file system", "operation not permitted",
            "permission denied", "write protected");

    private DiskFailure() {}

    /// @param failure what the file system said
    /// @param place any path on that file system
    /// @param wanted bytes the failed call wanted to write, 0 if it only read
    /// @return the same in the words of the port
    public static NodeException of(IOException failure, Path place, long wanted) {
        if (failure instanceof ClosedByInterruptException) {
            return new NodeException.Unreachable("interrupted", failure);
        }
        if (wanted > 0 && isFull(failure, place, wanted)) {
            return new NodeException.Full("the disk is full");
        }
        if (failure instanceof AccessDeniedException || says(failure, READ_ONLY)) {
            return new NodeException.Refused("the folder may not be used: permission denied or read-only");
        }
        if (failure instanceof NoSuchFileException) {
            return new NodeException.Unreachable("the folder is gone");
        }
        return new NodeException.Unreachable("the disk failed: " + reason(failure), failure);
    }

    /// The message depends on the system's language; the free space does not.
    private static boolean isFull(IOException failure, Path place, long wanted) {
        return says(failure, FULL) || usable(place).filter(free -> free < wanted).isPresent();
    }

    private static Optional<Long> usable(Path place) {
        try {
            return Optional.of(Files.getFileStore(place).getUsableSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean says(IOException failure, List<String> phrases) {
        String reason = reason(failure).toLowerCase(Locale.ROOT);
        return phrases.stream().anyMatch(reason::contains);
    }

    /// The message of a [FileSystemException] begins with the path; its reason does not.
    private static String reason(IOException failure) {
        Optional<String> said = failure instanceof FileSystemException f
                ? Optional.ofNullable(f.getReason())
                : Optional.ofNullable(failure.getMessage());
        return said.orElse(failure.getClass().getSimpleName());
    }
}
