package org.stratobox.crypto;

/// A source of unpredictable bytes. Injected, so that a test can repeat a run; the real one is
/// `org.stratobox.crypto.key.SystemEntropy`. Implementations are safe for use by several threads.
@FunctionalInterface
public interface Entropy {
    /// @param out filled completely with random bytes
    void fill(byte[] out);

    /// @param length number of bytes
    /// @return a new array of random bytes
    default byte[] bytes(int length) {
        byte[] out = new byte[length];
        fill(out);
        return out;
    }
}
