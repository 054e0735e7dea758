package org.stratobox.sync.engine;

import java.nio.file.Path;
import java.util.List;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Fingerprint;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.StratosWallet;
import org.stratobox.crypto.wallet.WalletSeed;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.object.DeviceState;

/// The engine behind its face.
public final class EngineFacade implements Stratobox {
    private final EngineParts parts;

    /// @param parts everything the engine is given
    public EngineFacade(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public Account init(InitRequest request) throws StratoboxException {
        Home home;
        try {
            home = new Setup(parts).init(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StratoboxException(Reason.CANCELLED, "Stopped. Nothing was set up.", e);
        }
        return opened(home, request.passphrase());
    }

    @Override
    public Account open(Path home, Secret passphrase) throws StratoboxException {
        return opened(Home.open(home), passphrase);
    }

    private Account opened(Home home, Secret passphrase) throws StratoboxException {
        boolean done = false;
        try {
            DeviceState state = home.unlock(passphrase);
            Account account = new OpenAccount(parts, home, Secret.copyOf(passphrase.exposeCopy()),
                    new DeviceKeys(state, parts.entropy()));
            done = true;
            return account;
        } finally {
            if (!done) {
                home.close();
            }
        }
    }

    @Override
    public boolean isHome(Path home) {
        return Home.exists(home);
    }

    @Override
    public Account.Restorable findAccount(Mnemonic phrase, List<NodeSource> nodes) throws StratoboxException {
        return RestoreView.ofPhrase(parts, phrase, nodes);
    }

    @Override
    public NodeServer serve(ServeRequest request) throws StratoboxException {
        return parts.servers().start(request);
    }

    @Override
    public Identity identity(Mnemonic phrase) {
        String fingerprint = Fingerprint.of(Setup.accountId(phrase));
        try (WalletSeed seed = phrase.seed(new char[0]); StratosWallet wallet = StratosWallet.of(seed, 0)) {
            return new Identity(wallet.address(), fingerprint);
        } catch (CryptoException e) {
            // BIP-32 rules one seed in 2^127 out
            return new Identity("", fingerprint);
        }
    }
}
