package org.stratobox.crypto.wallet;

import org.stratobox.crypto.CryptoException;

/// The public test phrases of `stratos-sds.md` 4.2.
final class Phrases {
    static final String M1 = "abandon ".repeat(11) + "about";
    static final String M2 = "test ".repeat(11) + "junk";
    static final String M3 = "abandon ".repeat(23) + "art";

    private Phrases() {}

    static WalletSeed seed(String phrase) {
        return switch (Mnemonic.parse(phrase)) {
            case Parsed.Valid valid -> valid.mnemonic().seed(new char[0]);
            case Parsed wrong -> throw new AssertionError(wrong);
        };
    }

    static StratosWallet wallet(String phrase, int index) throws CryptoException {
        return StratosWallet.of(seed(phrase), index);
    }
}
