package org.stratobox.sync.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Sixteen opaque bytes, the common shape of the product's random ids; each kind of id has its own type over it.
///
/// @param high bytes 0 to 7, big-endian
/// @param low bytes 8 to 15, big-endian
public record Id16(long high, long low) implements Comparable<Id16> {
    /// Length in bytes.
    public static final int BYTES = 16;

    /// @param bytes exactly 16 bytes
    /// @return the id
    /// @throws IllegalArgumentException if the length differs
    public static Id16 of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Id16(in.getLong(), in.getLong());
    }

    /// @return a new array of 16 bytes
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /// @return 32 lower-case hexadecimal digits
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(Id16 o) {
        int r = Long.compareUnsigned(high, o.high);
        return r != 0 ? r : Long.compareUnsigned(low, o.low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
