package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.ManualTicker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AbsencesTest {
    private static final RelativePath FILE = new RelativePath("dir/file");
    private static final RelativePath DIR = new RelativePath("dir");

    private final ManualTicker ticker = new ManualTicker();
    private final Absences absences = new Absences(ticker, Duration.ofSeconds(3));

    private Optional<Duration> unsettled(RelativePath path) {
        return absences.unsettled(path, Duration.ZERO);
    }

    @Test
    void aDeletionIsBelievedWhenItIsStillMissingAfterAWhile() {
        assertEquals(Optional.of(Duration.ofSeconds(3)), unsettled(FILE));
        ticker.millis(2_000);
        assertEquals(Optional.of(Duration.ofSeconds(1)), unsettled(FILE));
        ticker.millis(1_000);
        assertEquals(Optional.empty(), unsettled(FILE));
        // asked again before it is on record
        assertEquals(Optional.empty(), unsettled(FILE));
    }

    @Test
    void whatWasThereInBetweenStartsAnew() {
        absences.noticed(FILE);
        ticker.millis(2_900);
        absences.forget(FILE);
        ticker.millis(200);
        assertEquals(Optional.of(Duration.ofSeconds(3)), unsettled(FILE));
    }

    @Test
    void whatIsBelowAMissingDirectoryIsMissingAsLong() {
        absences.noticed(DIR);
        ticker.millis(3_000);
        assertEquals(Optional.empty(), unsettled(FILE));
        assertEquals(Optional.of(Duration.ofSeconds(3)), unsettled(new RelativePath("dir2")));
    }

    @Test
    void whatWasDeletedLongAgoNeedsNoWait() {
        assertEquals(Optional.empty(), absences.unsettled(FILE, Duration.ofSeconds(3)));
        assertEquals(Optional.of(Duration.ofSeconds(3)), absences.unsettled(FILE, Duration.ofMillis(2_999)));
    }

    @Test
    void whatNobodyAskedAboutForLongIsNoEvidence() {
        absences.noticed(DIR);
        ticker.millis(599_000);
        assertEquals(Optional.empty(), unsettled(FILE));
        ticker.millis(599_000);
        assertEquals(Optional.empty(), unsettled(FILE));
        ticker.millis(601_000);
        assertEquals(Optional.of(Duration.ofSeconds(3)), unsettled(FILE));
        absences.noticed(DIR);
        ticker.millis(3_000);
        absences.forgetAll();
        assertEquals(Optional.of(Duration.ofSeconds(3)), unsettled(FILE));
    }

    @Test
    void veryManyDeletionsAreBelievedInTurn() {
        int all = 120_000;
        int rounds = 0;
        for (int left = all; left > 0; rounds++) {
            assertTrue(rounds < 5, "no progress");
            ticker.millis(3_000);
            int believed = 0;
            for (int i = all - left; i < all; i++) {
                RelativePath path = new RelativePath("f" + i);
                if (unsettled(path).isEmpty()) {
                    absences.forget(path);
                    believed++;
                }
            }
            left -= believed;
        }
        assertEquals(4, rounds);
    }
}
