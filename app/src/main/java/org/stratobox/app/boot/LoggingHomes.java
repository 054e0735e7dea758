package org.stratobox.app.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;

/// The engine, telling somebody which home was opened: its log goes there.
///
/// @param engine does the work
/// @param onOpen told the directory
record LoggingHomes(Stratobox engine, Consumer<Path> onOpen) implements Stratobox {
    @Override
    public Account init(InitRequest request) throws StratoboxException {
        Account account = engine.init(request);
        onOpen.accept(request.home());
        return account;
    }

    @Override
    public Account open(Path home, Secret passphrase) throws StratoboxException {
        Account account = engine.open(home, passphrase);
        onOpen.accept(home);
        return account;
    }

    @Override
    public boolean isHome(Path home) {
        return engine.isHome(home);
    }

    @Override
    public Restorable findAccount(Mnemonic phrase, List<NodeSource> nodes) throws StratoboxException {
        return engine.findAccount(phrase, nodes);
    }

    @Override
    public NodeServer serve(ServeRequest request) throws StratoboxException {
        return engine.serve(request);
    }

    @Override
    public Identity identity(Mnemonic phrase) {
        return engine.identity(phrase);
    }
}
