package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A root that is not certainly the right one is left alone, and so is everything on the nodes.
class PausedFolderTest {
    @TempDir
    Path base;

    private interface Harm {
        void to(Path folder) throws IOException;
    }

    private void assertPausedAfter(Harm harm) throws Exception {
        Workbench bench = new Workbench(base, 2);
        bench.fill(4, 25);
        SortedMap<String, String> original = Workbench.tree(bench.folder);
        try (Account account = bench.init()) {
            account.sync(p -> {});
            long stored = bench.stored();
            harm.to(bench.folder);
            SyncReport report = account.sync(p -> {});
            assertEquals(1, report.left().size(), () -> report.left().toString());
            assertTrue(report.left().get(0).reason().contains("paused"), () -> report.left().toString());
            assertEquals(0, report.removed());
            assertFalse(report.published());
            assertEquals(stored, bench.stored());
            assertFalse(account.status().isSafe());
            assertTrue(account.status().folders().get(0).problem().isPresent());
        }
        SortedMap<String, String> restored = Workbench.tree(bench.restoreFrom(1));
        assertEquals(original, restored);
    }

    private static void emptied(Path folder) throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(folder)) {
            children = all.toList();
        }
        for (Path child : children) {
            Workbench.remove(child);
        }
    }

    private static void marked(Path folder, FolderId as) throws IOException {
        Files.delete(folder.resolve(".stratobox/folder"));
        new FolderMarker(as, new Id16(7, 7)).write(folder);
    }

    @Test
    void markerGone() throws Exception {
        assertPausedAfter(folder -> Files.delete(folder.resolve(".stratobox/folder")));
    }

    @Test
    void markerOfAnotherFolder() throws Exception {
        assertPausedAfter(folder -> marked(folder, new FolderId(new Id16(1, 2))));
    }

    @Test
    void markerOfAnotherFolderInAnEmptiedRoot() throws Exception {
        assertPausedAfter(folder -> {
            emptied(folder);
            new FolderMarker(new FolderId(new Id16(1, 2)), new Id16(7, 7)).write(folder);
        });
    }

    @Test
    void markerDamaged() throws Exception {
        assertPausedAfter(
                folder -> Files.writeString(folder.resolve(".stratobox/folder"), "stratobox-folder 9\nxyz\n"));
    }

    @Test
    void rootEmptiedWithItsMarker() throws Exception {
        assertPausedAfter(PausedFolderTest::emptied);
    }

    @Test
    void rootGone() throws Exception {
        assertPausedAfter(Workbench::remove);
    }

    @Test
    void rootReplacedByFile() throws Exception {
        assertPausedAfter(folder -> {
            Workbench.remove(folder);
            Files.writeString(folder, "a file");
        });
    }

    @Test
    void folderThatLostItsMarkerGoesOnAfterItWasAddedAgain() throws Exception {
        Workbench bench = new Workbench(base, 2);
        bench.fill(4, 25);
        try (Account account = bench.init()) {
            account.sync(p -> {});
            Files.delete(bench.folder.resolve(".stratobox/folder"));
            account.sync(p -> {});
            account.removeFolder("main");
            account.addFolder(new FolderSource(bench.folder, "main"));
            Files.writeString(bench.folder.resolve("new.txt"), "after");
            SyncReport report = account.sync(p -> {});
            assertEquals(List.of(), report.left());
            assertTrue(report.published());
            assertTrue(account.status().isSafe());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    @Test
    void deletionsOfTheUserAreRecordedWhileTheMarkerIsThere() throws Exception {
        Workbench bench = new Workbench(base, 2);
        bench.fill(4, 25);
        try (Account account = bench.init()) {
            account.sync(p -> {});
            Files.delete(bench.folder.resolve("large.bin"));
            Workbench.remove(bench.folder.resolve("empty"));
            SyncReport report = account.sync(p -> {});
            assertEquals(3, report.removed());
            assertTrue(report.published());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }
}
