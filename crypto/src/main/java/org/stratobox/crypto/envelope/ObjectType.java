package org.stratobox.crypto.envelope;

import java.util.Arrays;
import java.util.Optional;

/// What a sealed object is (`format.md` 3.3). The type is part of every key and of the authenticated data, and never in the
/// clear: an object opens only as what it was sealed as.
public enum ObjectType {
    /// A piece of a file.
    CHUNK(1),
    /// The chunks of a file.
    MANIFEST(2),
    /// The manifests of a very large file.
    MANIFEST_INDEX(3),
    /// A directory.
    TREE(4),
    /// A state of all folders.
    COMMIT(5),
    /// A device's newest word.
    HEAD(6),
    /// A device, certified by the root.
    DEVICE_RECORD(7),
    /// Policy and revocations, signed by the root.
    ACCOUNT_RECORD(8),
    /// A plan of the collector, or its end.
    GC_PLAN(9),
    /// The newest state of a shared folder.
    SHARE_HEAD(10),
    /// A share for one person.
    SHARE_GRANT(11),
    /// The nodes of the mesh.
    MESH_DESCRIPTOR(12),
    /// The table at the end of a pack.
    PACK_CONTENTS(13),
    /// Where packs are and what they hold.
    PACK_INDEX(14),
    /// A device that goes on under a new identity.
    SUCCESSION(15),
    /// The keys of the next account epoch, for the devices that stay.
    EPOCH_GRANT(16),
    /// The keys of a device at rest.
    KEYSTORE(32),
    /// A page of the local index.
    INDEX_PAGE(33);

    private final int code;

    ObjectType(int code) {
        this.code = code;
    }

    /// @return the number in the format, 1 to 255
    public int code() {
        return code;
    }

    /// @param code a number
    /// @return the type of that number, if there is one
    public static Optional<ObjectType> of(int code) {
        return Arrays.stream(values()).filter(t -> t.code == code).findAny();
    }

    /// Content is sealed under a salt that depends on it, so that equal bodies give equal objects.
    boolean hasSyntheticSalt() {
        return code <= TREE.code;
    }

    /// The compressed sizes of known content would identify it, and a keystore holds nothing but randomness.
    boolean mayBeCompressed() {
        return this != CHUNK && this != KEYSTORE;
    }
}
