package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account.RestoreRequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RestoreCommandTest {
    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);
    private Path target = directory;

    @BeforeEach
    void protectAFolder() {
        process = new FakeProcess(directory);
        process.initialise("folder:/mnt/a", "folder:/mnt/b");
        assertEquals(0, process.run("sync"));
        target = directory.resolve("back");
    }

    @Test
    void restoreNeedsOnlyAPhraseAndANode() throws IOException {
        process.engine.homes.clear();
        Path phrase = process.file("phrase", FakeProcess.PHRASE + "\n");

        assertEquals(0, process.run("restore", "--to", target.toString(), "--node", "folder:/mnt/a", "--phrase-file",
                phrase.toString()));

        assertEquals("Dear reader", Files.readString(target.resolve("letter.txt")));
        assertTrue(process.out.indexOf("old laptop") < process.out.indexOf("Restored 2 files"), process.out);
        assertTrue(process.out.contains("2 h ago"), process.out);
        assertTrue(process.out.contains("one node is behind"), process.out);
        assertFalse((process.out + process.err).contains("abandon"));
    }

    @Test
    void restoreUsesTheHomeWhenNothingElseIsNamed() {
        assertEquals(0, process.run("restore", "--to", target.toString()));
        assertTrue(process.engine.sources.isEmpty());
        assertFalse(process.engine.opened, "the home is released");
    }

    @Test
    void restoreTakesPathsAfterTheAddresses() {
        process.environment.put("STRATOBOX_PHRASE", FakeProcess.PHRASE);
        assertEquals(0, process.run("restore", "--to", target.toString(), "--node", "folder:/mnt/a", "folder:/mnt/b",
                "sub/deep.txt", "letter.txt"));
        assertEquals(2, process.engine.sources.size());
        assertEquals(List.of("sub/deep.txt", "letter.txt"), request().paths());
    }

    @Test
    void restoreUnderstandsTimesAsPeopleWriteThem() {
        assertEquals(0, process.run("restore", "--to", target.toString(), "--at", "2026-01-31T18:30"));
        assertEquals(Optional.of(Instant.parse("2026-01-31T18:30:00Z").toEpochMilli()), request().atMillis());
        assertEquals(0, process.run("restore", "--to", target + "2", "--at", "2026-01-31 18:30:05+02:00"));
        assertEquals(Optional.of(Instant.parse("2026-01-31T16:30:05Z").toEpochMilli()), request().atMillis());
        assertEquals(0, process.run("restore", "--to", target + "3", "--at", "2026-01-31"));
        assertEquals(Optional.of(Instant.parse("2026-01-31T23:59:59.999Z").toEpochMilli()), request().atMillis());
        assertEquals(2, process.run("restore", "--to", target + "4", "--at", "some day"));
        assertTrue(process.err.contains("yesterday"), process.err);
    }

    @Test
    void restoreTakesTheFolderFromThePathWhenThereAreSeveral() {
        process.engine.accounts.values().forEach(a -> a.stored.put("photos", directory.resolve("folder")));
        assertEquals(0, process.run("restore", "--to", target.toString(), "photos/sub"));
        assertEquals(Optional.of("photos"), request().folder());
        assertEquals(List.of("sub"), request().paths());

        assertEquals(0, process.run("restore", "--to", target + "2", "--folder", "photos", "sub"));
        assertEquals(List.of("sub"), request().paths());

        assertEquals(2, process.run("restore", "--to", target + "3", "photos/sub", "main/sub"));
        assertEquals(2, process.run("restore", "--to", target + "3", "nothing/sub"));
        assertTrue(process.err.contains("main, photos"), process.err);
    }

    @Test
    void restoreEndsWithThreeAndNamesWhatWasLeft() throws IOException {
        Path stored = Objects
                .requireNonNull(process.engine.accounts.values().iterator().next().stored.get("main"));
        Files.writeString(stored.resolve("lost"), "x");
        assertEquals(3, process.run("restore", "--to", target.toString()));
        assertTrue(process.out.contains("lost: no node has its pieces"), process.out);

        assertEquals(3, process.run("restore", "--json", "--to", target + "2"));
        assertEquals("lost", process.json().get("left").get(0).get("path").asString());
        assertEquals("able baker charlie delta", process.json().get("preview").get("fingerprint").asString());
        assertFalse(process.json().get("ok").asBoolean());
    }

    @Test
    void restoreTellsWrongPhraseFromNoNode() {
        process.environment.put("STRATOBOX_PHRASE",
                "legal winner thank year wave sausage worth useful legal winner thank yellow");
        assertEquals(5, process.run("restore", "--to", target.toString(), "--node", "folder:/mnt/a"));
        process.environment.put("STRATOBOX_PHRASE", FakeProcess.PHRASE);
        assertEquals(6, process.run("restore", "--to", target.toString(), "--node", "rest:http://unreachable/"));
        assertFalse(Files.exists(target));
    }

    @Test
    void restoreSaysWhatItNeedsWithoutHomeAndNode() {
        process.engine.homes.clear();
        assertEquals(2, process.run("restore", "--to", target.toString()));
        assertTrue(process.err.contains("--node"), process.err);
    }

    @Test
    void restoreAsksForThePhraseWhenThereIsSomebodyToAsk() {
        process.engine.homes.clear();
        process.typed.add(FakeProcess.PHRASE);
        assertEquals(0, process.run("restore", "--to", target.toString(), "--node", "folder:/mnt/a"));
        assertEquals(2, process.run("restore", "--to", target.toString(), "--node", "folder:/mnt/a"));
        assertTrue(process.err.contains("nobody to ask"), process.err);
    }

    private RestoreRequest request() {
        return process.engine.restored.orElseThrow();
    }
}
