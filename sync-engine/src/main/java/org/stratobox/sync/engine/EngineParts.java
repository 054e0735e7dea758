package org.stratobox.sync.engine;

import java.nio.file.Path;
import java.time.Clock;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.crypto.keystore.KdfParameters;
import org.stratobox.sync.api.Stratobox.NodeServer;
import org.stratobox.sync.api.Stratobox.ServeRequest;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.task.Ticker;

/// Everything the engine is given by the composition root.
///
/// @param clock wall time
/// @param ticker monotonic time
/// @param entropy randomness
/// @param tasks threads
/// @param files the user's disk
/// @param nodes opens nodes
/// @param indexes opens index files
/// @param servers starts embedded nodes
/// @param kdf how passphrases are stretched for new homes
/// @param outside what a running device is told by the system
public record EngineParts(Clock clock, Ticker ticker, Entropy entropy, Tasks tasks, LocalDisk files, NodeOpener nodes,
        IndexOpener indexes, ServerStarter servers, KdfParameters kdf, Outside outside) {
    /// Opens nodes by their address.
    @FunctionalInterface
    public interface NodeOpener {
        /// @param spec which place
        /// @param credentials how it knows us
        /// @param accountTag hexadecimal tag under which the account's objects are
        /// @return the node, not contacted yet
        /// @throws IllegalArgumentException with a sentence for the user if the address is not one
        MeshNode open(NodeSpec spec, NodeCredentials credentials, String accountTag);
    }

    /// Opens index files.
    @FunctionalInterface
    public interface IndexOpener {
        /// @param file made if absent
        /// @param key seals what is secret in it
        /// @return the open index
        /// @throws IndexException if it cannot be used
        SyncIndex open(Path file, LocalKey key) throws IndexException;
    }

    /// Starts embedded nodes.
    @FunctionalInterface
    public interface ServerStarter {
        /// @param request where and how
        /// @return the running server
        /// @throws StratoboxException if it cannot be started
        NodeServer start(ServeRequest request) throws StratoboxException;
    }
}
