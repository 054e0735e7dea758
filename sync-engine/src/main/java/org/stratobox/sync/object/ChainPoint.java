package org.stratobox.sync.object;

import org.stratobox.crypto.Digest256;

/// A place in a chain of signed records.
///
/// @param seq number of the record, 1 for the first; 0 means "none yet" and goes with a hash of zeros
/// @param hash its hash
public record ChainPoint(long seq, Digest256 hash) {
    /// Before the first record.
    public static final ChainPoint NONE = new ChainPoint(0, new Digest256(0, 0, 0, 0));

    /// @throws IllegalArgumentException if the number is negative or above 2^53
    public ChainPoint {
        if (seq < 0 || seq > Limits.NUMBER) {
            throw new IllegalArgumentException("a sequence number out of range");
        }
    }

    void write(CborWriter out) {
        out.array(2).uint(seq).digest(hash);
    }

    static ChainPoint read(CborReader in) throws ObjectException {
        in.arrayOf(2);
        return new ChainPoint(in.uint(Limits.NUMBER), in.digest());
    }
}
