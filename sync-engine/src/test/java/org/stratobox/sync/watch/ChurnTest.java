package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.ManualTicker;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ChurnTest {
    private static final RelativePath FILE = new RelativePath("mail/box");

    private final ManualTicker ticker = new ManualTicker();
    private final Churn churn = new Churn(ticker);

    @Test
    void aPathIsDelayedWhenItWasAuthoredMoreThanTenTimesInTenMinutes() {
        for (int i = 0; i < 10; i++) {
            churn.authored(FILE);
            ticker.millis(50_000);
        }
        assertEquals(Optional.empty(), churn.delay(FILE));
        churn.authored(FILE);
        assertEquals(Optional.of(Duration.ofMinutes(5)), churn.delay(FILE));
        assertEquals(Optional.empty(), churn.delay(new RelativePath("mail/other")));
        ticker.millis(60_000);
        assertEquals(Optional.of(Duration.ofMinutes(4)), churn.delay(FILE));
        ticker.millis(240_000);
        assertEquals(Optional.empty(), churn.delay(FILE));
    }

    @Test
    void aFileThatChangesAllDayGetsAVersionEveryFiveMinutes() {
        int versions = 0;
        for (int second = 0; second < 3_600; second++) {
            if (churn.delay(FILE).isEmpty()) {
                churn.authored(FILE);
                versions++;
            }
            ticker.millis(1_000);
        }
        assertEquals(11 + 11, versions);
        ticker.millis(601_000);
        churn.authored(FILE);
        assertEquals(Optional.empty(), churn.delay(FILE));
    }
}
