package org.stratobox.crypto.wallet;

import java.util.Arrays;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Keccak256;
import org.stratobox.crypto.primitive.Secp256k1;

/// The Stratos wallet `m/44'/606'/0'/0/index` (`stratos-sds.md` 4.1): signs chain transactions and requests to resource
/// nodes, and nothing else. Thread-safe; closing makes later signing fail.
public final class StratosWallet implements AutoCloseable {
    private static final int MAX_INDEX = 65_535;
    private static final String PUBLIC_KEY_PREFIX = "stpub";

    private final Secret privateKey;
    private final byte[] publicKey;

    private StratosWallet(Secret privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// @param seed stays the caller's
    /// @param index last level of the path, 0 to 65535
    /// @return the wallet; the caller closes it
    /// @throws CryptoException REJECTED if BIP-32 has no key there, which happens for one seed in 2^127
    /// @throws IllegalArgumentException if the index is out of range
    public static StratosWallet of(WalletSeed seed, int index) throws CryptoException {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("a wallet index is 0 to 65535, not " + index);
        }
        byte[] bytes = seed.expose().exposeCopy();
        try (Bip32Key master = Bip32Key.master(bytes);
                Bip32Key purpose = master.hardened(44);
                Bip32Key coin = purpose.hardened(606);
                Bip32Key account = coin.hardened(0);
                Bip32Key change = account.normal(0);
                Bip32Key key = change.normal(index)) {
            return new StratosWallet(Secret.takeOwnership(key.exposePrivateKey().exposeCopy()), key.publicKey());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// @return bech32 of the last 20 bytes of Keccak-256 of the public point, prefix `st`
    public String address() {
        return address(publicKey);
    }

    static String address(byte[] publicKey) {
        byte[] point = Secp256k1.coordinates(publicKey)
                .orElseThrow(() -> new IllegalArgumentException("not a public key of secp256k1"));
        return Bech32.encode("st", Arrays.copyOfRange(Keccak256.of(point), 12, 32));
    }

    /// @return bech32 of the 33-byte compressed public key, prefix `stpub`
    public String publicKeyText() {
        return Bech32.encode(PUBLIC_KEY_PREFIX, publicKey);
    }

    /// Deterministic ECDSA (RFC 6979) over Keccak-256 of the message, s in the lower half of the order.
    ///
    /// @param message any bytes
    /// @return r, s (32 bytes each) and the recovery id v (0 or 1): 65 bytes
    public byte[] sign(byte[] message) {
        byte[] bytes = privateKey.exposeCopy();
        try {
            return Secp256k1.sign(bytes, Keccak256.of(message));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// @param publicKeyText a `stpub` text
    /// @param message what was signed
    /// @param signature r and s, with or without v, which is not looked at
    /// @return whether it is valid; false also for malformed keys, wrong lengths and an s in the upper half
    public static boolean verify(String publicKeyText, byte[] message, byte[] signature) {
        int n = Secp256k1.SCALAR;
        if (signature.length != 2 * n && signature.length != 2 * n + 1) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, n);
        byte[] s = Arrays.copyOfRange(signature, n, 2 * n);
        return Secp256k1.isLow(s) && Bech32.decode(PUBLIC_KEY_PREFIX, publicKeyText)
                .filter(key -> key.length == Secp256k1.COMPRESSED)
                .map(key -> Secp256k1.verify(key, Keccak256.of(message), r, s)).orElse(false);
    }

    /// Zeroes the private key.
    @Override
    public void close() {
        privateKey.close();
    }

    @Override
    public String toString() {
        return "StratosWallet[redacted]";
    }
}
