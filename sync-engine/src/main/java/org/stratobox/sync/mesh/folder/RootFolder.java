package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeMarker;

/// Whether a folder the user chose may become a node: it is empty, or a node already.
final class RootFolder {
    /// What systems put into every folder or disk without being asked.
    private static final Set<String> OF_THE_SYSTEM = Set.of("lost+found", ".DS_Store", ".Spotlight-V100", ".fseventsd",
            ".Trashes", "System Volume Information", "$RECYCLE.BIN", "desktop.ini", "Thumbs.db");

    private RootFolder() {}

    static void requireOurs(Path root) throws IOException, NodeException {
        boolean foreign = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (isAccount(entry)) {
                    return;
                }
                foreign |= !isIgnorable(entry.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (foreign) {
            throw new NodeException.Foreign(
                    "the folder holds other files and is not a Stratobox node; choose an empty folder");
        }
    }

    private static boolean isAccount(Path entry) throws IOException {
        if (!NodeMarker.isAccountTag(entry.getFileName().toString()) || !Files.isDirectory(entry)) {
            return false;
        }
        Optional<byte[]> marker = Repository.at(entry).config();
        return marker.isPresent() && NodeMarker.isOurs(marker.get());
    }

    /// A directory with the form of an account tag and no marker is a preparation that was cut off.
    private static boolean isIgnorable(String name) {
        return OF_THE_SYSTEM.contains(name) || name.startsWith(".Trash-") || NodeMarker.isAccountTag(name);
    }
}
