package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

class AtomicFileTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    @TempDir
    Path base;

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return new TreeSet<>(all.map(p -> p.getFileName().toString()).toList());
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void writeReplacesTheWholeFileAndLeavesNothingBeside() throws Exception {
        Path file = base.resolve("file");
        AtomicFile.write(file, OLD);
        AtomicFile.write(file, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(file));
        assertEquals(Set.of("file"), names(base));
        assertEquals("rw-------", mode(file));
    }

    @Test
    void writeTightensAFileThatOthersCouldRead() throws Exception {
        Path file = Files.write(base.resolve("file"), OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        AtomicFile.write(file, NEW);
        assertEquals("rw-------", mode(file));
    }

    @Test
    void writeGoesOnAfterACrashLeftATemporaryFile() throws Exception {
        Path file = base.resolve("file");
        AtomicFile.write(file, OLD);
        Files.write(base.resolve("file.tmp"), new byte[100]);
        AtomicFile.write(file, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(file));
        assertEquals(Set.of("file"), names(base));
    }

    @Test
    void writeKeepsTheOldBytesWhenItFails() throws Exception {
        Path file = base.resolve("file");
        AtomicFile.write(file, OLD);
        // a directory that is not empty is in the way of the temporary file
        Files.createDirectories(base.resolve("file.tmp/inside"));
        assertThrows(IOException.class, () -> AtomicFile.write(file, NEW));
        assertArrayEquals(OLD, Files.readAllBytes(file));
    }

    @Test
    void writeDoesNotFollowALink() throws Exception {
        Path elsewhere = Files.write(base.resolve("elsewhere"), OLD);
        Path link = Files.createSymbolicLink(base.resolve("link"), elsewhere);
        AtomicFile.write(link, NEW);
        assertArrayEquals(OLD, Files.readAllBytes(elsewhere));
        assertFalse(Files.isSymbolicLink(link));
    }

    @Test
    void privateDirectoriesAreForTheirOwnerOnly() throws Exception {
        Path directory = base.resolve("a/b");
        AtomicFile.createPrivateDirectories(directory);
        AtomicFile.createPrivateDirectories(directory);
        assertEquals("rwx------", mode(directory));
    }

    @Test
    void setAsideReplacesWhatWasSetAsideBefore() throws Exception {
        Path file = Files.write(base.resolve("file"), NEW);
        Path aside = Files.write(base.resolve("aside"), OLD);
        AtomicFile.setAside(file, aside);
        assertArrayEquals(NEW, Files.readAllBytes(aside));
        assertEquals(Set.of("aside"), names(base));
        AtomicFile.discard(aside);
        AtomicFile.discard(aside);
        assertEquals(Set.of(), names(base));
    }

    @Test
    void folderMarkerComesBackOrIsRefused() throws Exception {
        assertEquals(Optional.empty(), FolderMarker.read(new RealFiles(), base));
        FolderMarker marker = new FolderMarker(new FolderId(new Id16(1, 2)), new Id16(3, 4));
        marker.write(base);
        assertEquals(Optional.of(marker), FolderMarker.read(new RealFiles(), base));
        Path file = base.resolve(".stratobox/folder");
        String good = Files.readString(file);
        for (String bad : List.of("", "x", good.replace("folder 1", "folder 2"), good + "more\n",
                good.substring(0, good.length() - 3), good.replace("0", "z"), "\u00e9" + good)) {
            Files.writeString(file, bad);
            assertThrows(IOException.class, () -> FolderMarker.read(new RealFiles(), base), () -> "accepted: " + bad);
        }
    }
}
