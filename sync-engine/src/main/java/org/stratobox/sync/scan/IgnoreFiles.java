package org.stratobox.sync.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.model.RelativePath;

/// Reads the user's rules about what is not synced from the disk. A file that changes while it is read is not used: half a
/// rule could hide files, or show files to the mesh that were never meant for it.
public final class IgnoreFiles {
    private static final int TRIES = 3;

    private final LocalFiles files;

    /// @param files the disk
    public IgnoreFiles(LocalFiles files) {
        this.files = files;
    }

    /// @param rules that count in the directory above
    /// @param path of a directory inside the folder
    /// @param directory on disk
    /// @return the rules that count in the directory
    /// @throws IOException if it has a file with rules that cannot be read
    public IgnoreRules enter(IgnoreRules rules, RelativePath path, Path directory) throws IOException {
        Optional<String> text = read(directory.resolve(IgnoreRules.FILE_NAME));
        return text.isPresent() ? rules.with(path, text.get()) : rules;
    }

    /// @param rules that count in the root, without those of a file in it
    /// @param root directory of the folder
    /// @param path inside it, the root included
    /// @return the rules that count for what is directly in the directory of that path
    /// @throws IOException if a file with rules on the way cannot be read
    public IgnoreRules above(IgnoreRules rules, Path root, RelativePath path) throws IOException {
        Optional<RelativePath> parent = path.parent();
        if (parent.isEmpty()) {
            return rules;
        }
        RelativePath directory = parent.get();
        return enter(above(rules, root, directory), directory,
                directory.isRoot() ? root : root.resolve(directory.text()));
    }

    private Optional<String> read(Path file) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            FileStat before;
            try {
                before = files.stat(file);
            } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
                return Optional.empty();
            }
            if (before.kind() != FileStat.Kind.FILE) {
                return Optional.empty();
            }
            if (before.size() > IgnoreRules.MAX_FILE_BYTES) {
                throw new IOException("a file with rules that is too long");
            }
            byte[] bytes = bytes(file, (int) before.size());
            if (bytes.length == before.size() && before.equals(files.stat(file))) {
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        throw new IOException("a file with rules that keeps changing");
    }

    private byte[] bytes(Path file, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        try (ReadableByteChannel in = files.open(file)) {
            while (buffer.hasRemaining() && in.read(buffer) >= 0) {
                // until full or at the end
            }
        }
        byte[] out = new byte[buffer.position()];
        buffer.flip().get(out);
        return out;
    }
}
