package org.stratobox.sync.pack.coding;

import java.nio.ByteBuffer;

/// Where bytes are: a place in an array, without copying. How many is said by whoever uses it.
public final class Region {
    private final byte[] array;
    private final int offset;

    /// @param array shared, not copied
    /// @param offset of the first byte
    public Region(byte[] array, int offset) {
        this.array = array;
        this.offset = offset;
    }

    /// @param array whose first byte is the first byte of the region
    /// @return the region
    public static Region of(byte[] array) {
        return new Region(array, 0);
    }

    /// @param heap a buffer over an array; the region starts at its position
    /// @return the region
    public static Region of(ByteBuffer heap) {
        return new Region(heap.array(), heap.arrayOffset() + heap.position());
    }

    /// @return the array itself
    public byte[] array() {
        return array;
    }

    /// @return index of the first byte
    public int offset() {
        return offset;
    }

    /// @param by number of bytes
    /// @return the same array, further on
    public Region plus(int by) {
        return new Region(array, offset + by);
    }
}
