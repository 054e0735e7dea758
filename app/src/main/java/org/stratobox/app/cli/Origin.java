package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;

import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.RestorePreview.FolderSummary;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What files are read from: the nodes of this device's home, or those of an account of which only the phrase and an
/// address are known.
final class Origin {
    @Mixin
    private final NodeOptions nodes = new NodeOptions();

    @Mixin
    private final PhraseOption phrase = new PhraseOption();

    @Option(names = "--folder", paramLabel = "NAME", defaultValue = "", order = 12, description = "Which folder of the account; without it, a path starts with the folder's name if there are several.")
    private String folder = "";

    /// @return the open account, to be closed by the caller
    Opened open(Session session) throws StratoboxException {
        if (nodes.addresses().isEmpty() && phrase.file().isEmpty() && session.hasHome()) {
            Account account = session.openAccount();
            try {
                return new Opened(Optional.of(account), account.restorable(),
                        new Places(account.folders(), session.machine().directory()));
            } catch (StratoboxException failure) {
                account.close();
                throw failure;
            }
        }
        if (nodes.addresses().isEmpty()) {
            throw Sentences.usage("Where is the data? Name one of its nodes with --node ADDRESS. Nothing is set up in "
                    + session.home() + " that could know.");
        }
        try (Mnemonic words = session.secrets().phrase(phrase.file())) {
            return new Opened(Optional.empty(),
                    session.engine().findAccount(words, nodes.sources(session.secrets())),
                    new Places(List.of(), session.machine().directory()));
        }
    }

    /// @param opened an open account
    /// @param path as the user wrote it, empty for the top
    /// @return folder and path below it; no folder if the path is the top of several
    /// @throws StratoboxException if there is no such folder
    Place place(Opened opened, String path) throws StratoboxException {
        List<String> names = opened.files().preview().folders().stream().map(FolderSummary::name).toList();
        String clean = Places.stripSlashes(path);
        if (!folder.isEmpty()) {
            return new Place(Optional.of(known(folder, names)), clean);
        }
        Optional<Places.Place> meant = path.isEmpty()
                ? Optional.empty()
                : Places.named(path, names).or(() -> opened.places().onDisk(path));
        if (meant.isPresent()) {
            return new Place(Optional.of(known(meant.get().folder(), names)), meant.get().path());
        }
        if (names.size() == 1) {
            return new Place(Optional.of(names.getFirst()), clean);
        }
        if (clean.isEmpty()) {
            return new Place(Optional.empty(), "");
        }
        int slash = clean.indexOf('/');
        String first = slash < 0 ? clean : clean.substring(0, slash);
        return new Place(Optional.of(known(first, names)), slash < 0 ? "" : clean.substring(slash + 1));
    }

    private static String known(String name, List<String> names) throws StratoboxException {
        if (names.contains(name)) {
            return name;
        }
        throw Sentences.usage(names.isEmpty()
                ? "This account has no folder yet."
                : "There is no folder called " + name + ". The folders are: " + String.join(", ", names) + ".");
    }

    /// A folder and a path below it.
    ///
    /// @param folder empty for the top of an account with several
    /// @param path without slashes at its ends
    record Place(Optional<String> folder, String path) {}

    /// Open files, and the home behind them if there is one.
    ///
    /// @param account of the home
    /// @param files what the nodes hold
    /// @param places where its folders are on this disk
    record Opened(Optional<Account> account, Restorable files, Places places) implements AutoCloseable {
        @Override
        public void close() {
            files.close();
            account.ifPresent(Account::close);
        }
    }
}
