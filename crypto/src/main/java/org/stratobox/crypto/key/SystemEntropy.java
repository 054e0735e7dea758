package org.stratobox.crypto.key;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.primitive.SystemRandom;

/// The operating system's random generator: what the product runs on. Tests inject their own [Entropy].
public final class SystemEntropy implements Entropy {
    /// All instances are alike.
    public SystemEntropy() {
        // no state
    }

    @Override
    public void fill(byte[] out) {
        SystemRandom.fill(out);
    }
}
