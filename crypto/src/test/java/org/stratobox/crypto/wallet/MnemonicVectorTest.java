package org.stratobox.crypto.wallet;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.VectorFiles;

import tools.jackson.databind.JsonNode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.stratobox.crypto.KnownAnswers.hex;

/// The vectors of Trezor, 24 for each of 12 languages: `[entropy, words, seed, xprv]` with the passphrase TREZOR.
class MnemonicVectorTest {
    private static final char[] PASSPHRASE = "TREZOR".toCharArray();

    @Test
    void seedAndMasterKeyAreThoseOfTheVectorsInEveryLanguage() throws CryptoException {
        int seen = 0;
        for (JsonNode language : VectorFiles.json("bip39-trezor.json")) {
            for (JsonNode vector : language) {
                try (WalletSeed seed = Mnemonic.seedOf(vector.get(1).asString().toCharArray(), PASSPHRASE)) {
                    assertEquals(vector.get(2).asString(), hex(seed.expose()));
                    ExtendedKeyText.assertMatches(vector.get(3).asString(),
                            Bip32Key.master(seed.expose().exposeCopy()));
                }
                seen++;
            }
        }
        assertEquals(288, seen);
    }

    @Test
    void wordsAndEntropyAreThoseOfTheVectorsInEnglish() {
        for (JsonNode vector : VectorFiles.json("bip39-trezor.json").get("english")) {
            byte[] entropy = hex(vector.get(0).asString());
            char[] words = vector.get(1).asString().toCharArray();
            Mnemonic made = Mnemonic.generate(entropy.length / 4 * 3, out -> System.arraycopy(entropy, 0, out, 0,
                    entropy.length));
            assertArrayEquals(words, made.exposeWords());
            Parsed.Valid parsed = assertInstanceOf(Parsed.Valid.class, Mnemonic.parse(vector.get(1).asString()));
            assertArrayEquals(words, parsed.mnemonic().exposeWords());
            assertEquals(vector.get(2).asString(), hex(parsed.mnemonic().seed(PASSPHRASE).expose()));
        }
    }

    @Test
    void seedIsTheKnownAnswerWithoutPassphrase() {
        assertEquals(KnownAnswers.SEED, hex(Phrases.seed(Phrases.M1).expose()));
    }
}
