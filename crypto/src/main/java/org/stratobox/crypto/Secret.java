package org.stratobox.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/// Bytes that must not be seen: destroyable, never printed, compared in constant time.
///
/// The garbage collector may have copied the array before it is zeroed, so destroying shortens the exposure and cannot
/// prove its end (`format.md` 4, finding 4). Thread-safe for readers; closing while another thread reads makes that
/// reader fail with an [IllegalStateException] or, at worst, see zeros.
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private volatile boolean destroyed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param bytes copied; the caller still owns and should clear its array
    /// @return a secret of the same length
    public static Secret copyOf(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /// @param bytes becomes the secret's own; the caller must not touch it again
    /// @return a secret over that very array
    public static Secret takeOwnership(byte[] bytes) {
        return new Secret(bytes);
    }

    /// @return length in bytes
    public int length() {
        return bytes.length;
    }

    /// The one way to the bytes. Named so that a reader of the calling code stops here.
    ///
    /// @return a new copy, which the caller clears when done
    /// @throws IllegalStateException if the secret was destroyed
    public byte[] exposeCopy() {
        if (destroyed) {
            throw new IllegalStateException("the secret was destroyed");
        }
        return bytes.clone();
    }

    /// @return whether the bytes are gone
    public boolean isDestroyed() {
        return destroyed;
    }

    /// Zeroes the bytes. Idempotent.
    @Override
    public void close() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Secret other && !destroyed && !other.destroyed
                && MessageDigest.isEqual(bytes, other.bytes);
    }

    /// The same for every secret of one length: a hash of the content would leak it.
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes, redacted]";
    }
}
