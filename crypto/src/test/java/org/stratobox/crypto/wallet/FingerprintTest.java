package org.stratobox.crypto.wallet;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stratobox.crypto.KnownAnswers.hex;

class FingerprintTest {
    @Test
    void wordsAreTheFirst44Bits() {
        assertEquals("abandon abandon abandon abandon", Fingerprint.of(new byte[16]));
        // 2047, 0, 2047, 0, then bits that do not count
        assertEquals("zoo abandon zoo abandon", Fingerprint.of(hex("ffe003ff800fffffffffffffffffffff")));
    }

    @Test
    void ofRefusesWhenItIsNotAnAccountId() {
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.of(new byte[15]));
    }
}
