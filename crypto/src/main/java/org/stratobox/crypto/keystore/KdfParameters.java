package org.stratobox.crypto.keystore;

/// How much work guessing a passphrase costs: Argon2id parameters between the floors and ceilings of `format.md` 3.12. The
/// floors keep a changed file from weakening the hash, the ceilings keep it from eating the machine.
///
/// @param memoryKib memory in KiB, 65 536 to 1 048 576
/// @param iterations passes, 3 to 10
/// @param lanes 1 to 4
public record KdfParameters(int memoryKib, int iterations, int lanes) {
    /// What new files use: 256 MiB, about a second.
    public static final KdfParameters DEFAULT = new KdfParameters(262_144, 3, 4);
    /// The least that is accepted: 64 MiB.
    public static final KdfParameters FLOOR = new KdfParameters(65_536, 3, 1);

    /// @throws IllegalArgumentException if a number is out of range
    public KdfParameters {
        if (!acceptable(memoryKib, iterations, lanes)) {
            throw new IllegalArgumentException("Argon2id parameters out of range");
        }
    }

    /// @param memoryKib in KiB
    /// @param iterations passes
    /// @param lanes lanes
    /// @return whether all are in range
    static boolean acceptable(long memoryKib, int iterations, int lanes) {
        return memoryKib >= 65_536 && memoryKib <= 1_048_576 && iterations >= 3 && iterations <= 10 && lanes >= 1
                && lanes <= 4;
    }
}
