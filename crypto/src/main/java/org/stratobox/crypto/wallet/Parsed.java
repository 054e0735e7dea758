package org.stratobox.crypto.wallet;

import java.util.List;

/// What became of a phrase somebody typed. No variant prints the user's words.
public sealed interface Parsed {
    /// A phrase with a right checksum.
    ///
    /// @param mnemonic the phrase; the caller closes it
    record Valid(Mnemonic mnemonic) implements Parsed {}

    /// Some words are not in the list. Reported before the count and the checksum are looked at, unless there are more
    /// words than any phrase has.
    ///
    /// @param words the wrong ones, in the order typed, never empty
    record UnknownWords(List<UnknownWord> words) implements Parsed {
        /// Copies the list.
        public UnknownWords {
            words = List.copyOf(words);
        }
    }

    /// All words are known and there are too few or too many.
    ///
    /// @param count how many were typed
    record WrongCount(int count) implements Parsed {}

    /// Right words, right number, and yet not a phrase: one is wrong or two are swapped.
    record WrongChecksum() implements Parsed {}

    /// One word that is not in the list.
    ///
    /// @param position where it stands, the first word being 1
    /// @param suggestions up to five words of the list that look like it, the most likely first; may be empty
    record UnknownWord(int position, List<String> suggestions) {
        /// Copies the list.
        public UnknownWord {
            suggestions = List.copyOf(suggestions);
        }

        /// Without the suggestions: they are as good as the word.
        @Override
        public String toString() {
            return "UnknownWord[position=" + position + "]";
        }
    }
}
