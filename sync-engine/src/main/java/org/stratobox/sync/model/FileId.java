package org.stratobox.sync.model;

/// The id of one file over all its names; random at birth and kept through renames (`sync.md` 1).
///
/// @param id sixteen bytes
public record FileId(Id16 id) implements Comparable<FileId> {
    /// @param bytes exactly 16 bytes
    /// @return the id
    public static FileId of(byte[] bytes) {
        return new FileId(Id16.of(bytes));
    }

    /// @return a new array of 16 bytes
    public byte[] bytes() {
        return id.bytes();
    }

    @Override
    public int compareTo(FileId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id.hex();
    }
}
