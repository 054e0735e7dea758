package org.stratobox.sync.localfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A temporary directory of the product's own, readable by its owner only, removed when it is closed.
///
/// @param path of the directory
public record PrivateDirectory(Path path) implements AutoCloseable {
    /// @param prefix of its name
    /// @return a new directory in the system's place for temporary files
    /// @throws UncheckedIOException if there is no room for one
    public static PrivateDirectory create(String prefix) {
        try {
            return new PrivateDirectory(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary directory could not be removed", e);
        }
    }
}
