package org.stratobox.crypto.wallet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

class MnemonicTest {
    private static final int[] LENGTHS = {12, 15, 18, 21, 24};
    private static final List<String> SEPARATORS = List.of(" ", "  ", "\t", "\n", "\r\n", ", ", ";", " - ", " / ",
            "\u00a0", "\u3000", "\u200b", " | ", "\u2028");

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void parseFindsTheWordsHoweverTheyAreTyped(int seed) {
        Random random = new Random(seed);
        String words = phrase(random);
        String typed = typed(words.split(" "), random);
        Parsed.Valid valid = assertInstanceOf(Parsed.Valid.class, Mnemonic.parse(typed), () -> "typed: " + typed);
        assertEquals(words, String.valueOf(valid.mnemonic().exposeWords()), () -> "typed: " + typed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void parseNamesExactlyTheWrongWordsWhenLettersAreMistyped(int seed) {
        Random random = new Random(seed);
        String[] words = phrase(random).split(" ");
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String mistyped = replaced(words[i], random);
            if (random.nextInt(5) == 0 && WordList.ENGLISH.find(mistyped).isEmpty()) {
                words[i] = mistyped;
                wrong.add(i + 1);
            }
        }
        Parsed parsed = Mnemonic.parse(String.join(" ", words));
        if (wrong.isEmpty()) {
            assertInstanceOf(Parsed.Valid.class, parsed);
        } else {
            Parsed.UnknownWords unknown = assertInstanceOf(Parsed.UnknownWords.class, parsed);
            assertEquals(wrong, unknown.words().stream().map(Parsed.UnknownWord::position).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void parseNeverFailsOtherwiseWhenTheTextIsRubbish(int seed) {
        Random random = new Random(seed);
        StringBuilder rubbish = new StringBuilder();
        for (int i = random.nextInt(400); i > 0; i--) {
            rubbish.append(random.nextBoolean() ? (char) random.nextInt(0x10000) : (char) (' ' + random.nextInt(90)));
        }
        Parsed parsed = Mnemonic.parse(rubbish);
        assertFalse(parsed instanceof Parsed.Valid, () -> "rubbish: " + rubbish);
    }

    @Test
    void parseTakesEveryFourLetterBeginningForItsWord() throws IOException {
        for (String word : list()) {
            for (int length = 4; length <= word.length(); length++) {
                int index = WordList.ENGLISH.find(word.substring(0, length)).orElseThrow();
                assertEquals(word, WordList.ENGLISH.word(index));
            }
        }
    }

    /// For five letters and more: shorter words have more neighbours than anybody reads.
    @Test
    void suggestionsHoldTheWordWhenOneLetterIsWrongMissingDoubledOrSwapped() throws IOException {
        Random random = new Random(1);
        int looked = 0;
        for (String word : list()) {
            String typed = mistyped(word, random);
            if (word.length() >= 5 && typed.length() >= 5 && WordList.ENGLISH.find(typed).isEmpty()) {
                assertTrue(WordList.ENGLISH.suggestions(typed).contains(word), typed + " for " + word);
                looked++;
            }
        }
        assertTrue(looked > 1_000, "only " + looked);
    }

    @Test
    void suggestionsAreNearestFirstAndFew() {
        assertEquals("abandon", WordList.ENGLISH.suggestions("abandom").getFirst());
        assertEquals("orange", WordList.ENGLISH.suggestions("0range").getFirst());
        assertTrue(WordList.ENGLISH.suggestions("ca").contains("can")
                || WordList.ENGLISH.suggestions("ca").contains("cat"));
        assertTrue(WordList.ENGLISH.suggestions("ar").size() <= 5);
        assertEquals(List.of(), WordList.ENGLISH.suggestions("qqqqqqqqqqq"));
        assertEquals(List.of(), WordList.ENGLISH.suggestions("x".repeat(64)));
    }

    @Test
    void parseStripsNumberingOnlyWhenItCounts() {
        String numbered = "1.abandon 2)abandon 3 abandon 4abandon #5 abandon (6) abandon 7: abandon 8abandon "
                + "9 abandon 10. ABANDON 11abandon 12about";
        assertInstanceOf(Parsed.Valid.class, Mnemonic.parse(numbered));
        // "0range" must not become "range", a word of the list too
        Parsed.UnknownWords unknown = assertInstanceOf(Parsed.UnknownWords.class,
                Mnemonic.parse("0range " + "abandon ".repeat(11)));
        assertEquals(1, unknown.words().getFirst().position());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 48, 1000})
    void parseTellsTheCountWhenNoPhraseHasIt(int count) {
        assertEquals(new Parsed.WrongCount(count), Mnemonic.parse("abandon ".repeat(count)));
    }

    @Test
    void parseTellsTheChecksumWhenAllElseIsRight() {
        assertEquals(new Parsed.WrongChecksum(), Mnemonic.parse("abandon ".repeat(12)));
        assertEquals(new Parsed.WrongChecksum(), Mnemonic.parse("abandon ".repeat(24)));
    }

    @Test
    void toStringHoldsNoWord() {
        assertFalse(Mnemonic.parse(Phrases.M1).toString().contains("abandon"));
        assertFalse(Mnemonic.parse("abandom ".repeat(12)).toString().contains("aband"));
        assertFalse(Phrases.seed(Phrases.M1).toString().contains("5eb0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18, 21, 24})
    void generateMakesAPhraseOfThatLength(int words) {
        Mnemonic mnemonic = Mnemonic.generate(words, new Random(words)::nextBytes);
        assertEquals(words, mnemonic.wordCount());
        assertInstanceOf(Parsed.Valid.class, Mnemonic.parse(String.valueOf(mnemonic.exposeWords())));
    }

    @ParameterizedTest
    @ValueSource(ints = {-12, 0, 3, 11, 13, 27})
    void generateRefusesWhenNoPhraseHasThatLength(int words) {
        assertThrows(IllegalArgumentException.class, () -> Mnemonic.generate(words, out -> {}));
    }

    @Test
    void seedIsTheSameForEveryFormOfOnePassphrase() {
        Mnemonic mnemonic = Mnemonic.generate(12, new Random(1)::nextBytes);
        char[] composed = "\u00e9\u212b\u3042".toCharArray();
        char[] decomposed = "e\u0301A\u030a\u3042".toCharArray();
        assertEquals(hex(mnemonic.seed(composed).expose()), hex(mnemonic.seed(decomposed).expose()));
        assertNotEquals(hex(mnemonic.seed(composed).expose()), hex(mnemonic.seed(new char[0]).expose()));
        assertArrayEquals("\u00e9\u212b\u3042".toCharArray(), composed);
    }

    @Test
    void accessFailsWhenClosed() {
        Mnemonic mnemonic = Mnemonic.generate(12, new Random(1)::nextBytes);
        mnemonic.close();
        assertThrows(IllegalStateException.class, mnemonic::exposeWords);
        assertThrows(IllegalStateException.class, () -> mnemonic.seed(new char[0]));
    }

    private static String phrase(Random random) {
        int words = LENGTHS[random.nextInt(LENGTHS.length)];
        return String.valueOf(Mnemonic.generate(words, random::nextBytes).exposeWords());
    }

    private static String typed(String[] words, Random random) {
        String separator = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
        int numbering = random.nextInt(5);
        StringBuilder out = new StringBuilder(random.nextBoolean() ? "" : "\ufeff \n");
        for (int i = 0; i < words.length; i++) {
            out.append(switch (numbering) {
                case 0 -> (i + 1) + ". ";
                case 1 -> (i + 1) + ")";
                case 2 -> String.valueOf(i + 1);
                default -> "";
            });
            out.append(styled(words[i], random))
                    .append(random.nextInt(4) > 0 ? separator : SEPARATORS.get(random.nextInt(SEPARATORS.size())));
        }
        return out.toString();
    }

    private static String styled(String word, Random random) {
        String cut = word.length() > 4 && random.nextInt(3) == 0
                ? word.substring(0, 4 + random.nextInt(word.length() - 4))
                : word;
        StringBuilder out = new StringBuilder();
        int style = random.nextInt(5);
        for (int i = 0; i < cut.length(); i++) {
            char ch = cut.charAt(i);
            out.append(switch (style) {
                case 0 -> Character.toUpperCase(ch);
                case 1 -> i == 0 ? Character.toUpperCase(ch) : ch;
                case 2 -> (char) (ch - 'a' + '\uff41'); // full width
                default -> ch;
            });
            if (style == 3 && random.nextInt(4) == 0) {
                out.append('\u00ad'); // soft hyphen
            }
        }
        return out.toString();
    }

    private static String mistyped(String word, Random random) {
        int at = random.nextInt(word.length() - 1);
        return switch (random.nextInt(4)) {
            case 0 -> replaced(word, random);
            case 1 -> word.substring(0, at) + word.substring(at + 1);
            case 2 -> word.substring(0, at) + word.charAt(at) + word.substring(at);
            default -> word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        };
    }

    private static String replaced(String word, Random random) {
        int at = random.nextInt(word.length());
        return word.substring(0, at) + (char) ('a' + random.nextInt(26)) + word.substring(at + 1);
    }

    private static List<String> list() throws IOException {
        try (var in = WordList.class.getResourceAsStream("bip39-english.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .toList();
        }
    }
}
