package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.app.cli.Places.Place;
import org.stratobox.sync.api.Account.FolderView;
import org.stratobox.sync.api.StratoboxException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PlacesTest {
    @TempDir
    Path directory = Path.of("");

    private Path documents = directory;
    private Path photos = directory;

    @BeforeEach
    void makeFolders() throws IOException {
        documents = Files.createDirectories(directory.resolve("Documents"));
        photos = Files.createDirectories(documents.resolve("a/Photos"));
        Files.createDirectories(documents.resolve("letters"));
    }

    private Places from(Path current) {
        return new Places(List.of(new FolderView("main", documents), new FolderView("photos", photos)), current);
    }

    @Test
    void aPathOnThisDiskIsFoundInTheInnermostFolder() throws StratoboxException {
        assertEquals(new Place("main", "letters/a.txt"), from(directory).of("Documents/letters/a.txt"));
        assertEquals(new Place("main", "letters/gone/a.txt"),
                from(directory).of(documents.resolve("letters/gone/a.txt").toString()));
        assertEquals(new Place("main", "a.txt"), from(documents.resolve("letters")).of("../a.txt"));
        assertEquals(new Place("main", "letters"), from(documents.resolve("letters")).of("."));
        assertEquals(new Place("main", ""), from(documents).of("."));
        assertEquals(new Place("photos", "x.jpg"), from(documents).of("a/Photos/x.jpg"));
    }

    @Test
    void aFolderCanBeNamed() throws StratoboxException {
        assertEquals(new Place("photos", "2026/x.jpg"), from(directory).of("photos:2026/x.jpg"));
        assertEquals(new Place("photos", ""), from(documents).of("photos:"));
        assertEquals(new Place("main", "strange:name"), from(documents).of("strange:name"));
    }

    @Test
    void linksOnTheWayAreFollowedAndTheLastNameIsNot() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("short"), documents);
        Files.createSymbolicLink(documents.resolve("letters/link"), directory);
        assertEquals(new Place("main", "letters/link"), from(link.resolve("letters")).of("link"));
        assertEquals(new Place("main", ""), from(directory).of("short/letters/.."));
    }

    @Test
    void whatIsInNoFolderIsSaidSoWithWhatThereIs() {
        StratoboxException failure = assertThrows(StratoboxException.class, () -> from(directory).of("/etc/passwd"));
        assertTrue(failure.toString().contains("main in " + documents), failure.toString());
        assertThrows(StratoboxException.class, () -> from(directory).of("letters/a.txt"));
    }

    @Test
    void theOnlyFolderNeedsNoName() throws StratoboxException {
        Places one = new Places(List.of(new FolderView("main", documents)), directory);
        assertEquals(new Place("main", "letters/a.txt"), one.of("letters/a.txt"));
        assertEquals(new Place("main", ""), one.of("main:"));
        assertThrows(StratoboxException.class, () -> one.of("/letters/a.txt"));
    }
}
