package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.SyncReport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LargeFileTest {
    private static final int LARGE = 64 << 20;
    private static final int MID_SIZE_FILES = 300;

    @TempDir
    Path base;

    private static void fill(Path folder, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] large = new byte[LARGE];
        random.nextBytes(large);
        Files.write(folder.resolve("large.bin"), large);
        for (int i = 0; i < MID_SIZE_FILES; i++) {
            byte[] bytes = new byte[20_000 + random.nextInt(80_000)];
            random.nextBytes(bytes);
            Files.write(folder.resolve("mid-" + i), bytes);
        }
    }

    private static void insertInFront(Path file) throws IOException {
        byte[] old = Files.readAllBytes(file);
        byte[] longer = new byte[old.length + 1];
        longer[0] = 42;
        System.arraycopy(old, 0, longer, 1, old.length);
        Files.write(file, longer);
    }

    // the limit is against a pass that never ends, not a measure of speed
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void oneByteInFrontOfLargeFileSendsLittleAndAllComesBack() throws Exception {
        Workbench bench = new Workbench(base, 2);
        fill(bench.folder, 11);
        try (Account account = bench.init()) {
            SyncReport first = account.sync(p -> {});
            assertEquals(List.of(), first.left());
            assertEquals(MID_SIZE_FILES + 1, first.filesIngested());
            assertTrue(first.bytesSealed() >= LARGE, () -> "sealed " + first.bytesSealed());
            insertInFront(bench.folder.resolve("large.bin"));
            SyncReport second = account.sync(p -> {});
            assertEquals(List.of(), second.left());
            assertTrue(second.bytesSealed() > 0 && second.bytesSealed() < 4 << 20,
                    () -> "sealed " + second.bytesSealed());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(1)));
    }
}
