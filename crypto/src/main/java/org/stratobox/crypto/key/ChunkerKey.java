package org.stratobox.crypto.key;

import org.stratobox.crypto.Secret;

/// The secret that decides where the files of one folder are cut (`format.md` 3.1, `cdc(F)`): two tables of 256 numbers and
/// an AES-128 key.
public final class ChunkerKey {
    /// Length in bytes: T0, T1 as 256 u64 little-endian each, then 16 bytes for AES.
    public static final int LENGTH = 4112;

    private final Secret material;

    private ChunkerKey(Secret material) {
        this.material = material;
    }

    static ChunkerKey of(Secret material) {
        if (material.length() != LENGTH) {
            throw new IllegalArgumentException("a chunker key has 4112 bytes");
        }
        return new ChunkerKey(material);
    }

    /// For the chunker only.
    ///
    /// @return a copy of the 4112 bytes; the caller closes it
    public Secret expose() {
        return Secret.takeOwnership(material.exposeCopy());
    }

    @Override
    public String toString() {
        return "ChunkerKey[redacted]";
    }
}
