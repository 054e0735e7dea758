package org.stratobox.crypto.wallet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Hmac;
import org.stratobox.crypto.primitive.Secp256k1;

/// A private extended key of BIP-32: a private key and a chain code, 32 bytes each, leading zeros kept. There is no public
/// derivation: an extended public key together with one child's private key gives the parent away (`format.md` 2.1).
final class Bip32Key implements AutoCloseable {
    private static final int HARDENED = 0x8000_0000;

    private final Secret privateKey;
    private final Secret chainCode;

    private Bip32Key(Secret privateKey, Secret chainCode) {
        this.privateKey = privateKey;
        this.chainCode = chainCode;
    }

    /// @param privateKey 32 bytes, copied
    /// @param chainCode 32 bytes, copied
    /// @return the extended key
    /// @throws CryptoException REJECTED if the private key is zero or reaches the order of the curve
    static Bip32Key of(byte[] privateKey, byte[] chainCode) throws CryptoException {
        if (!Secp256k1.isPrivateKey(privateKey)) {
            throw noKey();
        }
        return new Bip32Key(Secret.copyOf(privateKey), Secret.copyOf(chainCode));
    }

    /// @param seed 16 to 64 bytes
    /// @return the master key
    /// @throws CryptoException REJECTED if this seed has none
    static Bip32Key master(byte[] seed) throws CryptoException {
        byte[] i = Hmac.sha512("Bitcoin seed".getBytes(StandardCharsets.US_ASCII)).update(seed).tag();
        byte[] left = Arrays.copyOf(i, 32);
        byte[] right = Arrays.copyOfRange(i, 32, 64);
        try {
            return of(left, right);
        } finally {
            clear(i, left, right);
        }
    }

    /// @param index of the child, 0 to 2^31 - 1
    /// @return the hardened child `index'`
    /// @throws CryptoException REJECTED if there is none at this index
    Bip32Key hardened(int index) throws CryptoException {
        byte[] parent = privateKey.exposeCopy();
        byte[] data = new byte[37];
        System.arraycopy(parent, 0, data, 1, 32);
        try {
            return child(data, index | HARDENED);
        } finally {
            clear(parent, data);
        }
    }

    /// @param index of the child, 0 to 2^31 - 1
    /// @return the child without hardening
    /// @throws CryptoException REJECTED if there is none at this index
    Bip32Key normal(int index) throws CryptoException {
        return child(Arrays.copyOf(publicKey(), 37), index);
    }

    private Bip32Key child(byte[] data, int number) throws CryptoException {
        for (int i = 0; i < 4; i++) {
            data[33 + i] = (byte) (number >>> (8 * (3 - i)));
        }
        byte[] chain = chainCode.exposeCopy();
        byte[] i = Hmac.sha512(chain).update(data).tag();
        byte[] left = Arrays.copyOf(i, 32);
        byte[] right = Arrays.copyOfRange(i, 32, 64);
        byte[] parent = privateKey.exposeCopy();
        try {
            byte[] sum = Secp256k1.add(left, parent).orElseThrow(Bip32Key::noKey);
            return new Bip32Key(Secret.takeOwnership(sum), Secret.copyOf(right));
        } finally {
            clear(chain, i, left, right, parent);
        }
    }

    /// @return the compressed public key, 33 bytes
    byte[] publicKey() {
        byte[] bytes = privateKey.exposeCopy();
        try {
            return Secp256k1.publicKey(bytes);
        } finally {
            clear(bytes);
        }
    }

    /// @return the 32 bytes themselves, zeroed when this is closed
    Secret exposePrivateKey() {
        return privateKey;
    }

    /// @return the 32 bytes themselves, zeroed when this is closed
    Secret exposeChainCode() {
        return chainCode;
    }

    @Override
    public void close() {
        privateKey.close();
        chainCode.close();
    }

    private static CryptoException noKey() {
        return new CryptoException(CryptoException.Reason.REJECTED, "BIP-32 has no key here");
    }

    private static void clear(byte[]... arrays) {
        for (byte[] array : arrays) {
            Arrays.fill(array, (byte) 0);
        }
    }
}
