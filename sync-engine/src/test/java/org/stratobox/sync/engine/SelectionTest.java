package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.FileState.State;
import org.stratobox.sync.api.PlanReport;
import org.stratobox.sync.api.Selection.Freed;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.RealFiles;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Files that are not on this disk because the user chose so. Three nodes keep copies; two are enough to be safe.
class SelectionTest {
    @TempDir
    Path base;

    private final TestClock clock = new TestClock(1_800_000_000_000L);
    private final AtomicReference<Optional<SyncIndex>> index = new AtomicReference<>(Optional.empty());
    @SuppressWarnings("NullAway.Init") // before each test
    private Workbench bench;

    @BeforeEach
    void set() throws IOException {
        bench = new Workbench(base, 3, TestEngines.with(clock, node -> node,
                opened -> index.compareAndSet(Optional.empty(), Optional.of(opened))));
        write("letter", 50_000);
        write("note", 40);
        write("photos/one", 70_000);
        write("photos/2026/two", 2_500_000);
        write("photos/2026/small", 10);
    }

    private void write(String name, int size) throws IOException {
        Path file = bench.folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) + name.length());
        }
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
    }

    private Account synced() throws StratoboxException {
        Account account = bench.init();
        account.sync(_ -> {});
        assertTrue(account.status().isSafe());
        return account;
    }

    private static Freed free(Account account, String path) throws StratoboxException {
        return account.selection().freeUp("main", path, _ -> {});
    }

    private static State state(Account account, String path) throws StratoboxException {
        return account.fileState("main", path).state();
    }

    private static void assertQuiet(Account account) throws StratoboxException {
        SyncReport again = account.sync(_ -> {});
        assertEquals(0, again.removed(), "freeing is no deletion");
        assertEquals(0, again.filesIngested());
        assertFalse(again.published());
        assertEquals(List.of(), again.left());
    }

    private Path away(int node) throws IOException {
        return Files.move(bench.nodes.get(node), base.resolve("away" + node));
    }

    @Test
    void freedFileLeavesTheDiskAndStaysOnTheNodes() throws Exception {
        try (Account account = synced()) {
            assertEquals(new Freed(1, 50_000, List.of()), free(account, "letter"));
            assertFalse(Files.exists(bench.folder.resolve("letter")));
            assertTrue(Files.exists(bench.folder.resolve("note")));
            assertEquals(List.of("letter"), account.selection().onlineOnly("main"));
            assertQuiet(account);
            FileState freed = account.fileState("main", "letter");
            assertEquals(State.ONLINE_ONLY, freed.state());
            assertEquals(3, freed.proof().orElseThrow().nodes());
            StatusReport report = account.status();
            assertTrue(report.isSafe());
            assertEquals(1, report.folders().getFirst().waiting().onlineOnly());
            assertEquals(List.of(), account.unsafe(9));
        }
        assertTrue(Files.exists(bench.restoreFrom(0).resolve("letter")));
    }

    @Test
    void freedDirectoryGoesWithAllThatIsInIt() throws Exception {
        try (Account account = synced()) {
            assertEquals(new Freed(3, 70_000 + 2_500_000 + 10, List.of()), free(account, "photos"));
            assertFalse(Files.exists(bench.folder.resolve("photos")));
            assertQuiet(account);
            assertEquals(State.ONLINE_ONLY, state(account, "photos/2026/two"));
            assertEquals(State.ONLINE_ONLY, state(account, "photos/2026/small"));
            assertEquals(3, account.status().folders().getFirst().waiting().onlineOnly());
        }
    }

    @Test
    void fileMadeBelowAFreedDirectoryIsSyncedAsAnyOther() throws Exception {
        try (Account account = synced()) {
            free(account, "photos");
            write("photos/three", 60_000);
            SyncReport report = account.sync(_ -> {});
            assertEquals(1, report.filesIngested());
            assertEquals(0, report.removed());
            assertEquals(State.VERIFIED, state(account, "photos/three"));
            assertEquals(State.ONLINE_ONLY, state(account, "photos/one"));
        }
        Path back = bench.restoreFrom(1);
        assertTrue(Files.exists(back.resolve("photos/three")) && Files.exists(back.resolve("photos/one")));
    }

    @Test
    void freedFileComesBackWhenItIsWantedAgain() throws Exception {
        SortedMap<String, String> before = Workbench.tree(bench.folder);
        try (Account account = synced()) {
            free(account, "photos");
            assertEquals(List.of(), downs(account));
            account.selection().keepHere("main", "photos/2026/two");
            assertEquals(List.of("photos/2026/small", "photos/one"), account.selection().onlineOnly("main"));
            assertTrue(downs(account).contains("photos/2026/two"));
            assertFalse(downs(account).contains("photos/one"));
            account.selection().keepHere("main", "");
            assertEquals(List.of(), account.selection().onlineOnly("main"));
            assertTrue(downs(account).containsAll(List.of("photos/one", "photos/2026/small")));
            assertEquals(State.WAITING, state(account, "photos/one"));
            assertFalse(account.status().isSafe());
            account.sync(_ -> {});
            assertEquals(before, Workbench.tree(bench.folder));
            assertEquals(State.VERIFIED, state(account, "photos/2026/two"));
            assertTrue(account.status().isSafe(), () -> "after it came back");
        }
    }

    private static List<String> downs(Account account) throws StratoboxException {
        return account.plan().lines().stream().filter(l -> l.direction() == PlanReport.Direction.DOWN)
                .map(PlanReport.Line::path).toList();
    }

    @Test
    void oneNodeMayBeAwayAndTwoMayNot() throws Exception {
        try (Account account = synced()) {
            Path first = away(0);
            assertEquals(1, free(account, "letter").files());
            away(1);
            Freed refused = free(account, "photos/one");
            assertEquals(0, refused.files());
            assertEquals(List.of("photos/one"), refused.left().stream().map(SyncReport.Problem::path).toList());
            assertTrue(Files.exists(bench.folder.resolve("photos/one")));
            assertEquals(List.of("letter"), account.selection().onlineOnly("main"));
            assertTrue(Files.exists(first));
        }
    }

    @Test
    void nodesThatLostTheFileAreNotBelievedBecauseTheyProvedItOnce() throws Exception {
        try (Account account = synced()) {
            for (int node = 0; node < 2; node++) {
                for (Path object : Workbench.files(bench.nodes.get(node))) {
                    if (object.toString().contains("/data/")) {
                        Files.delete(object);
                    }
                }
            }
            assertEquals(State.VERIFIED, state(account, "letter"), "nobody has looked yet");
            assertEquals(1, free(account, "letter").left().size());
            assertTrue(Files.exists(bench.folder.resolve("letter")));
            assertEquals(State.UPLOADED, state(account, "letter"), "now somebody has");
            account.sync(_ -> {});
            assertEquals(State.VERIFIED, state(account, "letter"));
            assertEquals(1, free(account, "letter").files());
        }
    }

    @Test
    void fileThatWasEditedMeanwhileStays() throws Exception {
        try (Account account = synced()) {
            write("photos/one", 70_001);
            Freed freed = free(account, "photos");
            assertEquals(2, freed.files());
            assertTrue(freed.left().stream().anyMatch(l -> l.path().equals("photos/one")), freed::toString);
            assertTrue(Files.exists(bench.folder.resolve("photos/one")));
            SyncReport next = account.sync(_ -> {});
            assertEquals(1, next.filesIngested());
            assertEquals(0, next.removed());
            assertEquals(State.VERIFIED, state(account, "photos/one"));
            assertEquals(State.ONLINE_ONLY, state(account, "photos/2026/two"));
        }
    }

    @Test
    void crashBetweenTheChoiceAndTheRemovalIsNoDeletion() throws Exception {
        try (Account account = synced()) {
            index.get().orElseThrow().selection().add(
                    FolderMarker.read(new RealFiles(), bench.folder).orElseThrow().folder(),
                    new RelativePath("letter"));
            assertTrue(account.status().isSafe());
        }
        try (Account account = bench.open()) {
            assertQuiet(account);
            assertTrue(Files.exists(bench.folder.resolve("letter")));
            assertEquals(State.VERIFIED, state(account, "letter"));
            assertEquals(1, free(account, "letter").files());
        }
    }

    @Test
    void whatIsNotPublishedStays() throws Exception {
        try (Account account = synced()) {
            write("new", 9_000);
            assertThrows(StratoboxException.class, () -> free(account, "new"));
            assertThrows(StratoboxException.class, () -> free(account, "nowhere"));
            assertThrows(StratoboxException.class, () -> free(account, "../letter"));
            assertThrows(StratoboxException.class, () -> account.selection().freeUp("other", "letter", _ -> {}));
            assertTrue(Files.exists(bench.folder.resolve("new")));
        }
    }

    @Test
    void spaceIsFreeAMinuteLater() throws Exception {
        try (Account account = synced()) {
            free(account, "photos");
            assertEquals(3, trashed());
            account.sync(_ -> {});
            assertEquals(3, trashed(), "a program may still be writing into one of them");
            clock.pass(120_000);
            account.sync(_ -> {});
            assertEquals(0, trashed());
            assertEquals(State.ONLINE_ONLY, state(account, "photos/one"));
        }
    }

    @Test
    void whatOthersDoToAFreedFileNeedsNoWorkHere() throws Exception {
        Path second = Files.createDirectories(base.resolve("folder2"));
        try (Account laptop = synced();
                Account desk = bench.engine.init(new InitRequest(base.resolve("home2"), Workbench.phrase(),
                        Workbench.passphrase(), "desk", bench.sources(),
                        Optional.of(new FolderSource(second, "main"))))) {
            desk.sync(_ -> {});
            assertTrue(Files.exists(second.resolve("photos/2026/two")));
            laptop.sync(_ -> {});
            assertEquals(1, free(laptop, "letter").files());
            assertEquals(1, free(laptop, "note").files());
            Files.move(second.resolve("letter"), second.resolve("renamed"));
            Files.delete(second.resolve("note"));
            desk.sync(_ -> {});
            SyncReport report = laptop.sync(_ -> {});
            assertEquals(0, report.incoming().created() + report.incoming().deleted());
            assertEquals(List.of("renamed"), laptop.selection().onlineOnly("main"));
            assertFalse(Files.exists(bench.folder.resolve("renamed")));
            assertEquals(State.ONLINE_ONLY, state(laptop, "renamed"));
            assertThrows(StratoboxException.class, () -> laptop.fileState("main", "note"));
            assertEquals(List.of(), laptop.unsafe(9));
            desk.sync(_ -> {});
            assertTrue(Files.exists(second.resolve("renamed")), "freeing is nobody else's business");
        }
    }

    private long trashed() throws IOException {
        try (Stream<Path> all = Files.walk(bench.folder.resolve(".stratobox/trash"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
