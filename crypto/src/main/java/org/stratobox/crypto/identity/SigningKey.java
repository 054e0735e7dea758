package org.stratobox.crypto.identity;

import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Ed25519;

/// A seed with its public key, never apart: signing with a foreign public key would give the seed away.
final class SigningKey implements AutoCloseable {
    private final Secret seed;
    private final VerifyKey publicKey;

    /// @param seed 32 bytes; owned from now on
    SigningKey(Secret seed) {
        byte[] bytes = seed.exposeCopy();
        try {
            this.publicKey = VerifyKey.of(Ed25519.publicKey(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        this.seed = seed;
    }

    VerifyKey publicKey() {
        return publicKey;
    }

    Secret seed() {
        return seed;
    }

    byte[] sign(SignatureContext context, byte[] message) {
        byte[] bytes = seed.exposeCopy();
        try {
            return Ed25519.sign(bytes, publicKey.bytes(), context.input(message));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void close() {
        seed.close();
    }
}
