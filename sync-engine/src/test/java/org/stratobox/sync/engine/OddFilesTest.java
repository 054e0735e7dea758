package org.stratobox.sync.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.api.SyncReport.Problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// One file that cannot be taken is named, and the rest goes on.
class OddFilesTest {
    @TempDir
    Path base;

    private final TroubledFiles files = new TroubledFiles();

    private Workbench bench() throws Exception {
        Workbench bench = new Workbench(base, 2, TestEngines.withFiles(files));
        Files.createDirectories(bench.folder.resolve("sub"));
        Files.writeString(bench.folder.resolve("good.txt"), "good");
        Files.writeString(bench.folder.resolve("odd.txt"), "odd, first");
        Files.writeString(bench.folder.resolve("sub/inner.txt"), "inner");
        return bench;
    }

    private static void assertOne(SyncReport report, String path, String part) {
        assertEquals(List.of(path), report.left().stream().map(Problem::path).toList(),
                () -> report.left().toString());
        String reason = report.left().get(0).reason();
        assertTrue(reason.contains(part), reason);
    }

    @Test
    void unreadableFileIsNamedAndItsLastVersionKept() throws Exception {
        Workbench bench = bench();
        try (Account account = bench.init()) {
            account.sync(p -> {});
            Files.writeString(bench.folder.resolve("odd.txt"), "odd, second version");
            Files.writeString(bench.folder.resolve("good.txt"), "better than good");
            files.with("odd.txt", TroubledFiles.Trouble.DENIED);
            SyncReport report = account.sync(p -> {});
            assertOne(report, "odd.txt", "may not be read");
            assertTrue(report.published());
            assertEquals(0, report.removed());
        }
        Path back = bench.restoreFrom(0);
        assertEquals("odd, first", Files.readString(back.resolve("odd.txt")));
        assertEquals("better than good", Files.readString(back.resolve("good.txt")));
    }

    @Test
    void unreadableDirectoryDeletesNothing() throws Exception {
        Workbench bench = bench();
        try (Account account = bench.init()) {
            account.sync(p -> {});
            files.with("sub", TroubledFiles.Trouble.DENIED);
            SyncReport report = account.sync(p -> {});
            assertOne(report, "sub", "may not be read");
            assertEquals(0, report.removed());
        }
        assertEquals("inner", Files.readString(bench.restoreFrom(0).resolve("sub/inner.txt")));
    }

    @Test
    void unreadableRootPausesTheFolder() throws Exception {
        Workbench bench = bench();
        try (Account account = bench.init()) {
            account.sync(p -> {});
            files.with("folder", TroubledFiles.Trouble.DENIED);
            SyncReport report = account.sync(p -> {});
            assertOne(report, "main", "paused");
            assertEquals(0, report.removed());
            assertFalse(report.published());
        }
    }

    @Test
    void fileThatVanishesWhileReadIsNamed() throws Exception {
        Workbench bench = bench();
        files.with("odd.txt", TroubledFiles.Trouble.VANISHES);
        try (Account account = bench.init()) {
            SyncReport report = account.sync(p -> {});
            assertOne(report, "odd.txt", "vanished");
            assertTrue(report.published());
            assertEquals(List.of(), account.sync(p -> {}).left());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    @Test
    void fileThatVanishesBetweenListingAndLookIsLeftToTheNextPass() throws Exception {
        Workbench bench = bench();
        try (Account account = bench.init()) {
            account.sync(p -> {});
            files.with("odd.txt", TroubledFiles.Trouble.LISTED_ONLY);
            SyncReport report = account.sync(p -> {});
            assertEquals(List.of(), report.left());
            assertEquals(0, report.removed());
            files.healed();
            Files.delete(bench.folder.resolve("odd.txt"));
            assertEquals(1, account.sync(p -> {}).removed());
        }
    }

    @Test
    void fileThatKeepsChangingIsNamedAndTakenByTheNextPass() throws Exception {
        Workbench bench = bench();
        files.with("odd.txt", TroubledFiles.Trouble.KEEPS_CHANGING);
        try (Account account = bench.init()) {
            SyncReport report = account.sync(p -> {});
            assertOne(report, "odd.txt", "kept changing");
            files.healed();
            SyncReport second = account.sync(p -> {});
            assertEquals(List.of(), second.left());
            assertTrue(second.published());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    @Test
    void fileThatGrowsWhileReadIsReadAgain() throws Exception {
        Workbench bench = bench();
        files.with("odd.txt", TroubledFiles.Trouble.GROWS_ONCE);
        try (Account account = bench.init()) {
            assertEquals(List.of(), account.sync(p -> {}).left());
            assertTrue(files.opened() >= 4, "three files, one of them twice");
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    @Test
    void nameThatIsNoUtf8IsNamedAndTheRestGoesOn() throws Exception {
        Workbench bench = bench();
        Process process = new ProcessBuilder("bash", "-c", "printf x > \"$(printf 'raw-\\377-name')\"")
                .directory(bench.folder.toFile()).start();
        Assumptions.assumeTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0,
                "SKIPPED: this system cannot make a name that is not UTF-8");
        try (Account account = bench.init()) {
            SyncReport report = account.sync(p -> {});
            assertEquals(1, report.left().size());
            assertTrue(report.left().get(0).reason().contains("UTF-8"));
            assertEquals(3, report.filesIngested());
            assertTrue(report.published());
        }
    }

    @Test
    void twinsInTwoUnicodeFormsAreNamedAndOneIsTaken() throws Exception {
        Workbench bench = bench();
        Files.writeString(bench.folder.resolve("caf\u00e9"), "composed");
        Files.writeString(bench.folder.resolve("cafe\u0301"), "decomposed");
        Assumptions.assumeTrue(Files.readString(bench.folder.resolve("caf\u00e9")).equals("composed"),
                "SKIPPED: this file system does not keep the two forms apart");
        try (Account account = bench.init()) {
            assertOne(account.sync(p -> {}), "cafe\u0301", "Unicode");
        }
        Path back = bench.restoreFrom(0);
        assertEquals("composed", Files.readString(back.resolve("caf\u00e9"), StandardCharsets.UTF_8));
        assertFalse(Files.exists(back.resolve("cafe\u0301")));
    }

    @Test
    void fileThatBecomesDirectoryAndBackIsFollowed() throws Exception {
        Workbench bench = bench();
        try (Account account = bench.init()) {
            account.sync(p -> {});
            Workbench.remove(bench.folder.resolve("sub"));
            Files.writeString(bench.folder.resolve("sub"), "a file now");
            Files.delete(bench.folder.resolve("odd.txt"));
            Files.createDirectories(bench.folder.resolve("odd.txt/deep"));
            Files.writeString(bench.folder.resolve("odd.txt/deep/x"), "x");
            assertEquals(List.of(), account.sync(p -> {}).left());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }
}
