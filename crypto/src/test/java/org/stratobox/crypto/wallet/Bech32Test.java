package org.stratobox.crypto.wallet;

import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class Bech32Test {
    @RepeatedTest(40)
    void decodeGivesBackWhatEncodeWroteAndNoticesAnyChangedLetter(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        byte[] data = new byte[run.getCurrentRepetition() - 1];
        random.nextBytes(data);
        String text = Bech32.encode("st", data);
        assertArrayEquals(data, Bech32.decode("st", text).orElseThrow());
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'q' ? 'p' : 'q';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertTrue(Bech32.decode("st", changed).isEmpty(), changed);
        }
    }

    /// The same text under bech32m, a wrong checksum, too short, a letter that does not exist, another prefix, none.
    @ParameterizedTest
    @ValueSource(strings = {"a1lqfn3a", "a12uel5m", "a1", "a1b2uel5l", "10a06t8", "1qzzfhee"})
    void decodeRefusesWhatIsNotBech32(String text) {
        assertEquals(Optional.empty(), Bech32.decode("a", text));
    }
}
