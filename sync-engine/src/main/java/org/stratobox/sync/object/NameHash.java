package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;

import org.stratobox.crypto.Sha256;

/// Which bucket of a split directory a name belongs to: nibbles of SHA-256 of its UTF-8 bytes.
final class NameHash {
    private NameHash() {}

    /// @return the first 16 nibbles: as many as a directory can have levels
    static long prefix(String name) {
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8)).a();
    }

    /// @param level 0 to 15
    /// @return nibble number `level`, the high nibble of the first byte being number 0
    static int bucket(long prefix, int level) {
        return (int) (prefix >>> (60 - 4 * level)) & 15;
    }
}
