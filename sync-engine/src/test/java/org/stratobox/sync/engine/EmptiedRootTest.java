package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EmptiedRootTest {
    @TempDir
    Path base;

    @Test
    void emptiedRootPausesAndDeletesNothingThoughItsMarkerIsThere() throws Exception {
        Workbench bench = new Workbench(base, 1);
        bench.fill(4, 20);
        try (Account account = bench.init()) {
            account.sync(p -> {});
            empty(bench.folder);
            SyncReport report = account.sync(p -> {});
            assertEquals(0, report.removed());
            assertFalse(report.published(), report::toString);
            assertEquals(1, report.left().size());
            assertFalse(account.status().isSafe());
            // a single file shows that the folder is in use, so the others were deleted; that many wait for a word
            Files.writeString(bench.folder.resolve("kept"), "here");
            assertEquals(0, deletions(account));
            account.brakes().release(account.brakes().held().getFirst().id());
            assertTrue(deletions(account) >= 20);
        }
    }

    private static long deletions(Account account) throws StratoboxException {
        return account.sync(p -> {}).removed();
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                if (!path.equals(folder) && !folder.relativize(path).startsWith(".stratobox")) {
                    Files.delete(path);
                }
            }
        }
    }
}
