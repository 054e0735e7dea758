package org.stratobox.crypto.wallet;

import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Typed text taken apart into words of the list. Letters and digits that stand together are a word; whatever else stands
/// between is not looked at. A number alone is numbering, and so is one glued to the front of the word it counts.
final class PhraseWords implements AutoCloseable {
    private static final int KEPT = 24;
    /// A word typed invisibly long is still one wrong word; the rest of it is not kept.
    private static final int LONGEST = 64;
    private static final int ZERO_WIDTH_SPACE = 0x200B;

    private final char[] current = new char[LONGEST];
    private final int[] indices = new int[KEPT];
    private final List<Parsed.UnknownWord> unknown = new ArrayList<>();
    private int length;
    private int count;

    private PhraseWords() {}

    /// @param text what was typed
    /// @return its words; the caller closes it
    static PhraseWords read(CharSequence text) {
        PhraseWords words = new PhraseWords();
        CharSequence plain = Normalizer.isNormalized(text, Normalizer.Form.NFKD)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKD);
        for (int i = 0; i < plain.length(); i++) {
            words.accept(plain.charAt(i));
        }
        words.endOfWord();
        return words;
    }

    /// @return how many words were typed
    int count() {
        return count;
    }

    /// @return the indices of the first 24 words; meaningless where a word is unknown
    int[] indices() {
        return indices;
    }

    /// @return the words among the first 24 that are not in the list
    List<Parsed.UnknownWord> unknown() {
        return unknown;
    }

    private void accept(char ch) {
        if (Character.isLetterOrDigit(ch) || Character.isSurrogate(ch) || isMark(ch)) {
            if (length < LONGEST) {
                current[length++] = Character.toLowerCase(ch);
            }
        } else if (Character.getType(ch) != Character.FORMAT || ch == ZERO_WIDTH_SPACE) {
            // other format characters (soft hyphen, joiners, direction marks) are not seen, so they part nothing
            endOfWord();
        }
    }

    /// An accent that the normalisation split off: it makes the word a wrong one and must not part it.
    private static boolean isMark(char ch) {
        return Character.getType(ch) == Character.NON_SPACING_MARK;
    }

    private void endOfWord() {
        int start = numberingBefore();
        if (start < length) {
            word(CharBuffer.wrap(current, start, length - start));
        }
        Arrays.fill(current, 0, length, '\0');
        length = 0;
    }

    private void word(CharBuffer typed) {
        count++;
        if (count > KEPT) {
            return;
        }
        OptionalInt found = WordList.ENGLISH.find(typed);
        if (found.isPresent()) {
            indices[count - 1] = found.getAsInt();
        } else {
            unknown.add(new Parsed.UnknownWord(count, WordList.ENGLISH.suggestions(typed)));
        }
    }

    /// @return how many of the leading digits are numbering: all if nothing follows or if they say the word's position,
    /// otherwise none, for a digit typed instead of a letter must not silently make another word
    private int numberingBefore() {
        int digits = 0;
        int number = 0;
        while (digits < length && current[digits] >= '0' && current[digits] <= '9') {
            number = Math.min(1_000, 10 * number + current[digits] - '0');
            digits++;
        }
        return digits == length || number == count + 1 ? digits : 0;
    }

    /// Forgets the words.
    @Override
    public void close() {
        Arrays.fill(current, '\0');
        Arrays.fill(indices, 0);
        unknown.clear();
    }
}
