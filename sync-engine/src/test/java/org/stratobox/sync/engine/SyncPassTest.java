package org.stratobox.sync.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.SyncReport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SyncPassTest {
    @TempDir
    Path base;

    @Test
    void secondPassUploadsNothingWhenNothingChanged() throws Exception {
        Workbench bench = new Workbench(base, 3);
        bench.fill(1, 120);
        try (Account account = bench.init()) {
            SyncReport first = account.sync(p -> {});
            assertEquals(List.of(), first.left());
            assertTrue(first.published());
            assertEquals(0, first.debts());
            long stored = bench.stored();
            SyncReport second = account.sync(p -> {});
            assertFalse(second.published());
            assertEquals(0, second.bytesUploaded());
            assertEquals(stored, bench.stored());
            assertTrue(account.status().isSafe());
        }
    }

    @Test
    void lostIndexIsRebuiltWithoutSendingAnything() throws Exception {
        Workbench bench = new Workbench(base, 3);
        bench.fill(2, 80);
        try (Account account = bench.init()) {
            account.sync(p -> {});
        }
        long stored = bench.stored();
        for (String file : List.of("index.db", "index.db-wal", "index.db-shm")) {
            Files.deleteIfExists(bench.home().resolve(file));
        }
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertEquals(0, report.bytesUploaded());
            assertEquals(0, report.filesIngested());
            assertFalse(report.published());
            assertEquals(stored, bench.stored());
        }
    }
}
