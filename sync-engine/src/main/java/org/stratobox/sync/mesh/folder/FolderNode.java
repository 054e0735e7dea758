package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// A folder as a node: `<root>/<accountTag>/` in the layout of a restic repository, so that any restic REST server can
/// serve it later. Several accounts may share a root.
///
/// The `config` marker in the account's folder is what tells an empty node from an unmounted disk: without it every call
/// but [#prepare()] and [#isPrepared()] is [NodeException.Unreachable]. Put makes the file and its name durable before it
/// returns.
public final class FolderNode implements MeshNode {
    private final NodeSpec spec;
    private final Path root;
    private final Repository repository;
    private final FolderFeed feed;
    private volatile boolean closed;

    private FolderNode(NodeSpec spec, Path root, Repository repository) {
        this.spec = spec;
        this.root = root;
        this.repository = repository;
        this.feed = new FolderFeed(this, repository);
    }

    /// Nothing is read or written yet.
    ///
    /// @param spec which place this is
    /// @param root the folder the user chose
    /// @param accountTagHex the account's part of it, 32 lower-case hexadecimal digits
    /// @return the node
    public static FolderNode open(NodeSpec spec, Path root, String accountTagHex) {
        Path account = root.resolve(NodeMarker.requireAccountTag(accountTagHex));
        return new FolderNode(spec, root, Repository.at(account));
    }

    @Override
    public NodeSpec spec() {
        return spec;
    }

    /// Creates the root if only its last component is missing. Uploads that died more than a day ago are removed.
    @Override
    public void prepare() throws NodeException {
        requireOpen();
        try {
            if (Files.notExists(root)) {
                Files.createDirectory(root);
            }
            Optional<byte[]> marker = repository.config();
            if (marker.isPresent()) {
                NodeMarker.check(marker.get());
            } else {
                RootFolder.requireOurs(root);
            }
            repository.create();
            repository.removeStaleUploads();
            writeMarker();
        } catch (IOException e) {
            throw DiskFailure.of(e, root, NodeMarker.MAX_BYTES);
        }
    }

    private void writeMarker() throws IOException {
        try (Upload upload = repository.upload()) {
            upload.write(ByteBuffer.wrap(NodeMarker.bytes()));
            upload.commit(repository.configFile());
        }
    }

    @Override
    public boolean isPrepared() throws NodeException {
        requireOpen();
        try {
            if (!Files.isDirectory(root)) {
                throw new NodeException.Unreachable("the folder is not there; is its disk connected?");
            }
            Optional<byte[]> marker = repository.config();
            if (marker.isPresent()) {
                NodeMarker.check(marker.get());
            }
            return marker.isPresent();
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        requireOpen();
        MeshNode.requireNamed(name, body);
        int length = body.remaining();
        try {
            requireMarker();
            Path file = repository.objectFile(space, name);
            if (isPresent(file, length) || !store(file, body.duplicate())) {
                return PutResult.PRESENT;
            }
            return PutResult.STORED;
        } catch (IOException e) {
            throw DiskFailure.of(e, root, Math.max(1, length));
        }
    }

    private boolean isPresent(Path file, int length) throws IOException, NodeException {
        OptionalLong size = repository.size(file);
        if (size.isPresent() && size.getAsLong() != length) {
            throw new NodeException.Corrupt("the node holds " + size.getAsLong() + " bytes under a name of " + length);
        }
        return size.isPresent();
    }

    private boolean store(Path file, ByteBuffer body) throws IOException {
        try (Upload upload = repository.upload()) {
            upload.write(body);
            return upload.commit(file);
        }
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return read(space, name, 0, OptionalLong.empty());
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        MeshNode.requireRange(offset, length);
        return read(space, name, offset, OptionalLong.of(length));
    }

    private byte[] read(Space space, ObjectName name, long offset, OptionalLong length) throws NodeException {
        requireOpen();
        try (FileChannel channel = repository.open(repository.objectFile(space, name))) {
            long size = channel.size();
            long wanted = length.orElse(size);
            if (wanted > MAX_OBJECT || offset > size || wanted > size - offset) {
                throw new NodeException.Corrupt("the object has " + size + " bytes, which cannot be right");
            }
            return readFully(channel, offset, (int) wanted);
        } catch (NoSuchFileException e) {
            requireMarker();
            throw new NodeException.NotFound("no such object in " + space.directory());
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    private static byte[] readFully(FileChannel channel, long offset, int length) throws IOException, NodeException {
        byte[] out = new byte[length];
        ByteBuffer rest = ByteBuffer.wrap(out);
        while (rest.hasRemaining()) {
            rest.limit(Math.min(length, rest.position() + (256 << 10)));
            if (channel.read(rest, offset + rest.position()) < 0) {
                throw new NodeException.Corrupt("the object became shorter while it was read");
            }
            rest.limit(length);
        }
        return out;
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        requireOpen();
        try {
            OptionalLong size = repository.size(repository.objectFile(space, name));
            if (size.isEmpty()) {
                requireMarker();
                return Optional.empty();
            }
            return Optional.of(size.getAsLong());
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        requireOpen();
        try {
            List<StoredObject> found = repository.list(space);
            // Afterwards, so that a disk that vanishes halfway is not taken for a shorter list.
            requireMarker();
            return found;
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        requireOpen();
        try {
            boolean deleted = repository.delete(repository.objectFile(space, name));
            if (!deleted) {
                requireMarker();
            }
            return deleted;
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    @Override
    public Optional<Usage> usage() throws NodeException {
        requireOpen();
        try {
            requireMarker();
            FileStore store = Files.getFileStore(root);
            return Optional.of(new Usage(store.getTotalSpace() - store.getUnallocatedSpace(), store.getUsableSpace()));
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    /// What the operating system tells of the folder.
    @Override
    public Optional<ChangeFeed> changeFeed() {
        return Optional.of(feed);
    }

    private void requireMarker() throws NodeException {
        try {
            if (repository.size(repository.configFile()).isEmpty()) {
                throw new NodeException.Unreachable("the account's folder is not there; is its disk connected?");
            }
        } catch (IOException e) {
            throw DiskFailure.of(e, root, 0);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the node was closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        feed.close();
    }
}
