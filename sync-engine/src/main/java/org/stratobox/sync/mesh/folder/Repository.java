package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// One repository on disk: `config`, `keys/`, `snapshots/`, `index/`, `locks/`, `data/<2 hex>/` and `tmp/` for what is
/// not finished. Plain file operations with plain [IOException]s; the faces ([FolderNode], the embedded server) give them
/// their meaning. Thread-safe, also against other processes on the same folder.
public final class Repository {
    private static final String TEMPORARY = "tmp";
    private static final List<String> FAN_OUT = IntStream.range(0, 256)
            .mapToObj(i -> HexFormat.of().toHexDigits((byte) i)).toList();
    private static final Duration STALE = Duration.ofDays(1);

    private final Path directory;

    private Repository(Path directory) {
        this.directory = directory;
    }

    /// @param directory the repository's own folder; nothing is touched
    /// @return the repository, which need not exist yet
    public static Repository at(Path directory) {
        return new Repository(directory);
    }

    /// Creates the folders that are missing; the directory above the repository must exist or be creatable.
    ///
    /// @throws IOException if that fails
    public void create() throws IOException {
        DurableDirectory.create(directory);
        List<String> children = new ArrayList<>(Stream.of(Space.values()).map(Space::directory).toList());
        children.add(TEMPORARY);
        DurableDirectory.createAll(directory, children);
    }

    /// @return whether the repository's folder is there
    /// @throws IOException if that cannot be said
    public boolean exists() throws IOException {
        return attributes(directory).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /// @return the bytes of `config`, at most [NodeMarker#MAX_BYTES] of them, or empty if there is none
    /// @throws IOException if that cannot be said
    public Optional<byte[]> config() throws IOException {
        try (var in = Files.newInputStream(configFile())) {
            return Optional.of(in.readNBytes(NodeMarker.MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// @return where `config` is
    public Path configFile() {
        return directory.resolve(NodeMarker.NAME);
    }

    /// @param space which kind
    /// @param name of the object
    /// @return where the object is or would be
    public Path objectFile(Space space, ObjectName name) {
        String hex = name.hex();
        Path kind = directory.resolve(space.directory());
        return space == Space.DATA ? kind.resolve(hex.substring(0, 2)).resolve(hex) : kind.resolve(hex);
    }

    /// @param space any but [Space#DATA]
    /// @return the folder that holds every object of that kind
    Path folder(Space space) {
        return directory.resolve(space.directory());
    }

    /// Starts an object. It has no name before [Upload#commit(Path)].
    ///
    /// @return an empty temporary file, which the caller closes
    /// @throws IOException if it cannot be created
    public Upload upload() throws IOException {
        Path temporary = directory.resolve(TEMPORARY);
        try {
            return Upload.in(temporary);
        } catch (NoSuchFileException e) {
            // A repository that another program made has no tmp folder.
            DurableDirectory.create(temporary);
            return Upload.in(temporary);
        }
    }

    /// @param file an object or `config`
    /// @return its bytes, to be closed by the caller
    /// @throws NoSuchFileException if it is not there
    /// @throws IOException if it cannot be opened
    public FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /// @param file an object or `config`
    /// @return its length, or empty if it is not there
    /// @throws IOException if that cannot be said
    public OptionalLong size(Path file) throws IOException {
        return attributes(file).map(a -> OptionalLong.of(a.size())).orElse(OptionalLong.empty());
    }

    /// @param file an object or `config`
    /// @return whether it was there and is gone now
    /// @throws IOException if it could not be removed
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    /// @param space which kind
    /// @return every object of that kind; files whose name is not one for their folder are left out
    /// @throws IOException if any part cannot be read
    public List<StoredObject> list(Space space) throws IOException {
        List<StoredObject> found = new ArrayList<>();
        Path kind = directory.resolve(space.directory());
        if (space != Space.DATA) {
            listFolder(kind, "", found);
            return found;
        }
        for (String prefix : FAN_OUT) {
            listFolder(kind.resolve(prefix), prefix, found);
        }
        return found;
    }

    private static void listFolder(Path folder, String prefix, List<StoredObject> found) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                Optional<BasicFileAttributes> attributes = Digest256.isHex(name) && name.startsWith(prefix)
                        ? attributes(entry)
                        : Optional.empty();
                attributes.filter(BasicFileAttributes::isRegularFile)
                        .ifPresent(a -> found.add(new StoredObject(ObjectName.parse(name), a.size())));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            // The folders of data/ come with their first object: all 256 at once cost more than they save.
        }
    }

    /// Removes what crashed or cancelled uploads left behind more than a day ago, by the clock of the file system.
    ///
    /// @throws IOException if that fails
    public void removeStaleUploads() throws IOException {
        try (Upload probe = upload(); DirectoryStream<Path> entries = Files.newDirectoryStream(probe.folder())) {
            FileTime limit = FileTime.from(probe.created().toInstant().minus(STALE));
            for (Path entry : entries) {
                Optional<BasicFileAttributes> attributes = attributes(entry);
                if (attributes.isPresent() && attributes.get().lastModifiedTime().compareTo(limit) < 0) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }
}
