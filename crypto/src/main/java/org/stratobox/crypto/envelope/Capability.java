package org.stratobox.crypto.envelope;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;

/// What is needed to find and read one sealed object, and everything it names, and nothing else (`format.md` 3.6).
///
/// @param cid which bytes
/// @param readKey the blob secret `B`, 32 bytes
public record Capability(Cid cid, Secret readKey) {
    /// @throws IllegalArgumentException if the read key has another length
    public Capability {
        if (readKey.length() != 32) {
            throw new IllegalArgumentException("a read key has 32 bytes");
        }
    }

    /// Neither the key nor the address: both tell which file it is.
    @Override
    public String toString() {
        return "Capability[redacted]";
    }
}
