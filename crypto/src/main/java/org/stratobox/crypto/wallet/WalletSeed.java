package org.stratobox.crypto.wallet;

import org.stratobox.crypto.Secret;

/// The 64-byte BIP-39 seed `S`: the root of everything an account is (`format.md` 3.1). Never stored.
public final class WalletSeed implements AutoCloseable {
    /// Length in bytes.
    public static final int BYTES = 64;

    private final Secret secret;

    private WalletSeed(Secret secret) {
        this.secret = secret;
    }

    /// @param secret 64 bytes; owned by the seed from now on
    /// @return the seed
    /// @throws IllegalArgumentException if the length differs
    public static WalletSeed of(Secret secret) {
        if (secret.length() != BYTES) {
            throw new IllegalArgumentException("a wallet seed has 64 bytes, not " + secret.length());
        }
        return new WalletSeed(secret);
    }

    /// @return the 64 bytes themselves, not a copy: they are zeroed when this is closed
    public Secret expose() {
        return secret;
    }

    /// Zeroes the bytes.
    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "WalletSeed[redacted]";
    }
}
