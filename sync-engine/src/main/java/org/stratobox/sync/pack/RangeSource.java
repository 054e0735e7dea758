package org.stratobox.sync.pack;

/// Where a reader gets parts of something from.
///
/// @param <E> how reading may fail
@FunctionalInterface
public interface RangeSource<E extends Exception> {
    /// @param offset of the first byte
    /// @param length number of bytes, at least 1
    /// @return exactly that many bytes
    /// @throws E if they cannot be had
    byte[] read(int offset, int length) throws E;
}
