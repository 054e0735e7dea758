package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DemoCommandTest {
    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);
    private Path source = directory;

    @BeforeEach
    void makeASource() throws IOException {
        process = new FakeProcess(directory);
        source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("empty.txt"), "");
        Files.createDirectories(source.resolve("a/empty"));
        Files.writeString(source.resolve("a/text"), "text");
        Files.setLastModifiedTime(source.resolve("a/text"), FileTime.fromMillis(1_000_123));
        Files.createSymbolicLink(source.resolve("link"), Path.of("a/text"));
    }

    @Test
    void demoTellsTheWholeStoryAndCleansUp() throws IOException {
        assertEquals(0, process.run("demo", source.toString()), () -> process.out + process.err);
        for (String step : List.of("1  Wallet", "2  Nodes", "3  Folder", "4  Sync", "5  Again", "6  Loss", "7  Restore",
                "8  Compare")) {
            assertTrue(process.out.contains(step), process.out);
        }
        assertTrue(process.out.contains("identical: 5 entries"), process.out);
        assertTrue(process.out.contains("(2 of 3 nodes answer)"), process.out);
        assertTrue(process.engine.servers.stream().allMatch(s -> s.isClosed));
        assertEquals(List.of("source"), names());
    }

    @Test
    void demoFailsWhenAnythingDiffers() throws IOException {
        process.engine.spoilsRestores = true;
        assertEquals(1, process.run("demo", source.toString()));
        assertTrue(process.out.contains("empty.txt: missing"), process.out);
        assertTrue(process.out.contains("Not everything came back"), process.out);
        assertEquals(List.of("source"), names());
    }

    @Test
    void demoKeepsItsFilesWhenAskedTo() throws IOException {
        assertEquals(0, process.run("demo", "--keep", "--json", source.toString()));
        Path kept = Path.of(process.json().get("kept").asString());
        assertTrue(Files.exists(kept.resolve("restored/a/text")));
        assertTrue(process.json().get("identical").asBoolean());
        assertEquals(8, process.json().get("steps").size());
    }

    @Test
    void demoOfTheDirectoryItWorksInLeavesItselfOut() {
        assertEquals(0, process.run("demo", directory.toString()), () -> process.out + process.err);
        assertFalse(process.out.contains("Left out"), process.out);
    }

    @Test
    void demoRefusesWhatIsNoFolder() throws IOException {
        assertEquals(2, process.run("demo", directory.resolve("nowhere").toString()));
        assertEquals(List.of("source"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(c -> String.valueOf(c.getFileName())).sorted().toList();
        }
    }
}
