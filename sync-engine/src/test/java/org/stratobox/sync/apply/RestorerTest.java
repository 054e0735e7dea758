package org.stratobox.sync.apply;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.history.FolderReader;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.localfs.RealFiles;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RestorerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    @TempDir
    private Path home;
    private Path target;
    private TestAccount account;
    private final Map<String, byte[]> bytes = new HashMap<>();
    private final Map<String, Entry> entries = new TreeMap<>();
    private FreeSpace space = FreeSpace.REAL;

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(Files.createDirectory(home.resolve("mesh")), 2);
        target = home.resolve("target");
    }

    @AfterEach
    void close() throws Exception {
        account.close();
        if (Files.exists(target)) {
            assertTrue(TestAccount.namesIn(target).stream().noneMatch(n -> n.startsWith(Staging.PREFIX)),
                    "nothing temporary is left");
        }
    }

    private void add(String path, byte[] content) throws Exception {
        bytes.put(path, content);
        entries.put(path, account.file(content));
    }

    private Capability publish() throws Exception {
        Capability tree = account.tree(entries);
        account.publish();
        return tree;
    }

    private RestoreOutcome restore(Capability tree, Optional<Sealer> sealer) throws Exception {
        Restorer restorer = new Restorer(new Restorer.Tools(account.reader(), account.tasks, () -> 0, account.entropy,
                new RealFiles(), space));
        FolderReader folder = new FolderReader(account.reader());
        return restorer.restore(new Destination(target, DAY, sealer), v -> folder.forEach(tree, v), _ -> {});
    }

    private RestoreOutcome restore(Capability tree) throws Exception {
        return restore(tree, Optional.empty());
    }

    private void assertAllThere() throws Exception {
        for (Map.Entry<String, byte[]> file : bytes.entrySet()) {
            Path path = target.resolve(file.getKey());
            assertArrayEquals(file.getValue(), Files.readAllBytes(path), file.getKey());
            assertEquals(1_700_000_000_123L, Files.getLastModifiedTime(path).toMillis());
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
    }

    @RepeatedTest(4)
    void restoreMakesARandomFolderAgain(RepetitionInfo repetition) throws Exception {
        long seed = 100L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        String directory = "";
        for (int i = 0; i < 150; i++) {
            if (random.nextInt(4) == 0) {
                directory = random.nextBoolean() ? "" : directory + "dir " + i + "/";
            }
            int length = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> random.nextInt(3072);
                case 2, 3 -> random.nextInt(TestAccount.CHUNK);
                default -> random.nextInt(5 * TestAccount.CHUNK);
            };
            add(directory + "file " + i, TestAccount.bytes(length, seed + random.nextInt(20)));
        }
        Capability tree = publish();
        RestoreOutcome outcome = restore(tree);
        assertEquals(new RestoreOutcome(150, 0, 0, outcome.bytes(), List.of(), 0, Optional.empty()), outcome,
                "seed " + seed);
        assertEquals(bytes.values().stream().mapToLong(b -> b.length).sum(), outcome.bytes());
        assertAllThere();
        assertEquals(150, restore(tree).kept(), "again, by comparing what was fetched");
        assertEquals(150, restore(tree, Optional.of(account.folderSealer())).kept(), "again, by sealing");
        assertAllThere();
    }

    @Test
    void restoreSetsModesAndTimesOfDirectoriesLast() throws Exception {
        entries.put("locked", TestAccount.directory(0555));
        entries.put("locked/inner", TestAccount.directory(0700));
        add("locked/inner/file", TestAccount.bytes(10, 1));
        restore(publish());
        Path locked = target.resolve("locked");
        assertEquals("r-xr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(locked)));
        for (Path directory : List.of(locked, locked.resolve("inner"))) {
            assertEquals(1_700_000_000_123L, Files.getLastModifiedTime(directory).toMillis());
        }
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void restorePutsADifferentFileBesideAndDoesItOnce() throws Exception {
        add("dir/report.txt", TestAccount.bytes(5000, 1));
        add("small", TestAccount.bytes(10, 2));
        Capability tree = publish();
        Files.createDirectories(target.resolve("dir"));
        byte[] other = TestAccount.bytes(5000, 3);
        Files.write(target.resolve("dir/report.txt"), other);
        Files.write(target.resolve("small"), new byte[3]);
        assertEquals(2, restore(tree).beside());
        assertArrayEquals(other, Files.readAllBytes(target.resolve("dir/report.txt")));
        assertArrayEquals(bytes.get("dir/report.txt"),
                Files.readAllBytes(target.resolve("dir/report (restored 2026-11-20).txt")));
        RestoreOutcome again = restore(tree);
        assertEquals(List.of(0L, 2L), List.of(again.files(), again.kept()));
        Files.write(target.resolve("small (restored 2026-11-20)"), new byte[1]);
        restore(tree, Optional.of(account.folderSealer()));
        assertEquals(Set.of("dir", "small", "small (restored 2026-11-20)", "small (restored 2026-11-20 2)"),
                Set.copyOf(TestAccount.namesIn(target)));
    }

    @Test
    void restoreNeverFollowsALink() throws Exception {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("dir"), outside);
        Files.createSymbolicLink(target.resolve("file"), outside.resolve("made"));
        add("dir/secret", TestAccount.bytes(4000, 1));
        add("file", TestAccount.bytes(4000, 2));
        // and one that the state itself brings, with something below it
        entries.put("evil", TestAccount.link(outside.toString()));
        add("evil/x", new byte[1]);
        RestoreOutcome outcome = restore(publish());
        assertEquals(List.of(), TestAccount.list(outside));
        assertEquals(List.of(), outcome.left());
        assertArrayEquals(bytes.get("dir/secret"),
                Files.readAllBytes(target.resolve("dir (restored 2026-11-20)/secret")));
        assertArrayEquals(bytes.get("file"), Files.readAllBytes(target.resolve("file (restored 2026-11-20)")));
        assertTrue(Files.isSymbolicLink(target.resolve("evil")));
        assertTrue(Files.isRegularFile(target.resolve("evil (restored 2026-11-20)/x")));
    }

    @Test
    void restoreWritesLinksAsTheyAre() throws Exception {
        entries.put("link", TestAccount.link("../nowhere/at all"));
        Capability tree = publish();
        assertEquals(1, restore(tree).files());
        assertEquals("../nowhere/at all", Files.readSymbolicLink(target.resolve("link")).toString());
        assertEquals(1, restore(tree).kept());
        Files.delete(target.resolve("link"));
        Files.createSymbolicLink(target.resolve("link"), Path.of("elsewhere"));
        assertEquals(1, restore(tree).beside());
        assertEquals("elsewhere", Files.readSymbolicLink(target.resolve("link")).toString());
    }

    @Test
    void restoreSkipsNamesThatAreNotForThisDisk() throws Exception {
        add(".stratobox/folder", new byte[4]);
        add("nul\u0001name", new byte[4]);
        add("fine", new byte[4]);
        RestoreOutcome outcome = restore(publish());
        assertEquals(List.of(new RestoreOutcome.Left(".stratobox", Sentences.OWN_NAME),
                new RestoreOutcome.Left(".stratobox/folder", Sentences.OWN_NAME)), outcome.left());
        assertTrue(Files.exists(target.resolve("fine")));
        assertFalse(Files.exists(target.resolve(".stratobox")));
    }

    @Test
    void restoreReachesDeepPaths() throws Exception {
        add("d/".repeat(100) + "file", TestAccount.bytes(4000, 1));
        assertEquals(1, restore(publish()).files());
        assertAllThere();
    }

    @Test
    void restoreReportsAFileWithAnUnreadablePartAndGoesOn() throws Exception {
        for (int i = 0; i < 8; i++) {
            add("file " + i, TestAccount.bytes(90_000, i));
        }
        account.flush();
        add("later", TestAccount.bytes(10, 99));
        for (int node = 0; node < 2; node++) {
            TestAccount.flip(account.objects(node, Space.DATA).getFirst());
        }
        RestoreOutcome outcome = restore(publish());
        assertEquals(1, outcome.left().size());
        String bad = outcome.left().getFirst().path();
        assertTrue(bad.startsWith("file "), bad);
        assertFalse(Files.exists(target.resolve(bad)));
        bytes.remove(bad);
        assertAllThere();
    }

    @Test
    void restoreLeavesHolesForZeros() throws Exception {
        byte[] sparse = new byte[5 * TestAccount.CHUNK];
        sparse[1] = 1;
        sparse[300_000] = 3;
        add("sparse", sparse);
        add("zeros", new byte[200_000]);
        restore(publish());
        assertAllThere();
    }

    @Test
    void restoreStopsWhenTheDiskIsFullAndKeepsWhatIsComplete() throws Exception {
        add("file", TestAccount.bytes(50_000, 1));
        Capability tree = publish();
        space = _ -> 10_000;
        RestoreOutcome outcome = restore(tree);
        assertEquals(Optional.of(Sentences.FULL), outcome.stopped());
        assertEquals(List.of(), TestAccount.list(target));
        space = FreeSpace.REAL;
        assertEquals(1, restore(tree).files());
        assertAllThere();
    }

    @Test
    void restoreIsCancelledByInterruptionAndContinuedLater() throws Exception {
        for (int i = 0; i < 20; i++) {
            add("file " + i, TestAccount.bytes(50_000, i));
        }
        Capability tree = publish();
        AtomicInteger seen = new AtomicInteger();
        Restorer restorer = new Restorer(new Restorer.Tools(account.reader(), account.tasks, () -> 0, account.entropy,
                new RealFiles(), space));
        FolderReader folder = new FolderReader(account.reader());
        assertThrows(InterruptedException.class,
                () -> restorer.restore(new Destination(target, DAY, Optional.empty()),
                        v -> folder.<RestoreException>forEach(tree, (path, entry) -> {
                            if (seen.incrementAndGet() == 10) {
                                Thread.currentThread().interrupt();
                            }
                            v.visit(path, entry);
                        }), _ -> {}));
        assertEquals(List.of(), TestAccount.list(target));
        assertEquals(20, restore(tree).files());
        assertAllThere();
    }

    @Test
    void restoreRemovesWhatACrashedOneLeft() throws Exception {
        add("file", TestAccount.bytes(50_000, 1));
        Capability tree = publish();
        Path old = Files.createDirectories(target.resolve(Staging.PREFIX + "0123456789abcdef"));
        Files.createFile(old.resolve("lock"));
        Files.write(old.resolve("4"), new byte[100]);
        assertEquals(1, restore(tree).files());
        assertFalse(Files.exists(old, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void restoreIsRefusedWhereNothingCanBeWritten() throws Exception {
        add("file", new byte[1]);
        Capability tree = publish();
        Path file = Files.createFile(home.resolve("plain"));
        target = file;
        assertThrows(RestoreException.class, () -> restore(tree));
        target = home.resolve("target");
    }

    @Test
    void copyWritesAFileInOrder() throws Exception {
        for (int length : new int[]{0, 100, 50_000, 12_345_678}) {
            Entry entry = account.file(TestAccount.bytes(length, length));
            account.flush();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new FileCopy(account.reader(), account.tasks).copy(entry, out);
            assertArrayEquals(TestAccount.bytes(length, length), out.toByteArray());
        }
    }

    @Test
    void copyWritesNothingThatIsNotRight() throws Exception {
        Entry entry = account.file(TestAccount.bytes(50_000, 1));
        account.flush();
        for (int node = 0; node < 2; node++) {
            Path object = account.objects(node, Space.DATA).getFirst();
            byte[] all = Files.readAllBytes(object);
            all[1000] ^= 1;
            Files.delete(object);
            Files.write(object, all);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThrows(HistoryException.Unreadable.class,
                () -> new FileCopy(account.reader(), account.tasks).copy(entry, out));
        assertEquals(0, out.size());
        assertTrue(entry.content() instanceof Content.Chunk);
    }
}
