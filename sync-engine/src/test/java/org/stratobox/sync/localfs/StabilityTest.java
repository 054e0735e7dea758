package org.stratobox.sync.localfs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.localfs.OpenWriters.Answer;
import org.stratobox.sync.localfs.Readiness.Basis;
import org.stratobox.sync.localfs.Readiness.Ready;
import org.stratobox.sync.localfs.Readiness.Reason;
import org.stratobox.sync.localfs.Readiness.Wait;
import org.stratobox.sync.task.ManualTicker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

class StabilityTest {
    private static final Path FILE = Path.of("file");
    private static final Instant START = Instant.parse("2026-11-20T14:00:00Z");

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private final AtomicReference<Answer> answer = new AtomicReference<>(Answer.UNKNOWN);
    private final Stability stability = new Stability(ticker, clock::get, _ -> answer.get());

    private void pass(long millis) {
        ticker.millis(millis);
        clock.updateAndGet(t -> t.plusMillis(millis));
    }

    private static FileStat stat(long size, Instant mtime, Instant ctime) {
        return new FileStat(FileStat.Kind.FILE, size, nanos(mtime), nanos(ctime), 7, 1, 0644);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private FileStat touchedNow(long size) {
        return stat(size, clock.get(), clock.get());
    }

    private Readiness of(FileStat stat) {
        return stability.of(FILE, stat, 0);
    }

    private static Wait wait(long seconds, Reason reason) {
        return new Wait(Duration.ofSeconds(seconds), reason);
    }

    @Test
    void aFileMayBeReadWhenItRestedForTwoSeconds() {
        FileStat stat = touchedNow(10);
        pass(1_999);
        assertEquals(wait(2, Reason.FRESH), of(stat));
        pass(1);
        assertEquals(new Ready(Basis.RESTED), of(stat));
        answer.set(Answer.SOME);
        assertEquals(new Ready(Basis.RESTED), of(stat));
    }

    @Test
    void aFileMayBeReadAtOnceWhenNobodyWritesIt() {
        answer.set(Answer.NONE);
        assertEquals(new Ready(Basis.CLOSED), of(touchedNow(10)));
        answer.set(Answer.SOME);
        assertEquals(wait(2, Reason.OPEN), of(touchedNow(10)));
    }

    @Test
    void waitsGrowWhileAFileGrows() {
        answer.set(Answer.SOME);
        long size = 0;
        for (int seconds : new int[]{2, 4, 8, 16, 30, 30, 30}) {
            assertEquals(wait(seconds, Reason.OPEN), of(touchedNow(++size)));
            // hints in between do not count
            assertInstanceOf(Wait.class, of(touchedNow(++size)));
            pass(seconds * 1_000L);
        }
        answer.set(Answer.NONE);
        assertEquals(new Ready(Basis.CLOSED), of(touchedNow(++size)));
        answer.set(Answer.SOME);
        assertEquals(wait(2, Reason.OPEN), of(touchedNow(++size)));
    }

    @Test
    void aFileThatNeverRestsIsReadAsItIsAfterTenMinutes() {
        answer.set(Answer.SOME);
        for (int i = 0; i < 599; i++) {
            assertInstanceOf(Wait.class, of(touchedNow(i)));
            pass(1_000);
        }
        assertInstanceOf(Wait.class, of(touchedNow(600)));
        pass(1_000);
        assertEquals(new Ready(Basis.SNAPSHOT), of(touchedNow(601)));
    }

    @Test
    void aFileThatWasEmptiedWaitsTenSeconds() {
        answer.set(Answer.NONE);
        FileStat emptied = touchedNow(0);
        assertEquals(wait(10, Reason.EMPTIED), stability.of(FILE, emptied, 500));
        pass(9_000);
        assertEquals(wait(1, Reason.EMPTIED), stability.of(FILE, emptied, 500));
        pass(1_000);
        assertEquals(new Ready(Basis.RESTED), stability.of(FILE, emptied, 500));
        // a new empty file is just that
        assertEquals(new Ready(Basis.CLOSED), stability.of(FILE, touchedNow(0), 0));
    }

    @Test
    void theChangeTimeCountsWhenTheModificationTimeWasSetBack() {
        FileStat copied = stat(10, START.minusSeconds(86_400), START);
        assertEquals(wait(2, Reason.FRESH), of(copied));
        pass(2_000);
        assertEquals(new Ready(Basis.RESTED), of(copied));
    }

    @Test
    void aTimeInTheFutureDelaysNoLongerThanWhatWasSeen() {
        FileStat future = stat(10, START.plusSeconds(86_400), START.plusSeconds(86_400));
        assertEquals(wait(2, Reason.FRESH), of(future));
        pass(2_000);
        assertEquals(new Ready(Basis.RESTED), of(future));
    }

    @Test
    void forgetStartsAnew() {
        answer.set(Answer.SOME);
        for (int seconds : new int[]{2, 4, 8}) {
            assertEquals(wait(seconds, Reason.OPEN), of(touchedNow(1)));
            pass(seconds * 1_000L);
        }
        stability.forget(FILE);
        assertEquals(wait(2, Reason.OPEN), of(touchedNow(1)));
    }
}
