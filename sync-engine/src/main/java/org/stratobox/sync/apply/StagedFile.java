package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// The file of a step while it grows in the stage.
final class StagedFile extends Growing {
    private final Work work;
    private final RelativePath place;
    private final Path path;
    private final LocalDisk disk;

    /// @param work of a step that puts a file
    /// @param place in the own area
    /// @param folder whose stage it is
    StagedFile(Work work, Entry entry, RelativePath place, FolderDisk folder) {
        super(entry);
        this.work = work;
        this.place = place;
        this.path = folder.own(place);
        this.disk = folder.disk();
    }

    Work work() {
        return work;
    }

    RelativePath place() {
        return place;
    }

    Path path() {
        return path;
    }

    @Override
    void write(byte[] bytes, long offset) throws IOException {
        try (SeekableByteChannel channel = disk.openStaged(path)) {
            SparseFile.write(channel, bytes, offset, entry().size());
        }
    }
}
