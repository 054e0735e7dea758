package org.stratobox.sync.apply;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.model.Entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PlanRunTest {
    @TempDir
    private Path home;
    private TestAccount account;
    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(Files.createDirectory(home.resolve("mesh")), 2);
        desk = new Desk(account, Files.createDirectory(home.resolve("desk")));
    }

    @AfterEach
    void close() {
        desk.close();
        account.close();
    }

    /// The account's objects become known to the desk's index.
    private void publish() throws Exception {
        account.flush();
        for (var pack : account.index().packs().packs()) {
            desk.index.packs().add(new org.stratobox.sync.object.PackRecord(pack.packId(), pack.length(), pack.k(),
                    pack.n(), pack.shares(), account.index().packs().items(pack.packId())), true);
        }
    }

    private void assertSettled(ApplyOutcome outcome) throws Exception {
        assertTrue(outcome.isComplete(), outcome.toString());
        assertEquals(List.of(), desk.disagreements());
        assertTrue(desk.plan().isEmpty(), () -> "nothing is left to do");
        assertEquals(List.of(), desk.own("park"));
        assertEquals(List.of(), desk.own("stage"));
        assertEquals(List.of(), desk.index.intents().open(Desk.FOLDER));
    }

    @Test
    void runCreatesFilesOfEverySizeAndDirectoriesAndLinks() throws Exception {
        Map<String, byte[]> files = new java.util.TreeMap<>();
        for (int size : new int[]{0, 1, 3072, 3073, 100_000, 100_001, 950_000}) {
            files.put("d/e/file " + size, TestAccount.bytes(size, size));
        }
        desk.wants("d", desk.directory());
        desk.wants("d/e", desk.directory());
        desk.wants("d/l", desk.link("e/file 1"));
        for (var file : files.entrySet()) {
            desk.wants(file.getKey(), desk.file(file.getValue()));
        }
        publish();
        assertSettled(desk.apply());
        for (var file : files.entrySet()) {
            assertArrayEquals(file.getValue(), Files.readAllBytes(desk.path(file.getKey())));
            assertEquals(Desk.OLD + 5, Files.getLastModifiedTime(desk.path(file.getKey())).toMillis());
        }
        assertEquals("rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(desk.path("d/e/file 1"))));
        assertEquals("-> e/file 1", Desk.content(desk.path("d/l")));
        assertEquals(Desk.OLD, Files.getLastModifiedTime(desk.path("d/e")).toMillis());
        assertEquals(Desk.OLD, Files.getLastModifiedTime(desk.path("d")).toMillis());
    }

    @Test
    void runReplacesAFileAndKeepsTheOldOneInTheTrash() throws Exception {
        desk.has("f", "old");
        Files.setPosixFilePermissions(desk.path("f"), PosixFilePermissions.fromString("rw-rw-r--"));
        desk.adopt("f", desk.known("f").base().orElseThrow());
        desk.wants("f", desk.file("new"));
        assertSettled(desk.apply());
        assertEquals("new", desk.text("f"));
        assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(desk.path("f"))));
        var kept = desk.trash().list();
        assertEquals(1, kept.size());
        assertEquals("old", desk.text(kept.getFirst().item().place().text()));
        assertTrue(desk.trash().putBack(kept.getFirst()));
        assertTrue(desk.contents().containsAll(List.of("old", "new")));
        assertEquals(List.of(), desk.trash().list());
    }

    @Test
    void runTakesUnchangedChunksFromTheOldVersion() throws Exception {
        byte[] old = TestAccount.bytes(900_000, 1);
        byte[] edited = old.clone();
        edited[450_000] ^= 1;
        desk.has("f", old);
        desk.wants("f", desk.file(edited));
        publish();
        ApplyOutcome outcome = desk.apply();
        assertSettled(outcome);
        assertArrayEquals(edited, Files.readAllBytes(desk.path("f")));
        assertEquals(800_000, outcome.reusedBytes());
        assertEquals(100_000, outcome.fetchedBytes());
    }

    @Test
    void runMovesFilesAndDirectoriesWithoutFetching() throws Exception {
        desk.hasDirectory("a");
        Entry inside = desk.has("a/x", TestAccount.bytes(200_000, 3));
        Entry one = desk.has("one", "1");
        desk.wants("a", desk.gone("a"));
        desk.wants("a/x", desk.gone("a/x"));
        desk.wants("b", desk.again(desk.known("a").base().orElseThrow(), Desk.OLD, 0755));
        desk.wants("b/x", desk.again(inside, inside.mtimeMillis(), inside.mode()));
        desk.wants("one", desk.gone("one"));
        desk.wants("two", desk.again(one, one.mtimeMillis(), one.mode()));
        publish();
        ApplyOutcome outcome = desk.apply();
        assertSettled(outcome);
        assertEquals(0, outcome.fetchedBytes());
        assertEquals(java.util.Set.of("b", "b/x", "two"), desk.tree().keySet());
    }

    @Test
    void runSwapsTwoNamesAndTurnsFilesIntoDirectoriesAndBack() throws Exception {
        Entry a = desk.has("a", "was a");
        Entry b = desk.has("b", "was b");
        desk.has("f", "file");
        desk.hasDirectory("d");
        desk.has("d/in", "inside");
        desk.wants("a", desk.again(b, b.mtimeMillis(), b.mode()));
        desk.wants("b", desk.again(a, a.mtimeMillis(), a.mode()));
        desk.wants("f", desk.directory());
        desk.wants("f/new", desk.file("new"));
        desk.wants("d/in", desk.gone("d/in"));
        desk.wants("d", desk.file("no directory"));
        ApplyOutcome outcome = desk.apply();
        assertSettled(outcome);
        assertEquals("was b", desk.text("a"));
        assertEquals("was a", desk.text("b"));
        assertEquals("no directory", desk.text("d"));
        assertEquals("new", desk.text("f/new"));
        assertTrue(desk.contents().containsAll(List.of("file", "inside")));
    }

    @Test
    void runSetsTimeAndExecuteBitAlone() throws Exception {
        Entry f = desk.has("f", "text");
        desk.wants("f", desk.again(f, Desk.OLD + 99, 0740));
        assertTrue(desk.apply().isComplete());
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(desk.path("f"))));
        assertEquals(Desk.OLD + 99, Files.getLastModifiedTime(desk.path("f")).toMillis());
        assertTrue(desk.known("f").evidence().racy(), "the next scan reads it once more");
    }

    @Test
    void runKeepsTimesOfDirectoriesInWhichItWorked() throws Exception {
        desk.hasDirectory("d");
        desk.has("d/f", "old");
        desk.adopt("d", desk.known("d").base().orElseThrow());
        desk.wants("d/f", desk.file("new"));
        assertSettled(desk.apply());
        assertEquals(Desk.OLD, Files.getLastModifiedTime(desk.path("d")).toMillis());
    }

    @Test
    void runLeavesAFileThatTheUserChangedAndSaysSo() throws Exception {
        desk.has("f", "old");
        desk.has("g", "old g");
        desk.has("h", "old h");
        desk.wants("f", desk.file("new"));
        desk.wants("g", desk.gone("g"));
        desk.wants("h", desk.file("new h"));
        desk.wants("k", desk.file("new k"));
        desk.write("f", "mine".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        desk.write("g", "mine g".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        desk.write("k", "mine k".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ApplyOutcome outcome = desk.apply();
        assertEquals(1, outcome.done(), "one bad file stops no other");
        assertEquals(3, outcome.results().stream().filter(r -> r instanceof StepResult.Changed).count());
        assertEquals(Map.of("f", "mine", "g", "mine g", "h", "new h", "k", "mine k"), desk.tree());
    }

    @Test
    void runLeavesAFileOfTheSameSizeWhoseTimeWasSetBack() throws Exception {
        desk.has("f", "old");
        FileTime before = Files.getLastModifiedTime(desk.path("f"));
        desk.wants("f", desk.file("new"));
        desk.write("f", "own".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.setLastModifiedTime(desk.path("f"), before);
        assertEquals(0, desk.apply().done());
        assertEquals("own", desk.text("f"));
    }

    @Test
    void runLeavesADirectoryThatHoldsSomethingUnknown() throws Exception {
        desk.hasDirectory("d");
        desk.has("d/known", "known");
        desk.write("d/unknown", new byte[]{1});
        desk.wants("d/known", desk.gone("d/known"));
        desk.wants("d", desk.gone("d"));
        ApplyOutcome outcome = desk.apply();
        assertEquals(1, outcome.done());
        assertTrue(desk.exists("d/unknown"));
        assertFalse(desk.exists("d/known"));
    }

    @Test
    void runNeverPassesAParentThatBecameALink() throws Exception {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.writeString(outside.resolve("f"), "treasure");
        desk.hasDirectory("d");
        desk.has("d/f", "old");
        desk.wants("d/f", desk.file("new"));
        desk.wants("d/n", desk.file("planted"));
        Files.delete(desk.path("d/f"));
        Files.delete(desk.path("d"));
        Files.createSymbolicLink(desk.path("d"), outside);
        ApplyOutcome outcome = desk.apply();
        assertEquals(0, outcome.done());
        assertEquals("treasure", Files.readString(outside.resolve("f")));
        assertEquals(List.of("f"), List.copyOf(TestAccount.namesIn(outside)));
    }

    @Test
    void runCreatesLinksThatLeadOutOnlyWhereAllowed() throws Exception {
        desk.wants("in", desk.link("x/../y"));
        desk.wants("out", desk.link("../y"));
        desk.wants("absolute", desk.link("/etc/passwd"));
        assertEquals(1, desk.apply().done());
        assertEquals(Map.of("in", "-> x/../y"), desk.tree());
        desk.outsideLinks = true;
        desk.backoff.reset();
        assertSettled(desk.apply());
        assertEquals("-> /etc/passwd", desk.tree().get("absolute"));
    }

    @Test
    void runRefusesOwnNames() throws Exception {
        desk.wants(".stratobox-x", desk.file("x"));
        assertEquals(0, desk.apply().done());
        assertFalse(desk.exists(".stratobox-x"));
    }

    @Test
    void runChangesNothingWithoutTheMarker() throws Exception {
        desk.has("f", "old");
        desk.wants("f", desk.file("new"));
        Files.delete(desk.path(".stratobox/folder"));
        ApplyOutcome outcome = desk.apply();
        assertEquals(List.of(new StepResult.Postponed(Sentences.NOT_THE_FOLDER)), outcome.results());
        assertEquals(Map.of("f", "old"), desk.tree());
    }

    @Test
    void runIsEndedByCancellationAndKeepsWhatIsDone() throws Exception {
        for (int i = 0; i < 5; i++) {
            desk.wants("f" + i, desk.file("text " + i));
        }
        var cancellation = new org.stratobox.sync.task.Cancellation();
        desk.disk = new ForwardingDisk(desk.disk) {
            @Override
            void after(Change change, Path path) {
                if (change == Change.RENAME && path.getFileName().toString().equals("f2")) {
                    cancellation.cancel();
                }
            }
        };
        ApplyOutcome outcome = new PlanRun(desk.tools(), desk.target(), desk.backoff).run(desk.plan(), cancellation);
        assertTrue(outcome.stopped());
        assertEquals(3, outcome.done());
        assertEquals(List.of(), desk.disagreements());
        assertTrue(desk.apply().isComplete(), "what was stopped is not held back");
    }
}
