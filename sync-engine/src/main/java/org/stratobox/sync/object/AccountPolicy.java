package org.stratobox.sync.object;

import java.util.List;

import org.stratobox.crypto.envelope.Suite;

/// What an account record orders: which cipher is written and read, and which versions of the product may take part.
///
/// @param writing the suite for new objects; one of the allowed ones
/// @param allowed suites that may be read, ascending by code, none twice
/// @param minReader lowest format version that may read
/// @param minWriter lowest format version that may write
public record AccountPolicy(Suite writing, List<Suite> allowed, int minReader, int minWriter) {
    /// @throws IllegalArgumentException if the writing suite is not allowed, or the list is not ascending
    public AccountPolicy {
        allowed = List.copyOf(allowed);
        for (int i = 1; i < allowed.size(); i++) {
            if (allowed.get(i - 1).code() >= allowed.get(i).code()) {
                throw new IllegalArgumentException("suites out of order");
            }
        }
        if (!allowed.contains(writing) || minReader < 0 || minWriter < 0
                || Math.max(minReader, minWriter) > AccountCodec.MAX_VERSION) {
            throw new IllegalArgumentException("a policy that contradicts itself");
        }
    }

    /// @param writing the suite for new objects
    /// @return both suites readable, version 1 everywhere
    public static AccountPolicy first(Suite writing) {
        return new AccountPolicy(writing, List.of(Suite.AES_256_GCM, Suite.CHACHA20_POLY1305), 1, 1);
    }
}
