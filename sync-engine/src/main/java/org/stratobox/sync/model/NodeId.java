package org.stratobox.sync.model;

/// The id of one place that keeps bytes, random when it is added.
///
/// @param id sixteen bytes
public record NodeId(Id16 id) implements Comparable<NodeId> {
    /// @param bytes exactly 16 bytes
    /// @return the id
    public static NodeId of(byte[] bytes) {
        return new NodeId(Id16.of(bytes));
    }

    /// @return a new array of 16 bytes
    public byte[] bytes() {
        return id.bytes();
    }

    @Override
    public int compareTo(NodeId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id.hex();
    }
}
