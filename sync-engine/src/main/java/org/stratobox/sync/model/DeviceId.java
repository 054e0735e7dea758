package org.stratobox.sync.model;

/// The id of one installation of the product (`format.md` 3.1).
///
/// @param id sixteen bytes
public record DeviceId(Id16 id) implements Comparable<DeviceId> {
    /// @param bytes exactly 16 bytes
    /// @return the id
    public static DeviceId of(byte[] bytes) {
        return new DeviceId(Id16.of(bytes));
    }

    /// @return a new array of 16 bytes
    public byte[] bytes() {
        return id.bytes();
    }

    @Override
    public int compareTo(DeviceId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id.hex();
    }
}
