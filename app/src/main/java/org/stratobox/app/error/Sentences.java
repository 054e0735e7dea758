package org.stratobox.app.error;

import java.util.List;
import java.util.stream.Collectors;

import org.stratobox.crypto.wallet.Parsed;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

/// Failures of what the user typed, as sentences: what is wrong and what to do.
public final class Sentences {
    private Sentences() {}

    /// @param words the ones that are not in the list
    /// @return which they are, by position, and what may have been meant
    public static StratoboxException unknownWords(List<Parsed.UnknownWord> words) {
        String which = words.stream().map(Sentences::unknownWord).collect(Collectors.joining(" "));
        return new StratoboxException(Reason.WRONG_SECRET,
                which + " Nothing was changed; correct the phrase and try again.");
    }

    private static String unknownWord(Parsed.UnknownWord word) {
        String sentence = "Word " + word.position() + " of the phrase is not in the word list.";
        return word.suggestions().isEmpty()
                ? sentence
                : sentence + " Did you mean " + String.join(", ", word.suggestions()) + "?";
    }

    /// @param count how many words there were
    /// @return that this is not the length of a phrase
    public static StratoboxException wrongCount(int count) {
        return new StratoboxException(Reason.WRONG_SECRET, "A phrase has 12, 15, 18, 21 or 24 words, and this one has "
                + count + ". Nothing was changed; look for a word that is missing or written twice.");
    }

    /// @return that every word exists and the phrase does not
    public static StratoboxException wrongChecksum() {
        return new StratoboxException(Reason.WRONG_SECRET,
                "Every word is in the list, but the phrase's checksum does not fit: a word is wrong or two are swapped. "
                        + "Nothing was changed; compare it with what you wrote down.");
    }

    /// @param what that is wrong
    /// @return a wrong use
    public static StratoboxException usage(String what) {
        return new StratoboxException(Reason.USAGE, what);
    }
}
