package org.stratobox.crypto.envelope;

import java.util.Arrays;

/// An object ready to be stored, and what reads it.
///
/// @param capability address and read key
/// @param envelope the bytes to store; not copied, not to be changed
@SuppressWarnings("ArrayRecordComponent") // a megabyte on its way to a pack; compared by content below
public record SealedObject(Capability capability, byte[] envelope) {
    @Override
    public boolean equals(Object o) {
        return o instanceof SealedObject other && capability.equals(other.capability)
                && Arrays.equals(envelope, other.envelope);
    }

    @Override
    public int hashCode() {
        return capability.cid().hashCode();
    }

    @Override
    public String toString() {
        return "SealedObject[" + envelope.length + " bytes]";
    }
}
