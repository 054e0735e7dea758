package org.stratobox.sync.node;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.crypto.Secret;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeCredentials;

/// How an embedded node serves a folder.
///
/// @param root the folder; repositories are folders below it
/// @param listen where it listens
/// @param access who may use it
/// @param limits how much it takes
/// @param writes what clients may change
public record NodeConfig(Path root, Listen listen, NodeCredentials access, Limits limits, Writes writes) {
    /// A node for this computer only, on a free port, open to every local program, without limits.
    ///
    /// @param root the folder
    /// @return its configuration
    public static NodeConfig loopback(Path root) {
        return new NodeConfig(root, new Listen("127.0.0.1", 0, Optional.empty()), new NodeCredentials.None(),
                Limits.NONE, Writes.ALL);
    }

    /// @param other where it listens
    /// @return a copy
    public NodeConfig withListen(Listen other) {
        return new NodeConfig(root, other, access, limits, writes);
    }

    /// @param other who may use it
    /// @return a copy
    public NodeConfig withAccess(NodeCredentials other) {
        return new NodeConfig(root, listen, other, limits, writes);
    }

    /// @param other how much it takes
    /// @return a copy
    public NodeConfig withLimits(Limits other) {
        return new NodeConfig(root, listen, access, other, writes);
    }

    /// @param other what clients may change
    /// @return a copy
    public NodeConfig withWrites(Writes other) {
        return new NodeConfig(root, listen, access, limits, other);
    }

    /// Where a node listens.
    ///
    /// @param host name or address of the interface; `0.0.0.0` for all
    /// @param port 0 for any free one
    /// @param tls how it speaks TLS, or empty for plain HTTP
    public record Listen(String host, int port, Optional<Tls> tls) {}

    /// A certificate with its key.
    ///
    /// @param pkcs12 the file
    /// @param password of the file and its key, UTF-8
    public record Tls(Path pkcs12, Secret password) {}

    /// How much a node takes.
    ///
    /// @param quota bytes of all files below the root, or empty for what the disk holds; more is answered with 507
    /// @param maxObject bytes of one object; more is answered with 413
    public record Limits(OptionalLong quota, long maxObject) {
        /// What the disk holds, in objects of the size the mesh uses.
        public static final Limits NONE = new Limits(OptionalLong.empty(), MeshNode.MAX_OBJECT);

        /// @param quota bytes of all files below the root
        /// @return these limits
        public static Limits ofQuota(long quota) {
            return new Limits(OptionalLong.of(quota), MeshNode.MAX_OBJECT);
        }
    }

    /// What clients may change.
    public enum Writes {
        /// Add and remove.
        ALL,
        /// Add, and remove locks only; protects against a client that was taken over.
        APPEND_ONLY
    }
}
