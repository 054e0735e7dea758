package org.stratobox.crypto.keystore;

import java.util.Arrays;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.envelope.Suite;
import org.stratobox.crypto.key.Label;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.crypto.primitive.Argon2id;
import org.stratobox.crypto.primitive.Hkdf;

/// The keystore file of `format.md` 3.12: a header with the parameters of the password hash, then a sealed object of type
/// keystore under the key made of passphrase and keyring secret. Takes about a second and the memory its parameters name,
/// if a passphrase is involved.
public final class KeystoreFile {
    private static final int HALF = 32;

    private KeystoreFile() {}

    /// @param payload what to keep; at most 1 048 476 bytes
    /// @param protection what will open it
    /// @param parameters cost of the password hash; not used without a passphrase
    /// @param entropy for the salts
    /// @return the file's bytes
    /// @throws CryptoException REJECTED if the heap does not hold the memory of the parameters
    public static byte[] seal(Secret payload, Protection protection, KdfParameters parameters, Entropy entropy)
            throws CryptoException {
        KeystoreHeader header = KeystoreHeader.create(KeystoreHeader.Mode.of(protection), parameters, entropy);
        byte[] body = payload.exposeCopy();
        try {
            byte[] sealed = new Sealer(scope(header, protection), Suite.AES_256_GCM, entropy)
                    .seal(ObjectType.KEYSTORE, body).envelope();
            byte[] file = Arrays.copyOf(header.toBytes(), KeystoreHeader.LENGTH + sealed.length);
            System.arraycopy(sealed, 0, file, KeystoreHeader.LENGTH, sealed.length);
            return file;
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /// @param file any bytes
    /// @param protection what opens it
    /// @return the payload; the caller closes it
    /// @throws CryptoException WRONG_KEY if passphrase or keyring secret is wrong or a salt was changed; REJECTED if the
    /// parameters are out of range, the heap too small, or the file wants another kind of protection; MALFORMED or TAMPERED
    /// if it is not a keystore file or was changed
    public static Secret open(byte[] file, Protection protection) throws CryptoException {
        if (file.length < KeystoreHeader.LENGTH + Envelope.MIN || file.length > KeystoreHeader.LENGTH + Envelope.MAX) {
            throw new CryptoException(Reason.MALFORMED, "a keystore file of impossible length");
        }
        KeystoreHeader header = KeystoreHeader.read(file);
        if (header.mode() != KeystoreHeader.Mode.of(protection)) {
            throw new CryptoException(Reason.REJECTED, "the keystore wants " + header.mode());
        }
        byte[] sealed = Arrays.copyOfRange(file, KeystoreHeader.LENGTH, file.length);
        return Secret.takeOwnership(
                Opener.open(scope(header, protection), Cid.ofEnvelope(sealed), ObjectType.KEYSTORE, sealed));
    }

    /// `KEK = HKDF(salt = fileSalt, IKM = P || Q, info("keystore", header))`, each half zero where it is not used.
    private static ScopeKey scope(KeystoreHeader header, Protection protection) throws CryptoException {
        byte[] secrets = new byte[2 * HALF];
        byte[] prk = new byte[0];
        try {
            if (header.parameters().isPresent() && protection.passphrase().isPresent()) {
                hashPassphrase(header, header.parameters().get(), protection.passphrase().get(), secrets);
            }
            protection.keyring().ifPresent(q -> copy(q, secrets));
            prk = Hkdf.extract(header.fileSalt(), secrets);
            try (Secret kek = Secret
                    .takeOwnership(Hkdf.expand(prk, Label.KEYSTORE.info(header.toBytes()), HALF))) {
                return ScopeKey.of(kek);
            }
        } finally {
            Arrays.fill(secrets, (byte) 0);
            Arrays.fill(prk, (byte) 0);
        }
    }

    private static void hashPassphrase(KeystoreHeader header, KdfParameters cost, Secret passphrase, byte[] out)
            throws CryptoException {
        byte[] utf8 = passphrase.exposeCopy();
        try {
            byte[] hash = new Argon2id(cost.memoryKib(), cost.iterations(), cost.lanes())
                    .hash(utf8, header.passwordSalt());
            System.arraycopy(hash, 0, out, 0, HALF);
            Arrays.fill(hash, (byte) 0);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static void copy(Secret q, byte[] secrets) {
        byte[] bytes = q.exposeCopy();
        System.arraycopy(bytes, 0, secrets, HALF, HALF);
        Arrays.fill(bytes, (byte) 0);
    }
}
