package org.stratobox.app.cli;

import java.nio.CharBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.Parsed;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;

/// Where phrases, passphrases and credentials come from: a file, the environment, or a person, in this order. Never an
/// argument, which every user of the machine could read.
final class Secrets {
    private static final String PHRASE = "STRATOBOX_PHRASE";
    private static final String FOLDER_NODE = "folder:";
    private static final String PASSPHRASE = "STRATOBOX_PASSPHRASE";

    private final Machine machine;
    private final Prompt prompt;

    Secrets(Surroundings surroundings) {
        this.machine = surroundings.machine();
        this.prompt = surroundings.screen().prompt();
    }

    /// @param file as the user named it, if he did
    /// @return the phrase of the file or the environment; empty if neither is given
    Optional<Mnemonic> givenPhrase(Optional<Path> file) throws StratoboxException {
        if (file.isPresent()) {
            return Optional.of(parse(SecretFile.read(file.get(), "The phrase file")));
        }
        Optional<String> variable = machine.variable(PHRASE);
        return variable.isPresent() ? Optional.of(parse(variable.get().toCharArray())) : Optional.empty();
    }

    /// @param file as the user named it, if he did
    /// @return the phrase, asked for if need be
    Mnemonic phrase(Optional<Path> file) throws StratoboxException {
        Optional<Mnemonic> given = givenPhrase(file);
        if (given.isPresent()) {
            return given.get();
        }
        return parse(prompt.hidden("Recovery phrase (not shown): ").orElseThrow(() -> Sentences.usage(
                "A recovery phrase is needed, and there is nobody to ask. Give it with --phrase-file FILE or in "
                        + PHRASE
                        + ".")));
    }

    private static Mnemonic parse(char[] text) throws StratoboxException {
        try {
            return switch (Mnemonic.parse(CharBuffer.wrap(text))) {
                case Parsed.Valid valid -> valid.mnemonic();
                case Parsed.UnknownWords unknown -> throw Sentences.unknownWords(unknown.words());
                case Parsed.WrongCount wrong -> throw Sentences.wrongCount(wrong.count());
                case Parsed.WrongChecksum _ -> throw Sentences.wrongChecksum();
            };
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    /// @param file as the user named it, if he did
    /// @return the passphrase of this computer, UTF-8; the caller closes it
    Secret passphrase(Optional<Path> file) throws StratoboxException {
        Optional<Secret> given = givenPassphrase(file);
        return given.isPresent() ? given.get() : asked("Passphrase of this computer (not shown): ");
    }

    /// The same for a new home: a person is asked twice, because a mistake made once locks him out.
    Secret newPassphrase(Optional<Path> file) throws StratoboxException {
        Optional<Secret> given = givenPassphrase(file);
        if (given.isPresent()) {
            return given.get();
        }
        Secret first = asked("New passphrase for this computer (not shown): ");
        try (Secret second = asked("The same again: ")) {
            if (first.equals(second)) {
                return first;
            }
        }
        first.close();
        throw Sentences.usage("The two passphrases differ. Nothing was set up; try again.");
    }

    private Optional<Secret> givenPassphrase(Optional<Path> file) throws StratoboxException {
        if (file.isPresent()) {
            return Optional.of(SecretFile.toSecret(SecretFile.read(file.get(), "The passphrase file")));
        }
        return machine.variable(PASSPHRASE).map(value -> SecretFile.toSecret(value.toCharArray()));
    }

    private Secret asked(String question) throws StratoboxException {
        char[] answer = prompt.hidden(question).orElseThrow(() -> Sentences.usage(
                "The passphrase of this computer is needed, and there is nobody to ask. Give it with --passphrase-file "
                        + "FILE or in " + PASSPHRASE + "."));
        if (answer.length == 0) {
            throw Sentences.usage("An empty passphrase protects nothing. Nothing was changed; try again.");
        }
        return SecretFile.toSecret(answer);
    }

    /// @param file as the user named it, if he did
    /// @param what it holds, for the sentences
    /// @return its first and only line
    Optional<Secret> credentials(Optional<Path> file, String what) throws StratoboxException {
        return file.isPresent()
                ? Optional.of(SecretFile.toSecret(SecretFile.read(file.get(), what)))
                : Optional.empty();
    }

    /// A credentials file for nodes holds `user:password` or a token on a line. A line that starts with the address of a
    /// node and a space is for that node alone, any other line for all the rest.
    ///
    /// @param addresses as the user wrote them
    /// @param file as the user named it, if he did
    /// @return the nodes with their credentials
    List<NodeSource> nodes(List<String> addresses, Optional<Path> file) throws StratoboxException {
        char[] text = file.isPresent() ? SecretFile.read(file.get(), "The credentials file") : new char[0];
        List<NodeSource> nodes = new ArrayList<>();
        for (String address : addresses) {
            nodes.add(new NodeSource(absolute(address), credentialsFor(address, addresses, CharBuffer.wrap(text))));
        }
        Arrays.fill(text, '\0');
        return nodes;
    }

    /// @param address as the user wrote it
    /// @return the same with the path of a folder node made absolute, as any path on a command line is understood
    static String absolute(String address) {
        if (!address.startsWith(FOLDER_NODE) || address.length() == FOLDER_NODE.length()) {
            return address;
        }
        try {
            return FOLDER_NODE + Path.of(address.substring(FOLDER_NODE.length())).toAbsolutePath().normalize();
        } catch (InvalidPathException _) {
            return address;
        }
    }

    private static Optional<Secret> credentialsFor(String address, List<String> all, CharBuffer text) {
        Optional<Secret> common = Optional.empty();
        for (int start = 0; start < text.length();) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            CharBuffer line = text.subSequence(start, end);
            start = end + 1;
            if (startsWith(line, address)) {
                return Optional.of(secret(line.subSequence(address.length() + 1, line.length())));
            }
            if (!line.isEmpty() && all.stream().noneMatch(other -> startsWith(line, other))) {
                common = Optional.of(secret(line));
            }
        }
        return common;
    }

    private static boolean startsWith(CharBuffer line, String address) {
        return line.length() > address.length() + 1 && line.charAt(address.length()) == ' '
                && address.contentEquals(line.subSequence(0, address.length()));
    }

    private static Secret secret(CharBuffer text) {
        char[] copy = new char[text.length()];
        text.duplicate().get(copy);
        return SecretFile.toSecret(copy);
    }
}
