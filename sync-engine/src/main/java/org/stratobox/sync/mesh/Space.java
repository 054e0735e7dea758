package org.stratobox.sync.mesh;

/// The five kinds of objects on a node, named as in a restic REST repository (`design README`, "What is on a node").
public enum Space {
    /// Packs or their shares; the only space with a two-digit fan-out on disk.
    DATA("data"),
    /// Pack indexes.
    INDEX("index"),
    /// Heads: one new object per device and sequence number.
    HEAD("snapshots"),
    /// Account, device and mesh records.
    KEYS("keys"),
    /// Soft leases.
    LOCK("locks");

    private final String directory;

    Space(String directory) {
        this.directory = directory;
    }

    /// @return the path component on a node
    public String directory() {
        return directory;
    }
}
