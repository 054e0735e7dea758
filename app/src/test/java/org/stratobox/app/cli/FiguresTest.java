package org.stratobox.app.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1234567, 1.2 MB", "12345678, 12 MB", "999999, 1.0 MB",
        "9223372036854775807, 9.2 EB"})
    void sizeKeepsTwoOrThreeDigits(long bytes, String text) {
        assertEquals(text, Figures.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "449, 0.4 s", "12000, 12 s", "59600, 1 min", "200000, 3 min 20 s", "7500000, 2 h 5 min",
        "345600000, 4 days"})
    void durationNamesTheTwoLargestUnits(long millis, String text) {
        assertEquals(text, Figures.duration(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, just now", "180000, 3 min ago", "7200000, 2 h ago", "864000000, 10 days ago",
        "-31536000000, at a time that is still ahead (is this computer's clock right?)"})
    void ageSaysSoWhenTheClockIsWrong(long ago, String text) {
        long now = 1_800_000_000_000L;
        assertEquals(text, Figures.age(now - ago, now));
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "10G, 10000000000", "1.5 TB, 1500000000000", "3k, 3000", "7mb, 7000000", "12B, 12"})
    void parseSizeReadsUnits(String text, long bytes) {
        assertEquals(bytes, Figures.parseSize(text));
    }

    @ParameterizedTest
    @CsvSource({"ten", "-5G", "G", "0", "1e30", "NaN", "5X"})
    void parseSizeRefusesTheRest(String text) {
        assertThrows(NumberFormatException.class, () -> Figures.parseSize(text));
    }

    @Test
    void countKnowsThePlural() {
        assertEquals("1 file", Figures.count(1, "file"));
        assertEquals("0 files", Figures.count(0, "file"));
        assertEquals("12 345 entries", Figures.count(12_345, "entry"));
    }
}
