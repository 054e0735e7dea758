package org.stratobox.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TreesTest {
    @TempDir
    Path directory = Path.of("");

    private Path one = directory;
    private Path two = directory;

    @BeforeEach
    void copySamples() throws IOException {
        one = Files.createDirectory(directory.resolve("one"));
        two = Files.createDirectory(directory.resolve("two"));
        Random random = new Random(7);
        SampleTree.write(one, random::nextBytes);
        Files.setPosixFilePermissions(one.resolve("a/b"), PosixFilePermissions.fromString("r-xr-xr-x"));
        assertEquals(List.of(), TreeCopy.copy(one, two, directory.resolve("none")));
    }

    @Test
    void aCopyOfTheSamplesIsIdenticalAndCanBeRemoved() throws IOException {
        Files.writeString(two.resolve(".marker"), "of the program");
        TreeComparison.Result result = TreeComparison.compare(one, two, ".marker");
        assertEquals(List.of(), result.differences());
        assertTrue(result.entries() > 200, "entries: " + result.entries());
        assertEquals(TreeSize.of(one, directory).files() + 1, TreeSize.of(two, directory).files());
        TreeRemoval.remove(two);
        assertFalse(Files.exists(two));
    }

    @Test
    void everyKindOfDifferenceIsFound() throws IOException {
        Files.delete(two.resolve("empty.txt"));
        Files.writeString(two.resolve("extra"), "x");
        Files.setPosixFilePermissions(two.resolve("bin/run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(two.resolve("Notes/00/note-000.md"), FileTime.fromMillis(946_684_799_124L));
        Files.delete(two.resolve("Notes/latest"));
        Files.createSymbolicLink(two.resolve("Notes/latest"), Path.of("06"));
        Files.delete(two.resolve("Empty folder/inside an empty folder"));
        Files.writeString(two.resolve("Empty folder/inside an empty folder"), "now a file");
        byte[] film = Files.readAllBytes(two.resolve("Films/holiday.mp4"));
        FileTime time = Files.getLastModifiedTime(two.resolve("Films/holiday.mp4"));
        film[film.length - 1] ^= 1;
        Files.write(two.resolve("Films/holiday.mp4"), film);
        Files.setLastModifiedTime(two.resolve("Films/holiday.mp4"), time);

        String all = String.join("\n", TreeComparison.compare(one, two, ".marker").differences());
        for (String expected : List.of("empty.txt: missing", "extra: not in the original", "bin/run.sh: mode",
                "Notes/00/note-000.md: time", "Notes/latest: the link", "inside an empty folder: directory became file",
                "Films/holiday.mp4: bytes differ from position " + (film.length - 1))) {
            assertTrue(all.contains(expected), () -> expected + " is not in\n" + all);
        }
    }

    @Test
    void copyingNeverFollowsALinkAndSkipsItsOwnPlace() throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path inside = Files.createDirectory(source.resolve("work"));
        Files.createSymbolicLink(source.resolve("loop"), source);
        Files.writeString(source.resolve("file"), "x");
        assertEquals(List.of(), TreeCopy.copy(source, inside, inside));
        assertEquals(source, Files.readSymbolicLink(inside.resolve("loop")));
        assertFalse(Files.exists(inside.resolve("work")));
        TreeRemoval.remove(inside);
        assertTrue(Files.exists(source.resolve("file")));
    }
}
