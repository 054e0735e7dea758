package org.stratobox.sync.engine;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.SyncReport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Two devices of one account over three folder nodes: the rows of `sync.md` 7 that need no clock and no crash.
class TwoWayTest {
    @TempDir
    Path base;

    private Workbench bench;
    private Path a;
    private Path b;
    private Account laptop;
    private Account desk;

    @BeforeEach
    void setUp() throws Exception {
        bench = new Workbench(base, 3);
        a = bench.folder;
        b = Files.createDirectories(base.resolve("folder2"));
        laptop = bench.init();
        desk = bench.engine.init(new InitRequest(base.resolve("home2"), Workbench.phrase(), Workbench.passphrase(),
                "desk", bench.sources(), Optional.of(new FolderSource(b, "main"))));
    }

    @AfterEach
    void tearDown() {
        laptop.close();
        desk.close();
    }

    private static SyncReport sync(Account account) throws Exception {
        SyncReport report = account.sync(_ -> {});
        assertEquals(List.of(), report.left());
        return report;
    }

    /// Until two rounds change nothing.
    private SortedMap<String, String> settle() throws Exception {
        int quiet = 0;
        for (int round = 0; round < 12 && quiet < 2; round++) {
            boolean moved = false;
            for (Account account : List.of(laptop, desk)) {
                SyncReport report = sync(account);
                moved |= report.filesIngested() + report.removed() + report.incoming().changes() > 0
                        || report.published();
            }
            quiet = moved ? 0 : quiet + 1;
        }
        assertEquals(2, quiet, "the devices come to rest");
        SortedMap<String, String> tree = tree(a);
        assertEquals(tree, tree(b));
        return tree;
    }

    /// What is synced: kind, content, execute bit and time of files, targets of links.
    private static SortedMap<String, String> tree(Path root) throws Exception {
        SortedMap<String, String> tree = new TreeMap<>();
        for (Path path : visible(root)) {
            String what;
            if (Files.isSymbolicLink(path)) {
                what = "link " + Files.readSymbolicLink(path);
            } else if (Files.isDirectory(path)) {
                what = "directory";
            } else {
                what = Sha256.of(Files.readAllBytes(path)).hex() + " " + Files.isExecutable(path) + " "
                        + Files.getLastModifiedTime(path).toMillis();
            }
            tree.put(root.relativize(path).toString(), what);
        }
        return tree;
    }

    private static List<Path> visible(Path root) throws Exception {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(p -> !p.equals(root) && !p.startsWith(root.resolve(".stratobox"))).sorted().toList();
        }
    }

    private static List<String> texts(Path root) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Path file : visible(root)) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                texts.add(Files.readString(file));
            }
        }
        return texts.stream().sorted().toList();
    }

    @Test
    void whatOneDeviceMakesTheOtherGets() throws Exception {
        Files.writeString(a.resolve("x.txt"), "one");
        Files.createDirectories(a.resolve("d/e"));
        Files.writeString(a.resolve("d/e/y.txt"), "two");
        Files.createSymbolicLink(a.resolve("link"), Path.of("x.txt"));
        Files.writeString(b.resolve("mine.txt"), "three");
        assertEquals(6, settle().size());
        assertEquals(List.of("one", "three", "two"), texts(b));
        Files.writeString(b.resolve("x.txt"), "one, edited");
        settle();
        assertEquals("one, edited", Files.readString(a.resolve("x.txt")));
        Files.delete(a.resolve("d/e/y.txt"));
        Files.delete(a.resolve("d/e"));
        settle();
        assertFalse(Files.exists(b.resolve("d/e")));
        assertTrue(Files.exists(b.resolve("d")));
    }

    @Test
    void equalFilesOnBothSidesAreNeitherSentNorCopied() throws Exception {
        Files.writeString(a.resolve("same.txt"), "x".repeat(10_000));
        Files.writeString(b.resolve("same.txt"), "x".repeat(10_000));
        assertEquals(1, settle().size());
    }

    @Test
    void concurrentEditsAreBothKeptUnderTheSameNames() throws Exception {
        Files.writeString(a.resolve("x.txt"), "base");
        settle();
        Files.writeString(a.resolve("x.txt"), "laptop's edit");
        Files.writeString(b.resolve("x.txt"), "desk's edit, longer");
        assertEquals(2, settle().size());
        assertEquals(List.of("desk's edit, longer", "laptop's edit"), texts(a));
    }

    @Test
    void equalConcurrentEditsCloseSilently() throws Exception {
        Files.writeString(a.resolve("x.txt"), "base");
        settle();
        Files.writeString(a.resolve("x.txt"), "the same edit");
        Files.writeString(b.resolve("x.txt"), "the same edit");
        assertEquals(1, settle().size());
    }

    @Test
    void editWinsOverDelete() throws Exception {
        Files.writeString(a.resolve("x.txt"), "base");
        Files.writeString(a.resolve("other.txt"), "other");
        settle();
        Files.delete(a.resolve("x.txt"));
        Files.writeString(b.resolve("x.txt"), "edited");
        assertEquals(2, settle().size());
        assertEquals(List.of("edited", "other"), texts(a));
    }

    @Test
    void renameMovesTheFileOfTheOtherDeviceAndSendsNothing() throws Exception {
        Files.write(a.resolve("big.bin"), new byte[3_000_000]);
        settle();
        Object inode = Files.getAttribute(b.resolve("big.bin"), "unix:ino");
        Files.createDirectories(a.resolve("sub"));
        Files.move(a.resolve("big.bin"), a.resolve("sub/renamed.bin"));
        assertEquals(0, sync(laptop).incoming().changes());
        SyncReport desks = sync(desk);
        assertEquals(1, desks.incoming().renamed());
        assertEquals(0, desks.incoming().bytes());
        assertEquals(inode, Files.getAttribute(b.resolve("sub/renamed.bin"), "unix:ino"));
        settle();
    }

    @Test
    void editFollowsTheFileThatWasRenamedElsewhere() throws Exception {
        Files.writeString(a.resolve("x.txt"), "base, long enough to be a file of its own");
        settle();
        Files.move(a.resolve("x.txt"), a.resolve("y.txt"));
        Files.writeString(b.resolve("x.txt"), "edited while it was renamed");
        settle();
        assertEquals(List.of("edited while it was renamed"), texts(a));
        assertTrue(Files.exists(a.resolve("y.txt")));
    }

    @Test
    void directoryRenamedWhileTheOtherAddsInsideLosesNothing() throws Exception {
        Files.createDirectories(a.resolve("d"));
        Files.writeString(a.resolve("d/one"), "1");
        settle();
        Files.move(a.resolve("d"), a.resolve("e"));
        Files.writeString(b.resolve("d/two"), "2");
        settle();
        assertEquals(List.of("1", "2"), texts(a));
    }

    @Test
    void swapOfTwoNamesArrives() throws Exception {
        Files.writeString(a.resolve("x"), "was x");
        Files.writeString(a.resolve("y"), "was y");
        settle();
        Files.move(a.resolve("x"), a.resolve("t"));
        Files.move(a.resolve("y"), a.resolve("x"));
        Files.move(a.resolve("t"), a.resolve("y"));
        settle();
        assertEquals("was y", Files.readString(b.resolve("x")));
        assertEquals("was x", Files.readString(b.resolve("y")));
    }

    @Test
    void fileAgainstDirectoryOfOneNameKeepsBoth() throws Exception {
        Files.writeString(a.resolve("n"), "a file");
        Files.createDirectories(b.resolve("n"));
        Files.writeString(b.resolve("n/inside"), "in the directory");
        settle();
        assertTrue(Files.isDirectory(a.resolve("n")));
        assertEquals(List.of("a file", "in the directory"), texts(b));
    }

    @Test
    void fileBecomesDirectoryAndBack() throws Exception {
        Files.writeString(a.resolve("n"), "first");
        settle();
        Files.delete(a.resolve("n"));
        Files.createDirectories(a.resolve("n/sub"));
        Files.writeString(a.resolve("n/sub/x"), "deep");
        settle();
        assertEquals(List.of("deep"), texts(b));
        Files.delete(b.resolve("n/sub/x"));
        Files.delete(b.resolve("n/sub"));
        Files.delete(b.resolve("n"));
        Files.writeString(b.resolve("n"), "file again");
        settle();
        assertEquals(List.of("file again"), texts(a));
    }

    @Test
    void deletedFilesOfOthersAreInTheTrash() throws Exception {
        Files.writeString(a.resolve("x.txt"), "will be deleted");
        Files.writeString(a.resolve("other.txt"), "other");
        settle();
        Files.delete(a.resolve("x.txt"));
        settle();
        try (var all = Files.walk(b.resolve(".stratobox/trash"))) {
            assertEquals(1, all.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void attributesAloneMoveNoBytes() throws Exception {
        Files.write(a.resolve("script.sh"), new byte[2_000_000]);
        settle();
        assertTrue(a.resolve("script.sh").toFile().setExecutable(true));
        sync(laptop);
        SyncReport desks = sync(desk);
        assertEquals(0, desks.incoming().bytes());
        assertTrue(Files.isExecutable(b.resolve("script.sh")));
        settle();
    }

    @Test
    void massDeletionIsHeldHereUntilItIsReleased() throws Exception {
        for (int i = 0; i < 80; i++) {
            Files.writeString(a.resolve("f" + i), "content " + i);
        }
        settle();
        for (int i = 0; i < 60; i++) {
            Files.delete(a.resolve("f" + i));
        }
        SyncReport held = laptop.sync(_ -> {});
        assertEquals(0, held.removed());
        assertEquals(60, held.incoming().held());
        sync(desk);
        assertEquals(80, tree(b).size());
        String id = laptop.brakes().held().getFirst().id();
        laptop.brakes().release(id);
        assertEquals(60, sync(laptop).removed());
        assertEquals(60, desk.sync(_ -> {}).incoming().held(), "a device does not believe another's word on it");
        desk.brakes().release(desk.brakes().held().getFirst().id());
        assertEquals(20, settle().size());
    }

    @Test
    void massDeletionIsPutBack() throws Exception {
        for (int i = 0; i < 80; i++) {
            Files.writeString(a.resolve("f" + i), "content " + i);
        }
        settle();
        for (int i = 0; i < 60; i++) {
            Files.delete(a.resolve("f" + i));
        }
        laptop.sync(_ -> {});
        laptop.brakes().putBack(laptop.brakes().held().getFirst().id());
        assertEquals(80, settle().size());
    }

    @Test
    void massDeletionFromElsewhereIsHeldAndCanBeGivenBack() throws Exception {
        for (int i = 0; i < 80; i++) {
            Files.writeString(a.resolve("f" + i), "content " + i);
        }
        settle();
        for (int i = 0; i < 60; i++) {
            Files.delete(a.resolve("f" + i));
        }
        laptop.sync(_ -> {});
        laptop.brakes().release(laptop.brakes().held().getFirst().id());
        sync(laptop);
        SyncReport desks = desk.sync(_ -> {});
        assertEquals(60, desks.incoming().held());
        assertEquals(80, tree(b).size());
        desk.brakes().putBack(desk.brakes().held().getFirst().id());
        desk.sync(_ -> {});
        assertEquals(80, settle().size());
    }

    @Test
    void planTellsBothDirectionsAndChangesNothing() throws Exception {
        Files.writeString(a.resolve("from-a"), "1");
        sync(laptop);
        Files.writeString(b.resolve("from-b"), "2");
        var plan = desk.plan();
        assertEquals(2, plan.lines().size(), plan::toString);
        assertFalse(Files.exists(b.resolve("from-a")));
        assertEquals(2, settle().size());
    }
}
