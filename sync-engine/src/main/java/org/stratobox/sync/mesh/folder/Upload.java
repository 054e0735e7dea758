package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/// An object that is being written: a temporary file without a name any reader looks for. It gets its name in one step,
/// after its bytes are on the disk, or disappears. Not thread-safe.
public final class Upload implements AutoCloseable {
    /// A write of a heap buffer is copied through native memory of the same size, so large bodies go in pieces.
    private static final int PIECE = 256 << 10;

    private final Path file;
    private final FileChannel channel;

    private Upload(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Upload in(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "upload-", ".part");
        try {
            return new Upload(file, FileChannel.open(file, StandardOpenOption.WRITE));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    Path folder() {
        return file.resolveSibling("");
    }

    FileTime created() throws IOException {
        return Files.getLastModifiedTime(file);
    }

    /// @param body appended; its position moves to its limit
    /// @throws IOException if it cannot be written
    public void write(ByteBuffer body) throws IOException {
        int end = body.limit();
        while (body.position() < end) {
            body.limit(Math.min(end, body.position() + PIECE));
            channel.write(body);
        }
        body.limit(end);
    }

    /// Makes the bytes durable and gives them their name, unless somebody else was first.
    ///
    /// @param target the name; its folder is created if need be
    /// @return whether the name is new; if not, what it held stays and the upload is dropped
    /// @throws IOException if it cannot be said that the object is safe
    public boolean commit(Path target) throws IOException {
        Path folder = target.resolveSibling("");
        channel.force(true);
        channel.close();
        boolean stored;
        try {
            stored = name(target);
        } catch (NoSuchFileException e) {
            DurableDirectory.create(folder);
            stored = name(target);
        }
        // Also when another writer was first: its name may not be durable yet, and our caller is told that it is.
        DurableDirectory.sync(folder);
        return stored;
    }

    /// A link fails if the name exists, which a rename does not; the rename serves file systems without links.
    private boolean name(Path target) throws IOException {
        try {
            Files.createLink(target, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(target)) {
                return false;
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    /// Drops the temporary file. Idempotent.
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
