package org.stratobox.crypto.identity;

import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.key.Label;

/// The account's root signing key `R`: enrols and revokes devices and signs policy. It exists in memory only while the user
/// has typed the phrase (`format.md` 3.1). Thread-safe; closing makes later signing fail.
public final class RootIdentity implements AutoCloseable {
    /// Length of an account id in bytes.
    public static final int ACCOUNT_ID_BYTES = 16;

    private final SigningKey key;

    private RootIdentity(SigningKey key) {
        this.key = key;
    }

    /// @param seed 32 bytes from the derivation tree, copied
    /// @return the identity; the caller closes it
    /// @throws IllegalArgumentException if the length differs
    public static RootIdentity of(Secret seed) {
        return new RootIdentity(new SigningKey(Secret.takeOwnership(seed.exposeCopy())));
    }

    /// @return the key everybody in the account checks root signatures with
    public VerifyKey publicKey() {
        return key.publicKey();
    }

    /// @return the account's id, 16 bytes
    public byte[] accountId() {
        return accountId(publicKey());
    }

    /// @param root the public root key
    /// @return `SHA-256(info("account-id") || root)[0:16]` (`format.md` 3.2)
    public static byte[] accountId(VerifyKey root) {
        return Arrays.copyOf(Sha256.of(Label.ACCOUNT_ID.info(root.bytes())).bytes(), ACCOUNT_ID_BYTES);
    }

    /// @param context what the signature is for
    /// @param message what is signed
    /// @return 64 bytes
    public byte[] sign(SignatureContext context, byte[] message) {
        return key.sign(context, message);
    }

    /// Zeroes the seed.
    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "RootIdentity[redacted]";
    }
}
