package org.stratobox.sync.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.CollectReport.Consent;
import org.stratobox.sync.api.CollectReport.Outcome;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.StratoboxException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Collecting unused packs over real folders, days passing as told.
class CollectorTest {
    private static final int SIZE = 3_000_000;

    @TempDir
    Path base;

    private final Days days = new Days();

    private static final class Days extends Clock {
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");

        void pass(int n) {
            now = now.plus(Duration.ofDays(n));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static byte[] large(long seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Workbench bench() throws Exception {
        return new Workbench(base, 2, TestEngines.withClock(days));
    }

    private Account desk(Workbench bench) throws Exception {
        return bench.engine.init(new InitRequest(base.resolve("home2"), Workbench.phrase(), Workbench.passphrase(),
                "desk", bench.sources(), Optional.of(new FolderSource(deskFolder(), "main"))));
    }

    private Path deskFolder() throws Exception {
        return Files.createDirectories(base.resolve("folder2"));
    }

    /// Uploads a large file, deletes it, and lets so many days with heads pass that no kept state needs it.
    private void unusedFile(Workbench bench, Account... accounts) throws Exception {
        Files.write(bench.folder.resolve("kept.bin"), large(1));
        accounts[0].sync(p -> {});
        Files.write(bench.folder.resolve("gone.bin"), large(2));
        accounts[0].sync(p -> {});
        Files.delete(bench.folder.resolve("gone.bin"));
        for (int i = 0; i < 67; i++) {
            days.pass(1);
            for (Account account : accounts) {
                account.sync(p -> {});
            }
        }
    }

    private static Outcome collect(Account account) throws StratoboxException {
        return account.collect(Consent.GIVEN).outcome();
    }

    @Test
    void unusedDataGoesAfterAllHaveAgreedAndNothingElse() throws Exception {
        Workbench bench = bench();
        try (Account laptop = bench.init(); Account desk = desk(bench)) {
            Files.writeString(deskFolder().resolve("desk.txt"), "from the desk");
            unusedFile(bench, laptop, desk);
            long before = bench.stored();
            assertEquals(Outcome.NOTHING, collect(laptop), "unused, but not for a day");
            days.pass(1);
            assertEquals(Outcome.NEEDS_CONSENT, laptop.collect(Consent.ASK).outcome());
            CollectReport planned = laptop.collect(Consent.GIVEN);
            assertEquals(Outcome.PLANNED, planned.outcome());
            assertTrue(planned.bytes() > SIZE, () -> planned.toString());
            assertTrue(laptop.sync(p -> {}).published(), "the plan is announced");
            days.pass(3);
            laptop.sync(p -> {});
            assertEquals(Outcome.WAITING, collect(laptop), "the desk has not agreed");
            assertEquals(Outcome.WAITING, collect(desk), "one collects at a time");
            assertTrue(desk.sync(p -> {}).published(), "the desk agrees");
            assertEquals(Outcome.WAITING, collect(laptop), "the laptop's head has not seen that");
            days.pass(1);
            laptop.sync(p -> {});
            assertEquals(Outcome.DELETED, collect(laptop));
            assertTrue(bench.stored() < before - SIZE, "bytes are free again");
            laptop.sync(p -> {});
            desk.sync(p -> {});
            assertTrue(laptop.check(true, false, p -> {}).isClean());
            assertEquals(java.util.List.of(), desk.check(true, false, p -> {}).findings());
            // what was collected is uploaded again when it is needed again
            Files.write(deskFolder().resolve("gone.bin"), large(2));
            assertTrue(desk.sync(p -> {}).bytesUploaded() > SIZE);
            laptop.sync(p -> {});
            assertTrue(laptop.check(true, false, p -> {}).isClean());
        }
        Path back = bench.restoreFrom(1);
        assertEquals(List.of(true, true), List.of(java.util.Arrays.equals(large(1), Files.readAllBytes(back
                .resolve("kept.bin"))),
                java.util.Arrays.equals(large(2), Files.readAllBytes(back.resolve("gone.bin")))));
        assertEquals("from the desk", Files.readString(back.resolve("desk.txt")));
    }

    @Test
    void contentThatIsNeededAgainWhileAPlanIsOpenIsSealedAnewAndSurvives() throws Exception {
        Workbench bench = bench();
        try (Account laptop = bench.init()) {
            unusedFile(bench, laptop);
            collect(laptop);
            days.pass(1);
            assertEquals(Outcome.PLANNED, collect(laptop));
            Files.write(bench.folder.resolve("again.bin"), large(2));
            assertTrue(laptop.sync(p -> {}).bytesUploaded() > SIZE, "the old bytes are not relied on");
            days.pass(3);
            laptop.sync(p -> {});
            assertEquals(Outcome.DELETED, collect(laptop));
            laptop.sync(p -> {});
            assertTrue(laptop.check(true, false, p -> {}).isClean());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(0)));
    }

    @Test
    void planIsDroppedWhenADeviceDoesNotAnswerInTime() throws Exception {
        Workbench bench = bench();
        try (Account laptop = bench.init(); Account desk = desk(bench)) {
            unusedFile(bench, laptop, desk);
            collect(laptop);
            days.pass(1);
            assertEquals(Outcome.PLANNED, collect(laptop));
            long stored = bench.stored();
            for (int i = 0; i < 11; i++) {
                laptop.sync(p -> {});
                assertEquals(Outcome.WAITING, collect(laptop));
                days.pass(1);
            }
            assertEquals(Outcome.DROPPED, collect(laptop));
            assertTrue(bench.stored() >= stored, "nothing was deleted");
            laptop.sync(p -> {});
            // the desk was never asked: it may rely on what was a candidate
            Files.write(deskFolder().resolve("gone.bin"), large(2));
            assertTrue(desk.sync(p -> {}).published());
            laptop.sync(p -> {});
            assertTrue(laptop.check(true, false, p -> {}).isClean());
        }
    }

    @Test
    void deviceThatWasAwayForWeeksLooksBeforeItReliesOnAnything() throws Exception {
        Workbench bench = bench();
        try (Account laptop = bench.init(); Account desk = desk(bench)) {
            unusedFile(bench, laptop, desk);
            // the desk sleeps for four weeks from here on
            for (int i = 0; i < 28; i++) {
                days.pass(1);
                laptop.sync(p -> {});
            }
            collect(laptop);
            days.pass(1);
            assertEquals(Outcome.PLANNED, collect(laptop));
            laptop.sync(p -> {});
            days.pass(3);
            laptop.sync(p -> {});
            assertEquals(Outcome.DELETED, collect(laptop));
            laptop.sync(p -> {});
            Files.write(deskFolder().resolve("gone.bin"), large(2));
            assertTrue(desk.sync(p -> {}).bytesUploaded() > SIZE);
            assertEquals(java.util.List.of(), desk.check(true, false, p -> {}).findings());
            laptop.sync(p -> {});
            assertTrue(laptop.check(true, false, p -> {}).isClean());
        }
        assertTrue(java.util.Arrays.equals(large(2),
                Files.readAllBytes(bench.restoreFrom(0).resolve("gone.bin"))));
    }

    @Test
    void nothingIsCollectedWhileAStateCannotBeReadCompletely() throws Exception {
        Workbench bench = new Workbench(base, 1, TestEngines.withClock(days));
        try (Account laptop = bench.init()) {
            unusedFile(bench, laptop);
            List<Path> packs = Workbench.files(bench.nodes.getFirst()).stream()
                    .filter(p -> p.toString().contains("/data/")).toList();
            Path aside = base.resolve("aside");
            Files.move(packs.stream().max(java.util.Comparator.comparingLong(CollectorTest::modified)).orElseThrow(),
                    aside);
            assertThrows(StratoboxException.class, () -> collect(laptop));
        }
    }

    private static long modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
