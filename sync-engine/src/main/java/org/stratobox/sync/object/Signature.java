package org.stratobox.sync.object;

import java.util.Arrays;

import org.stratobox.crypto.identity.VerifyKey;

/// An Ed25519 signature as a value.
///
/// @param bytes 64 bytes; copied in and out
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record Signature(byte[] bytes) {
    /// @throws IllegalArgumentException if the length differs
    public Signature {
        if (bytes.length != VerifyKey.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a signature has 64 bytes");
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Signature other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Signature";
    }
}
