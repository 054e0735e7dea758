package org.stratobox.crypto.envelope;

import java.util.Optional;

import org.stratobox.crypto.primitive.Aead;

/// The cipher of an envelope. An account writes one of them; both are always readable.
public enum Suite {
    /// AES-256-GCM with HKDF-SHA-256: for processors with AES instructions.
    AES_256_GCM(1, Aead.AES_256_GCM),
    /// ChaCha20-Poly1305 with HKDF-SHA-256: for all others.
    CHACHA20_POLY1305(2, Aead.CHACHA20_POLY1305);

    private final int code;
    private final Aead aead;

    Suite(int code, Aead aead) {
        this.code = code;
        this.aead = aead;
    }

    /// @return the number in the format
    public int code() {
        return code;
    }

    /// @param code a number
    /// @return the suite of that number, if there is one
    public static Optional<Suite> of(int code) {
        return switch (code) {
            case 1 -> Optional.of(AES_256_GCM);
            case 2 -> Optional.of(CHACHA20_POLY1305);
            default -> Optional.empty();
        };
    }

    Aead aead() {
        return aead;
    }
}
