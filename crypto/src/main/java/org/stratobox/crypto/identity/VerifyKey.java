package org.stratobox.crypto.identity;

import java.util.Arrays;
import java.util.HexFormat;

import org.stratobox.crypto.primitive.Ed25519;

/// A public Ed25519 key, 32 bytes, as an immutable value.
public final class VerifyKey {
    /// Length in bytes.
    public static final int BYTES = Ed25519.KEY;
    /// Length of a signature in bytes.
    public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE;

    private final byte[] bytes;

    private VerifyKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param bytes 32 bytes, copied; whether they are a point of the curve shows when verifying
    /// @return the key
    /// @throws IllegalArgumentException if the length differs
    public static VerifyKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a verification key has 32 bytes, not " + bytes.length);
        }
        return new VerifyKey(bytes.clone());
    }

    /// @param context what the signature must be for
    /// @param message what was signed
    /// @param signature any bytes
    /// @return whether it is this key's signature on that message in that context
    public boolean verify(SignatureContext context, byte[] message, byte[] signature) {
        return Ed25519.verify(bytes, context.input(message), signature);
    }

    /// @return a new array of 32 bytes
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VerifyKey other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "VerifyKey[" + HexFormat.of().formatHex(bytes) + "]";
    }
}
