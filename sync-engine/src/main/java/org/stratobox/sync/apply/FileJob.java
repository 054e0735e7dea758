package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// A file of a restore on its way onto the disk.
final class FileJob extends Growing {
    private final RelativePath path;
    private final TargetTree.Directory directory;
    private final Path growing;

    /// @param path in the state
    /// @param entry of a file
    /// @param directory where it belongs
    /// @param growing where it is until it is complete
    FileJob(RelativePath path, Entry entry, TargetTree.Directory directory, Path growing) {
        super(entry);
        this.path = path;
        this.directory = directory;
        this.growing = growing;
    }

    RelativePath path() {
        return path;
    }

    TargetTree.Directory directory() {
        return directory;
    }

    Path growing() {
        return growing;
    }

    @Override
    void write(byte[] bytes, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(growing, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            SparseFile.write(channel, bytes, offset, entry().size());
        }
    }
}
