package org.stratobox.app.cli;

import org.stratobox.app.error.Sentences;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How long a new phrase is.
final class WordsOption {
    private int count = 24;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    int count() {
        return count;
    }

    @Option(names = "--words", paramLabel = "12|24", defaultValue = "24", order = 21, description = "Length of a new recovery phrase (default: 24).")
    void count(int words) {
        if (words != 12 && words != 24) {
            throw new ParameterException(command.commandLine(),
                    Sentences.usage("A new phrase has 12 or 24 words.").getMessage());
        }
        count = words;
    }
}
