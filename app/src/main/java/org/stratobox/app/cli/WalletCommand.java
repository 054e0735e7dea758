package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.Arrays;

import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/// The phrase and the public names that follow from it.
@Command(name = "wallet", mixinStandardHelpOptions = true, description = "Make a recovery phrase, or show the public names that follow from one.", synopsisSubcommandLabel = "new|show|address")
final class WalletCommand {
    private final Session session;

    WalletCommand(Session session) {
        this.session = session;
    }

    @Command(name = "new", mixinStandardHelpOptions = true, description = "Print a new recovery phrase, alone on standard output. It is kept nowhere.")
    int newPhrase(@Mixin WordsOption words) {
        try (Mnemonic phrase = Mnemonic.generate(words.count(), session.surroundings().entropy())) {
            return session.answer(new Phrase(phrase));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show the address and the four words by which you recognise the account.")
    int show(@Mixin PhraseOption phrase) throws StratoboxException {
        return session.answer(new Names(identity(phrase)));
    }

    @Command(name = "address", mixinStandardHelpOptions = true, description = "Print the st1 address, alone on standard output.")
    int address(@Mixin PhraseOption phrase) throws StratoboxException {
        Identity identity = identity(phrase);
        if (identity.walletAddress().isEmpty()) {
            throw Sentences
                    .usage("This device does not keep the wallet. Give the recovery phrase with --phrase-file FILE.");
        }
        return session.answer(new Address(identity));
    }

    private Identity identity(PhraseOption option) throws StratoboxException {
        var given = session.secrets().givenPhrase(option.file());
        if (given.isEmpty() && session.hasHome()) {
            try (Account account = session.openAccount()) {
                return account.identity();
            }
        }
        try (Mnemonic phrase = given.isPresent() ? given.get() : session.secrets().phrase(option.file())) {
            return session.engine().identity(phrase);
        }
    }

    private record Phrase(Mnemonic phrase) implements Answer {
        @Override
        public void human(PrintStream out) {
            char[] words = phrase.exposeWords();
            out.println(words);
            Arrays.fill(words, '\0');
        }

        @Override
        public void json(ObjectNode json) {
            char[] words = phrase.exposeWords();
            json.put("phrase", String.valueOf(words));
            Arrays.fill(words, '\0');
        }
    }

    private record Address(Identity identity) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println(identity.walletAddress());
        }

        @Override
        public void json(ObjectNode json) {
            json.put("walletAddress", identity.walletAddress());
        }
    }

    private record Names(Identity identity) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println("Account   " + identity.fingerprint());
            out.println("Wallet    "
                    + (identity.walletAddress().isEmpty() ? "not kept on this device" : identity.walletAddress()));
        }

        @Override
        public void json(ObjectNode json) {
            json.put("fingerprint", identity.fingerprint()).put("walletAddress", identity.walletAddress());
        }
    }
}
