package org.stratobox.crypto.key;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Slip21;

/// What grows straight from the seed: the account's signing seed and the account epochs (`format.md` 3.1). Held only while
/// the phrase is at hand; a device keeps a single [EpochKey].
public final class MasterKeys implements AutoCloseable {
    private final Slip21 root;

    private MasterKeys(Slip21 root) {
        this.root = root;
    }

    /// @param seed64 the wallet seed of BIP-39; stays with the caller
    /// @return the keys below it
    /// @throws IllegalArgumentException if it has not 64 bytes
    public static MasterKeys fromSeed(Secret seed64) {
        if (seed64.length() != 64) {
            throw new IllegalArgumentException("a wallet seed has 64 bytes");
        }
        try (Slip21 master = Slip21.master(seed64)) {
            return new MasterKeys(master.child("stratobox.v1"));
        }
    }

    /// @return the Ed25519 seed `R` of the account's root identity, 32 bytes; the caller closes it
    public Secret rootSigningSeed() {
        try (Slip21 sign = root.child("root-sign")) {
            return sign.key();
        }
    }

    /// @param i number of the account epoch, from 0
    /// @return `A_i`; the caller closes it
    public EpochKey epoch(int i) {
        try (Slip21 epochs = root.child("epoch");
                Slip21 node = epochs.child(Integer.toString(i));
                Secret a = node.key()) {
            return EpochKey.of(i, a);
        }
    }

    /// Forgets the seed's node; keys taken before live on.
    @Override
    public void close() {
        root.close();
    }

    @Override
    public String toString() {
        return "MasterKeys[redacted]";
    }
}
