package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.localfs.RealDisk;
import org.stratobox.sync.localfs.Room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Late writers, purging, troubled disks, leftovers.
class TrashTest {
    @TempDir
    private Path home;
    private TestAccount account;
    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(Files.createDirectory(home.resolve("mesh")), 1);
        desk = new Desk(account, Files.createDirectory(home.resolve("desk")));
    }

    @AfterEach
    void close() {
        desk.close();
        account.close();
    }

    @Test
    void whatIsWrittenIntoADisplacedFileBecomesVisible() throws Exception {
        desk.has("f.txt", "old");
        desk.wants("f.txt", desk.file("new"));
        try (FileChannel late = FileChannel.open(desk.path("f.txt"), StandardOpenOption.APPEND)) {
            assertTrue(desk.apply().isComplete());
            late.write(ByteBuffer.wrap(" and late".getBytes(StandardCharsets.UTF_8)));
        }
        desk.now += 30_000;
        assertEquals(0, desk.trash().lookAgain(), "too early");
        desk.now += 31_000;
        assertEquals(1, desk.trash().lookAgain());
        assertEquals(Map.of("f.txt", "new", "f (recovered 2023-11-14 22.22).txt", "old and late"), desk.tree());
        assertEquals(0, desk.trash().lookAgain());
        assertEquals(List.of(), desk.trash().list());
    }

    @Test
    void purgeNeverDropsWhatIsNotProvenElsewhere() throws Exception {
        desk.has("f", "old f");
        desk.has("g", "old g");
        desk.wants("f", desk.file("new f"));
        desk.wants("g", desk.file("new g"));
        assertTrue(desk.apply().isComplete());
        Trash.Rules rules = new Trash.Rules(Duration.ofDays(30), 1_000_000);
        desk.now += Duration.ofDays(29).toMillis();
        assertEquals(0, desk.trash().purge(rules, _ -> true).purged());
        desk.now += Duration.ofDays(2).toMillis();
        Trash.Purged none = desk.trash().purge(rules, _ -> false);
        assertEquals(0, none.purged());
        assertEquals(2, none.onlyHere().size());
        var proven = desk.trash().list().getFirst().item().entry().orElseThrow();
        assertEquals(1, desk.trash().purge(rules, proven::equals).purged());
        assertEquals(1, desk.trash().list().size());
        assertEquals(1, desk.trash().purge(rules, _ -> true).purged());
        assertEquals(List.of(), desk.own("trash"), "empty directories go, too");
    }

    @Test
    void purgeDropsTheOldestWhenItIsTooMuchAndSurfacesWhatWasWrittenTo() throws Exception {
        desk.has("f", "old f");
        desk.wants("f", desk.file("new f"));
        assertTrue(desk.apply().isComplete());
        Path there = desk.path(desk.trash().list().getFirst().item().place().text());
        Files.writeString(there, "written later");
        desk.now += 120_000;
        assertEquals(0, desk.trash().purge(new Trash.Rules(Duration.ofDays(30), 1), _ -> true).purged());
        assertTrue(desk.tree().containsValue("written later"));
    }

    @Test
    void whatLiesInTheParkWithoutAnOwnerBecomesVisible() throws Exception {
        desk.has("f", "x");
        assertTrue(desk.apply().isComplete());
        Files.createDirectories(desk.path(".stratobox/park"));
        Files.writeString(desk.path(".stratobox/park/letter.txt~00ff00ff"), "only copy");
        assertEquals(1, desk.recover().surfaced());
        assertEquals(0, desk.recover().surfaced());
        assertTrue(desk.tree().containsValue("only copy"));
        assertTrue(desk.tree().containsKey("Recovered"));
    }

    /// Each change of the disk fails once; afterwards everything comes about.
    @Test
    void aFullDiskAtAnyChangeLosesNothing() throws Exception {
        boolean ended = false;
        for (int at = 0; !ended; at++) {
            try (Desk each = new Desk(account, Files.createDirectory(home.resolve("full" + at)))) {
                each.has("f", "old");
                each.has("g", "old g");
                each.wants("f", each.file("new"));
                each.wants("g", each.gone("g"));
                each.wants("d", each.directory());
                each.wants("d/n", each.file("new below"));
                int failing = at;
                int[] count = {0};
                each.disk = new ForwardingDisk(new RealDisk()) {
                    @Override
                    void before(Change change, Path path) throws IOException {
                        if (count[0]++ == failing) {
                            throw new FileSystemException("", null, "No space left on device");
                        }
                    }
                };
                each.apply();
                ended = count[0] <= failing;
                each.disk = new RealDisk();
                String when = "change " + at;
                assertTrue(each.contents().containsAll(List.of("old", "old g")), when);
                each.recover();
                each.backoff.reset();
                assertEquals(List.of(), each.disagreements(), when);
                ApplyOutcome rest = each.apply();
                assertTrue(rest.isComplete(), () -> when + rest);
                assertEquals(Map.of("d", "/", "d/n", "new below", "f", "new"), each.tree(), when);
                assertTrue(each.contents().containsAll(List.of("old", "old g")), when);
            }
        }
    }

    @Test
    void aFileThatDoesNotFitWaitsAndTheOthersGoOn() throws Exception {
        desk.wants("small", desk.file("x"));
        desk.wants("large", desk.file(TestAccount.bytes(50_000, 4)));
        account.flush();
        desk.disk = new ForwardingDisk(new RealDisk()) {
            @Override
            public Room room(Path directory) {
                return new Room(11_000, 200_000);
            }
        };
        ApplyOutcome outcome = desk.apply();
        assertEquals(1, outcome.done());
        assertTrue(outcome.results().contains(new StepResult.Postponed(Sentences.NO_ROOM)));
        assertEquals(Map.of("small", "x"), desk.tree());
    }

    @Test
    void aReadOnlyDirectoryIsNamedAndTriedAgainLater() throws Exception {
        desk.hasDirectory("d");
        desk.has("d/f", "old");
        desk.wants("d/f", desk.file("new"));
        desk.wants("e", desk.file("elsewhere"));
        desk.disk = new ForwardingDisk(new RealDisk()) {
            @Override
            void before(Change change, Path path) throws IOException {
                boolean names = change == Change.RENAME || change == Change.EXCHANGE;
                if (names && path.startsWith(desk.path("d"))) {
                    throw new AccessDeniedException("");
                }
            }
        };
        ApplyOutcome outcome = desk.apply();
        assertEquals(1, outcome.done());
        var postponed = (StepResult.Postponed) outcome.results().stream()
                .filter(r -> r instanceof StepResult.Postponed).findFirst().orElseThrow();
        assertEquals("Writing here is not permitted.", postponed.reason());
        desk.disk = new RealDisk();
        assertEquals(List.of(postponed), desk.apply().results(), "not before a minute has passed");
        desk.backoff.reset();
        assertTrue(desk.apply().isComplete());
        assertEquals("new", desk.text("d/f"));
        assertFalse(desk.exists("d/f~"));
    }
}
