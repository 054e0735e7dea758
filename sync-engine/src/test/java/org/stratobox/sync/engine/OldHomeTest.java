package org.stratobox.sync.engine;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Devices;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Homes that are damaged, older than they should be, or whose clock is wrong.
class OldHomeTest {
    @TempDir
    Path base;

    private Workbench synced() throws Exception {
        Workbench bench = new Workbench(base, 2);
        bench.fill(8, 30);
        try (Account account = bench.init()) {
            account.sync(p -> {});
        }
        return bench;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void homeThatIsAnOlderCopyGoesOnAsAnotherDevice(boolean withoutIndex) throws Exception {
        Workbench bench = synced();
        Path copy = base.resolve("copy-of-home");
        Workbench.copy(bench.home(), copy);
        Files.writeString(bench.folder.resolve("later.txt"), "written after the copy");
        try (Account account = bench.open()) {
            assertTrue(account.sync(p -> {}).published());
        }
        Workbench.remove(bench.home());
        Workbench.copy(copy, bench.home());
        if (withoutIndex) {
            Files.delete(bench.home().resolve("index.db"));
        }
        Files.writeString(bench.folder.resolve("after.txt"), "written on the restored machine");
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertEquals(1, report.warnings().size(), () -> report.warnings().toString());
            assertTrue(report.warnings().getFirst().contains("goes on as \"laptop 2\""), report.warnings()::toString);
            assertTrue(report.published());
            assertEquals(List.of("laptop 2", "laptop"),
                    account.devices().list().stream().map(Devices.DeviceView::label).toList());
            assertEquals(List.of(Devices.State.ACTIVE, Devices.State.RESTING),
                    account.devices().list().stream().map(Devices.DeviceView::state).toList());
            assertEquals(Devices.AlarmKind.NEW_IDENTITY, account.devices().alarms().getFirst().kind());
            // told once, and nothing more to do
            SyncReport again = account.sync(p -> {});
            assertEquals(List.of(), again.warnings());
            assertFalse(again.published());
            assertTrue(account.check(true, false, p -> {}).isClean());
        }
        try (Account account = bench.open()) {
            assertFalse(account.sync(p -> {}).published());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    @Test
    void indexThatIsOlderThanItsHomeLeadsToAnotherDevice() throws Exception {
        Workbench bench = synced();
        Path copy = base.resolve("index-of-yesterday");
        Files.copy(bench.home().resolve("index.db"), copy);
        for (String name : List.of("one.txt", "two.txt")) {
            Files.writeString(bench.folder.resolve(name), name);
            try (Account account = bench.open()) {
                assertTrue(account.sync(p -> {}).published());
            }
        }
        Files.copy(copy, bench.home().resolve("index.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (Account account = bench.open()) {
            assertTrue(account.sync(p -> {}).warnings().getFirst().contains("goes on as"));
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    private static void assertRebuiltWithoutUpload(Workbench bench) throws Exception {
        long stored = bench.stored();
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertEquals(List.of(), report.left());
            assertEquals(0, report.bytesUploaded());
            assertEquals(0, report.filesIngested());
            assertEquals(stored, bench.stored());
            assertTrue(account.status().isSafe());
        }
    }

    @Test
    void indexOfGarbageIsSetAsideAndRebuilt() throws Exception {
        Workbench bench = synced();
        byte[] garbage = new byte[50_000];
        new Random(3).nextBytes(garbage);
        Files.write(bench.home().resolve("index.db"), garbage);
        assertRebuiltWithoutUpload(bench);
        assertTrue(Arrays.equals(garbage, Files.readAllBytes(bench.home().resolve("index.damaged"))));
    }

    @Test
    void truncatedIndexIsSetAsideAndRebuilt() throws Exception {
        Workbench bench = synced();
        Path file = bench.home().resolve("index.db");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) / 2);
        }
        assertRebuiltWithoutUpload(bench);
        assertTrue(Files.exists(bench.home().resolve("index.damaged")));
    }

    @Test
    void emptyIndexFileIsFilledAgain() throws Exception {
        Workbench bench = synced();
        Files.write(bench.home().resolve("index.db"), new byte[0]);
        assertRebuiltWithoutUpload(bench);
    }

    @Test
    void indexOfAnotherDeviceIsSetAside() throws Exception {
        Workbench bench = synced();
        Path otherBase = Files.createDirectories(base.resolve("other"));
        Workbench other = new Workbench(otherBase, 1);
        try (Account account = other.init()) {
            account.sync(p -> {});
        }
        Files.copy(other.home().resolve("index.db"), bench.home().resolve("index.db"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRebuiltWithoutUpload(bench);
        assertTrue(Files.exists(bench.home().resolve("index.damaged")));
    }

    @Test
    void damagedKeystoreIsASentenceAndNothingChanges() throws Exception {
        Workbench bench = synced();
        Path keystore = bench.home().resolve("keystore");
        byte[] good = Files.readAllBytes(keystore);
        byte[] garbage = new byte[good.length];
        new Random(4).nextBytes(garbage);
        for (byte[] bad : List.of(new byte[0], Arrays.copyOf(good, 5), Arrays.copyOf(good, good.length - 1), garbage)) {
            Files.write(keystore, bad);
            StratoboxException e = assertThrows(StratoboxException.class, () -> bench.open().close());
            assertTrue(e.reason() == Reason.FAILED || e.reason() == Reason.WRONG_SECRET, () -> "reason " + e.reason());
            assertTrue(Arrays.equals(bad, Files.readAllBytes(keystore)));
        }
        Files.write(keystore, good);
        assertRebuiltWithoutUpload(bench);
    }

    @Test
    void damagedOwnHeadIsASentence() throws Exception {
        Workbench bench = synced();
        Path head = bench.home().resolve("head");
        byte[] bytes = Files.readAllBytes(head);
        bytes[bytes.length / 2] ^= 1;
        Files.write(head, bytes);
        try (Account account = bench.open()) {
            StratoboxException e = assertThrows(StratoboxException.class, () -> account.sync(p -> {}));
            assertTrue(String.valueOf(e.getMessage()).contains("\"head\""), () -> String.valueOf(e.getMessage()));
        }
    }

    @Test
    void lostOwnHeadIsTakenFromTheNodes() throws Exception {
        Workbench bench = synced();
        Files.delete(bench.home().resolve("head"));
        Files.delete(bench.home().resolve("index.db"));
        assertRebuiltWithoutUpload(bench);
    }

    @Test
    void clockAYearAheadIsSaid() throws Exception {
        Workbench bench = new Workbench(base, 2,
                TestEngines.withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(365))));
        bench.fill(8, 10);
        try (Account account = bench.init()) {
            assertEquals(List.of(), account.sync(p -> {}).warnings());
        }
        Workbench now = new Workbench(base, 2);
        try (Account account = now.open()) {
            List<String> warnings = account.sync(p -> {}).warnings();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).contains("in the future"), warnings::toString);
        }
        assertEquals(Workbench.tree(now.folder), Workbench.tree(now.restoreFrom(0)));
    }

    @Test
    void rightClockGivesNoWarning() throws Exception {
        Workbench bench = synced();
        try (Account account = bench.open()) {
            assertEquals(List.of(), account.sync(p -> {}).warnings());
            assertFalse(account.sync(p -> {}).published());
        }
    }
}
