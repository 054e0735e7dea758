package org.stratobox.app.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Sets this device up. The only command that ever shows a phrase beside `wallet new`, and only one it made itself.
@Command(name = "init", mixinStandardHelpOptions = true, description = "Set up this device, with a new recovery phrase or the one you have.")
final class InitCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final NodeOptions nodes = new NodeOptions();

    @Mixin
    private final PhraseOption phrase = new PhraseOption();

    @Mixin
    private final WordsOption words = new WordsOption();

    @Option(names = "--folder", paramLabel = "DIR", order = 1, description = "The folder to keep in sync.")
    private @Nullable Path directory;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "main", order = 2, description = "Its name in the account; the same name on another device is the same folder (default: main).")
    private String name = "main";

    @Option(names = "--device-label", paramLabel = "TEXT", order = 30, description = "What you call this device (default: its host name).")
    private @Nullable String deviceLabel;

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        if (nodes.addresses().isEmpty()) {
            throw Sentences.usage("Where should the encrypted data live? Name at least one place with --node, such as "
                    + "--node folder:/mnt/disk or --node rest:http://host:8000/. Nothing was set up.");
        }
        if (session.hasHome()) {
            throw Sentences.usage("This device is set up already, in " + session.home()
                    + ". Nothing was changed. Use --home DIR for a second one.");
        }
        Optional<FolderSource> folder = folder();
        Optional<Mnemonic> given = session.secrets().givenPhrase(phrase.file());
        try (Secret passphrase = session.secrets().newPassphrase(session.passphraseFile());
                Mnemonic mnemonic = given.orElseGet(this::newPhrase)) {
            InitRequest request = new InitRequest(session.home(), mnemonic, passphrase,
                    Optional.ofNullable(deviceLabel).orElseGet(session.machine()::deviceLabel),
                    nodes.sources(session.secrets()), folder);
            return setUp(request, given.isEmpty());
        }
    }

    private Mnemonic newPhrase() {
        return Mnemonic.generate(words.count(), session.surroundings().entropy());
    }

    private Optional<FolderSource> folder() throws StratoboxException {
        if (directory == null) {
            return Optional.empty();
        }
        return Optional.of(new FolderSource(existing(directory), name));
    }

    static Path existing(Path directory) throws StratoboxException {
        if (Files.isDirectory(directory)) {
            return directory.toAbsolutePath().normalize();
        }
        throw Sentences
                .usage("There is no folder " + directory + ". Nothing was changed; make it first or correct the path.");
    }

    private int setUp(InitRequest request, boolean isNewPhrase) throws StratoboxException {
        Identity identity = session.engine().identity(request.phrase());
        try (Account _ = session.engine().init(request)) {
            return session.answer(new SetUp(request, identity, isNewPhrase));
        }
    }

    private record SetUp(InitRequest request, Identity identity, boolean isNewPhrase) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println("This device is set up.");
            out.println("  Account   " + identity.fingerprint());
            out.println("  Wallet    " + identity.walletAddress());
            out.println("  Home      " + request.home());
            request.folder().ifPresent(f -> out.println("  Folder    " + f.name() + " in " + f.directory()));
            if (isNewPhrase) {
                char[] words = request.phrase().exposeWords();
                PhraseGrid.print(words, out);
                Arrays.fill(words, '\0');
            }
            out.println();
            out.println(request.folder().isPresent()
                    ? "Nothing is uploaded yet. Next: stratobox sync"
                    : "Next: stratobox folder add DIR");
        }

        @Override
        public void json(ObjectNode json) {
            json.put("fingerprint", identity.fingerprint()).put("walletAddress", identity.walletAddress())
                    .put("home", request.home().toString()).put("deviceLabel", request.deviceLabel());
            request.folder().ifPresent(f -> json.putObject("folder").put("name", f.name()).put("directory",
                    f.directory().toString()));
            if (isNewPhrase) {
                char[] words = request.phrase().exposeWords();
                json.put("phrase", String.valueOf(words));
                Arrays.fill(words, '\0');
            }
        }
    }
}
