package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;

/// The file `.stratobox/folder` inside a synced folder. It tells the folder from an empty mount point or another disk: a
/// root without the right marker is never scanned, so nothing is ever deleted because a disk was missing (`sync.md` 3).
///
/// @param folder which folder of the account
/// @param volume random, made with the marker; a copy of the folder elsewhere has the same, a re-made one another
public record FolderMarker(FolderId folder, Id16 volume) {
    /// Names that start so are the product's own and never synced.
    public static final String OWN_PREFIX = ".stratobox";
    private static final int LONGEST = 256;
    private static final String FIRST_LINE = "stratobox-folder 1";

    /// @param files the disk it is on
    /// @param root of a folder
    /// @return its marker, or empty if it has none
    /// @throws IOException if it cannot be told, or the marker is not one of ours
    public static Optional<FolderMarker> read(LocalFiles files, Path root) throws IOException {
        try {
            List<String> lines = text(files, file(root)).lines().toList();
            if (lines.size() != 3 || !lines.get(0).equals(FIRST_LINE)) {
                throw new IOException("the folder's marker is damaged or of a newer version");
            }
            return Optional.of(new FolderMarker(new FolderId(id(lines.get(1))), id(lines.get(2))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException("the folder's marker is damaged", e);
        }
    }

    /// @param root of a folder
    /// @throws IOException if it cannot be written
    public void write(Path root) throws IOException {
        Path directory = root.resolve(OWN_PREFIX);
        AtomicFile.createPrivateDirectories(directory);
        AtomicFile.write(file(root), text());
    }

    /// @return what the file holds
    public byte[] text() {
        return (FIRST_LINE + "\n" + folder + "\n" + volume + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(LocalFiles files, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        try (SeekableByteChannel in = files.open(file)) {
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // until its end; what is longer is no marker
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }

    private static Path file(Path root) {
        return root.resolve(OWN_PREFIX).resolve("folder");
    }

    private static Id16 id(String hex) {
        return Id16.of(java.util.HexFormat.of().parseHex(hex));
    }
}
