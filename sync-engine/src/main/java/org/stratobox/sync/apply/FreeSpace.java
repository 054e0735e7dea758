package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much room a disk has; a parameter, because a test has no full disk.
@FunctionalInterface
public interface FreeSpace {
    /// The real disks of this machine.
    FreeSpace REAL = directory -> Files.getFileStore(directory).getUsableSpace();

    /// @param directory an existing one
    /// @return bytes that can be written there
    /// @throws IOException if it cannot be told
    long of(Path directory) throws IOException;
}
