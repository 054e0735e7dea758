package org.stratobox.crypto.wallet;

import java.util.StringJoiner;

/// An account as four words a person can compare (`format.md` 3.2): shown when creating, enrolling and restoring, so that a
/// wrong passphrase, which opens another, empty account, is noticed. Not secret.
public final class Fingerprint {
    private static final int ACCOUNT_ID_BYTES = 16;
    private static final int WORDS = 4;

    private Fingerprint() {}

    /// @param accountId 16 bytes
    /// @return its first 44 bits as four words of the BIP-39 list, one space between
    /// @throws IllegalArgumentException if the length differs
    public static String of(byte[] accountId) {
        if (accountId.length != ACCOUNT_ID_BYTES) {
            throw new IllegalArgumentException("an account id has 16 bytes, not " + accountId.length);
        }
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < WORDS; i++) {
            words.add(WordList.ENGLISH.word(Bits.read(accountId, i * WordList.BITS_PER_WORD)));
        }
        return words.toString();
    }
}
