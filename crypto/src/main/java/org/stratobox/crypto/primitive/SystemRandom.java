package org.stratobox.crypto.primitive;

import java.security.SecureRandom;

/// The operating system's generator, without the blocking variant (`format.md` 4).
public final class SystemRandom {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SystemRandom() {}

    /// @param out filled completely
    public static void fill(byte[] out) {
        RANDOM.nextBytes(out);
    }
}
