package org.stratobox.app.cli;

import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What was, and taking it back.
class PastCommandsTest {
    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);

    @BeforeEach
    void setUp() {
        process = new FakeProcess(directory);
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("sync"));
        process.current = directory.resolve("folder");
    }

    private void says(String part) {
        assertTrue(process.out.contains(part), process.out + process.err);
    }

    private void asked(String part) {
        assertTrue(process.fakeHome().asked.getLast().contains(part), process.fakeHome().asked.getLast());
    }

    @Test
    void logTellsWhatHappenedAndWhoDidIt() {
        assertEquals(0, process.run("log"));
        says("12    2026-06-01 11:59  main    3 new, 1 changed  phone");
        says("2 deleted         you, here (cannot be undone any more)");
        assertEquals(0, process.run("log", "sub", "--since", "2h", "--from-others", "-n", "5", "--json"));
        asked("folder=Optional[main], causes=[DEVICE], path=Optional[sub], sinceMillis="
                + (FakeProcess.NOW - 7_200_000) + ", limit=5");
        assertEquals("device", process.json().get("passes").get(0).get("cause").asString());
        assertEquals(0, process.run("log", "--pass", "12"));
        says("new      new.txt  (10 B)");
        says("deleted  old.txt  (20 B)");
    }

    @Test
    void undoTakesBackOrOnlyShowsWhatItWould() {
        assertEquals(0, process.run("undo", "12", "--plan"));
        asked("planUndo 12");
        says("Nothing was changed. It would become (2 paths):");
        assertEquals(0, process.run("undo", "12"));
        says("Taken back.");
        says("removed  gone.txt");
        assertEquals(3, process.run("undo", "9"));
        says("newer.txt: it was changed since");
        assertEquals(2, process.run("undo", "last"));
    }

    @Test
    void versionsAreListedAndPrinted() {
        assertEquals(0, process.run("versions", "letter.txt"));
        says("aaaabbbbcccc  2026-06-01 11:59  12 B  my-laptop  letter.txt");
        assertEquals(0, process.run("versions", "letter.txt", "--json"));
        assertEquals("old name", process.json().get("versions").get(1).get("path").asString());
        assertEquals(0, process.run("cat", "letter.txt", "--version", "dddd"));
        assertEquals("main:letter.txt#dddd", process.out);
        long at = Instant.parse("2026-05-31T14:00:00Z").toEpochMilli();
        assertEquals(0, process.run("cat", "letter.txt", "--at", "yesterday 14:00"));
        assertEquals("main:letter.txt@" + at, process.out);
        assertEquals(2, process.run("cat", "letter.txt", "--at", "whenever"));
    }

    @Test
    void lsShowsThePastAndTheDeleted() {
        assertEquals(0, process.run("ls", "--at", "2026-05-31 14:00", "sub"));
        says("sub@" + Instant.parse("2026-05-31T14:00:00Z").toEpochMilli());
        assertEquals(0, process.run("ls", "--at", "2h", "--json"));
        assertEquals("@" + (FakeProcess.NOW - 7_200_000), process.json().get("entries").get(0).get("path").asString());
        assertEquals(0, process.run("ls", "--deleted"));
        says("2026-06-01 11:00  phone  gone.txt");
        says("--undelete");
        assertEquals(0, process.run("ls", "--deleted", "--json"));
        assertEquals("gone.txt", process.json().get("deleted").get(0).get("path").asString());
    }

    @Test
    void revertPutsBackToATimeAVersionOrBeforeTheDeletion() {
        assertEquals(0, process.run("revert", "letter.txt", "sub", "--at", "2026-05-31 14:00"));
        says("Put to what it was at 2026-05-31 14:00.");
        asked("putBack PutBack[folder=main, paths=[letter.txt, sub], from=Moment[millis="
                + Instant.parse("2026-05-31T14:00:00Z").toEpochMilli());
        assertEquals(0, process.run("revert", "letter.txt", "--version", "aaaa", "--plan"));
        asked("planPutBack PutBack[folder=main, paths=[letter.txt], from=OfVersion[id=aaaa]]");
        assertEquals(0, process.run("revert", "--undelete", "gone.txt", "--json"));
        asked("from=BeforeDeletion[]");
        assertEquals("deleted", process.json().get("done").get(1).get("what").asString());
        assertEquals(2, process.run("revert", "letter.txt"));
        assertEquals(2, process.run("revert", "letter.txt", "--undelete", "--at", "2h"));
        assertEquals(2, process.run("revert", "letter.txt", "sub", "--version", "aaaa"));
    }

    @Test
    void trashIsListedAndTakenFrom() {
        assertEquals(0, process.run("trash", "list"));
        says("only here  main:old.txt");
        assertEquals(0, process.run("trash", "take", "5", "6"));
        asked("take [5, 6]");
        assertEquals(2, process.run("trash", "take"));
        assertEquals(2, process.run("trash"));
    }
}
