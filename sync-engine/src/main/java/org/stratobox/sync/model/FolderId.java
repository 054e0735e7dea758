package org.stratobox.sync.model;

/// The id of one synced folder of an account.
///
/// @param id sixteen bytes
public record FolderId(Id16 id) implements Comparable<FolderId> {
    /// @param bytes exactly 16 bytes
    /// @return the id
    public static FolderId of(byte[] bytes) {
        return new FolderId(Id16.of(bytes));
    }

    /// @return a new array of 16 bytes
    public byte[] bytes() {
        return id.bytes();
    }

    @Override
    public int compareTo(FolderId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id.hex();
    }
}
