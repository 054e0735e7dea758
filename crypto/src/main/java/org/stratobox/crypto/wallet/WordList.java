package org.stratobox.crypto.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.stratobox.crypto.Sha256;

/// The English list of BIP-39: 2048 words in alphabetical order, each known by its first four letters.
final class WordList {
    /// Bits of entropy and checksum in one word.
    static final int BITS_PER_WORD = 11;
    /// The list itself.
    static final WordList ENGLISH = new WordList(load());

    private static final int SIZE = 1 << BITS_PER_WORD;
    private static final String SHA_256 = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
    private static final int UNIQUE_PREFIX = 4;
    private static final int MAX_SUGGESTIONS = 5;
    private static final int MAX_DISTANCE = 2;
    private static final int LONGEST_WORTH_COMPARING = 12;

    private final List<String> words;

    private WordList(List<String> words) {
        this.words = words;
    }

    String word(int index) {
        return words.get(index);
    }

    /// @param token lower-case letters
    /// @return the index of that word, or of the one word it is the beginning of if it has four letters or more
    OptionalInt find(CharSequence token) {
        int low = 0;
        int high = SIZE;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (CharSequence.compare(words.get(middle), token) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == SIZE || !startsWith(words.get(low), token)) {
            return OptionalInt.empty();
        }
        boolean whole = words.get(low).length() == token.length();
        return whole || token.length() >= UNIQUE_PREFIX ? OptionalInt.of(low) : OptionalInt.empty();
    }

    /// @param token lower-case letters that are not found
    /// @return the nearest words, nearest first
    List<String> suggestions(CharSequence token) {
        if (token.length() > LONGEST_WORTH_COMPARING) {
            return List.of();
        }
        int allowed = token.length() < UNIQUE_PREFIX ? 1 : MAX_DISTANCE;
        record Scored(String word, int score) {}
        Stream<Scored> near = words.stream().map(word -> new Scored(word, score(word, token)))
                .filter(s -> s.score <= 2 * allowed + 1);
        // Of two words equally far, the one that begins like what was typed: beginnings are typed with care.
        return near.sorted(Comparator.comparingInt(Scored::score)
                .thenComparingInt(s -> -commonPrefix(s.word, token)).thenComparing(Scored::word))
                .limit(MAX_SUGGESTIONS).map(Scored::word).toList();
    }

    /// Twice the number of edits from a list word to a typed one: insert, delete, replace, swap of neighbours. What was not
    /// yet typed at the end of the word costs half an edit altogether.
    private static int score(String word, CharSequence token) {
        int[][] edits = edits(word, token);
        int whole = 2 * edits[word.length()][token.length()];
        return token.length() < UNIQUE_PREFIX - 1 || word.length() <= token.length()
                ? whole
                : Math.min(whole, 1 + 2 * edits[token.length()][token.length()]);
    }

    /// @return at `[i][j]` the number of edits between the first i letters of a and the first j of b
    private static int[][] edits(String a, CharSequence b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d;
    }

    private static int commonPrefix(String word, CharSequence token) {
        int i = 0;
        while (i < word.length() && i < token.length() && word.charAt(i) == token.charAt(i)) {
            i++;
        }
        return i;
    }

    private static boolean startsWith(String word, CharSequence token) {
        return commonPrefix(word, token) == token.length();
    }

    private static List<String> load() {
        try (InputStream in = WordList.class.getResourceAsStream("bip39-english.txt")) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            if (!Sha256.of(bytes).hex().equals(SHA_256)) {
                throw new IllegalStateException("the word list inside this program is damaged");
            }
            return Arrays.asList(new String(bytes, StandardCharsets.US_ASCII).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("the word list inside this program cannot be read", e);
        }
    }
}
