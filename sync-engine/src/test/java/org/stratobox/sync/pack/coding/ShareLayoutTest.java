package org.stratobox.sync.pack.coding;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.sync.pack.coding.ShareLayout.Segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ShareLayoutTest {
    @ParameterizedTest
    @CsvSource({"2, 4, 8192, 4096", "2, 4, 8193, 8192", "3, 6, 16777216, 5595136", "1, 3, 12345, 12345",
        "10, 16, 100, 4096"})
    void shareLengthIsRoundedUpToFourKibExceptForCopies(int k, int n, int length, int expected) {
        assertEquals(expected, new ShareLayout(new CodingProfile(k, n), length).shareLength());
    }

    @Test
    void payloadEndsWithThePack() {
        ShareLayout layout = new ShareLayout(new CodingProfile(4, 8), 4096 * 2 + 1);
        assertEquals(List.of(4096, 4096, 1, 0), List.of(layout.payload(0), layout.payload(1), layout.payload(2),
                layout.payload(3)));
    }

    @Test
    void segmentsCutARangeAtTheBordersOfShares() {
        ShareLayout layout = new ShareLayout(new CodingProfile(3, 5), 4096 * 3);
        assertEquals(List.of(new Segment(0, 4000, 96), new Segment(1, 0, 4096), new Segment(2, 0, 1)),
                layout.segments(4000, 96 + 4096 + 1));
        assertEquals(List.of(new Segment(1, 10, 20)), layout.segments(4106, 20));
        assertEquals(List.of(), layout.segments(5, 0));
    }

    @Test
    void segmentsRefusesWhenTheRangeLeavesThePack() {
        ShareLayout layout = new ShareLayout(new CodingProfile(2, 4), 10_000);
        assertThrows(IllegalArgumentException.class, () -> layout.segments(9_999, 2));
        assertThrows(IllegalArgumentException.class, () -> layout.segments(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> layout.segments(5, Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> new ShareLayout(new CodingProfile(2, 4), 0));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "1, 2, 2, 1", "1, 3, 2, 2", "2, 3, 3, 1", "2, 4, 3, 2", "2, 5, 4, 3", "3, 6, 5, 3",
        "4, 8, 6, 4", "6, 10, 8, 4", "10, 16, 13, 6"})
    void safeSharesIsKAndHalfOfTheRest(int k, int n, int safe, int survives) {
        CodingProfile profile = new CodingProfile(k, n);
        assertEquals(safe, profile.safeShares());
        assertEquals(survives, profile.survives());
    }

    @Test
    void aProfileNeedsPossibleNumbers() {
        assertThrows(IllegalArgumentException.class, () -> new CodingProfile(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new CodingProfile(3, 2));
        assertThrows(IllegalArgumentException.class, () -> new CodingProfile(3, 257));
    }
}
