package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;

/// Reading the user's disk. The real one is [RealFiles]; a simulated one takes its place in tests. Thread-safe. What also
/// writes is a [LocalDisk].
public interface LocalFiles {
    /// @param directory to list
    /// @return its children, complete
    /// @throws IOException if the listing is not complete for any reason
    List<Child> list(Path directory) throws IOException;

    /// @param path of anything; a symbolic link is not followed
    /// @return what is there
    /// @throws java.nio.file.NoSuchFileException if there is nothing
    /// @throws IOException if it cannot be told
    FileStat stat(Path path) throws IOException;

    /// @param file a regular file; a symbolic link is refused
    /// @return a channel for reading, at the first byte; it need not be a file of this machine
    /// @throws IOException if it cannot be opened
    SeekableByteChannel open(Path file) throws IOException;

    /// @param link a symbolic link
    /// @return the text of the link
    /// @throws IOException if it cannot be read
    String readLink(Path link) throws IOException;

    /// One name in a directory.
    ///
    /// @param path to open it by; never made from the name again, because the name may not be representable
    /// @param name as text
    /// @param decodable whether the text stands for exactly the bytes on disk
    record Child(Path path, String name, boolean decodable) {}
}
