package org.stratobox.app.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class MomentTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 20, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({"2026-11-19, 2026-11-19T22:59:59.999Z", "2026-11-19 14:00, 2026-11-19T13:00:00Z",
        "2026-11-19T14:00, 2026-11-19T13:00:00Z", "2026-11-19 14:00:05, 2026-11-19T13:00:05Z",
        "2026-1-5, 2026-01-05T22:59:59.999Z", "2026-11-19T14:00:00+05:00, 2026-11-19T09:00:00Z",
        "2026-11-19 14:00:00Z, 2026-11-19T14:00:00Z", "2h, 2026-11-20T09:00:00Z", "2 hours ago, 2026-11-20T09:00:00Z",
        "30m, 2026-11-20T10:30:00Z", "3d, 2026-11-17T11:00:00Z", "1w ago, 2026-11-13T11:00:00Z",
        "yesterday, 2026-11-19T22:59:59.999Z", "Yesterday 9:30, 2026-11-19T08:30:00Z", "now, 2026-11-20T11:00:00Z",
        "today, 2026-11-20T11:00:00Z", "today 8:00, 2026-11-20T07:00:00Z", "11:59, 2026-11-20T10:59:00Z",
        "18:00, 2026-11-19T17:00:00Z", "2026-07-01 12:00, 2026-07-01T10:00:00Z"})
    void parseUnderstandsTimesAsPeopleWriteThem(String text, String expected) throws StratoboxException {
        assertEquals(Instant.parse(expected), Instant.ofEpochMilli(Moment.parse(text, NOW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-13-01", "2026-11-19 25:00", "19.11.2026", "2x", "yesterday noon"})
    void parseRefusesWhatIsNoTime(String text) {
        assertThrows(StratoboxException.class, () -> Moment.parse(text, NOW));
    }

    @ParameterizedTest
    @CsvSource({"30m, 2026-11-20T11:30:00Z", "2h, 2026-11-20T13:00:00Z", "tomorrow, 2026-11-21T07:00:00Z",
        "18:00, 2026-11-20T17:00:00Z", "9:30, 2026-11-21T08:30:00Z", "2026-12-24 18:00, 2026-12-24T17:00:00Z"})
    void aPauseEndsWhenItSays(String text, String expected) throws StratoboxException {
        assertEquals(Instant.parse(expected), Instant.ofEpochMilli(PauseCommand.until(text, NOW)));
    }

    @Test
    void aPauseWithoutEndIsOneAndOneInThePastIsRefused() throws StratoboxException {
        assertEquals(Settings.UNTIL_RESUMED, PauseCommand.until("until-resumed", NOW));
        assertThrows(StratoboxException.class, () -> PauseCommand.until("yesterday", NOW));
        assertThrows(StratoboxException.class, () -> PauseCommand.until("forever", NOW));
    }
}
