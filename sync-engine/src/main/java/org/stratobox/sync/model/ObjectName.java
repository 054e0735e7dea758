package org.stratobox.sync.model;

import java.nio.ByteBuffer;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;

/// The name of an object on a node: SHA-256 of the stored bytes. Because the name is a function of the bytes, putting
/// is idempotent and every reader can check what a node returns.
///
/// @param digest SHA-256 of the stored bytes
public record ObjectName(Digest256 digest) implements Comparable<ObjectName> {
    /// @param body the bytes that are going to be stored; position and limit stay as they are
    /// @return their name
    public static ObjectName of(ByteBuffer body) {
        return new ObjectName(Sha256.of(body));
    }

    /// @param body the bytes that are going to be stored
    /// @return their name
    public static ObjectName of(byte[] body) {
        return new ObjectName(Sha256.of(body));
    }

    /// @param hex 64 lower-case hexadecimal digits
    /// @return the name
    /// @throws IllegalArgumentException if it is anything else
    public static ObjectName parse(String hex) {
        return new ObjectName(Digest256.parse(hex));
    }

    /// @return 64 lower-case hexadecimal digits
    public String hex() {
        return digest.hex();
    }

    @Override
    public int compareTo(ObjectName other) {
        return digest.compareTo(other.digest);
    }

    @Override
    public String toString() {
        return hex();
    }
}
