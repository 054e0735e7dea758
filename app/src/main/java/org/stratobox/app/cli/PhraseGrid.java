package org.stratobox.app.cli;

import java.io.PrintStream;

/// A new phrase as it is to be written down: numbered words in four columns, read line by line.
final class PhraseGrid {
    private static final int COLUMNS = 4;
    private static final int WIDTH = 14;

    private PhraseGrid() {}

    /// @param words with one space between; the caller clears them
    static void print(char[] words, PrintStream out) {
        out.println();
        out.println("Your recovery phrase. Write these words on paper now, in this order, and keep it safe:");
        out.println();
        int number = 0;
        int column = 0;
        for (int at = 0; at < words.length; at++) {
            if (at == 0 || words[at - 1] == ' ') {
                number++;
                out.print((number < 10 ? "    " : "   ") + number + " ");
                column = 0;
            }
            if (words[at] == ' ') {
                finishWord(number, column, out);
            } else {
                out.print(words[at]);
                column++;
            }
        }
        out.println();
        out.println();
        out.println("They are shown only this once. With them you get everything back on a new computer; whoever else");
        out.println("has them can read everything; without them nobody can help you. No copy is kept anywhere.");
    }

    private static void finishWord(int number, int letters, PrintStream out) {
        if (number % COLUMNS == 0) {
            out.println();
            return;
        }
        out.print(" ".repeat(Math.max(1, WIDTH - 5 - letters)));
    }
}
