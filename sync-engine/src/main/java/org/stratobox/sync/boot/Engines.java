package org.stratobox.sync.boot;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.SystemEntropy;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.Stratobox.NodeServer;
import org.stratobox.sync.api.Stratobox.ServeRequest;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.EngineFacade;
import org.stratobox.sync.engine.EngineParts;
import org.stratobox.sync.engine.Outside;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.Leases;
import org.stratobox.sync.localfs.RealDisk;
import org.stratobox.sync.mesh.Bandwidth;
import org.stratobox.sync.mesh.BreakerNode;
import org.stratobox.sync.mesh.Jitter;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeHealth;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.RetryPolicy;
import org.stratobox.sync.mesh.RetryingNode;
import org.stratobox.sync.mesh.ThrottledNode;
import org.stratobox.sync.mesh.VerifyingNode;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.mesh.rest.RestClient;
import org.stratobox.sync.mesh.rest.RestNode;
import org.stratobox.sync.node.EmbeddedNode;
import org.stratobox.sync.node.NodeConfig;
import org.stratobox.sync.pace.PowerState;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.watch.DirectoryFolderWatcher;

/// Makes the engine of a process. Its threads are daemons; a process that ends needs no other goodbye than closing its
/// accounts and servers.
public final class Engines {
    private static final RetryPolicy RETRIES = new RetryPolicy(4, Duration.ofMillis(300), Duration.ofSeconds(10));

    private final Tasks tasks = new Tasks(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final RestClient rest = RestClient.create();
    private final Entropy entropy = new SystemEntropy();
    private final Clock clock = Clock.systemUTC();
    private final Bandwidth bandwidth = new Bandwidth(System::nanoTime, duration -> Thread.sleep(duration));

    private Engines() {}

    /// @param config what the program chooses
    /// @return an engine
    public static Stratobox create(EngineConfig config) {
        Engines engines = new Engines();
        return new EngineFacade(new EngineParts(engines.clock, System::nanoTime, engines.entropy, engines.tasks,
                new RealDisk(), engines::open, SqliteIndex::open, engines::serve, config.kdf(), engines.outside()));
    }

    private MeshNode open(NodeSpec spec, NodeCredentials credentials, String accountTag) {
        MeshNode adapter = switch (spec.address().kind()) {
            case "folder" -> folder(spec, accountTag);
            case "rest" -> rest(spec, credentials, accountTag);
            default -> throw new IllegalArgumentException(
                    "this version knows folder:PATH and rest:URL, not \"" + spec.address().kind() + ":\"");
        };
        Jitter jitter = this::jitter;
        MeshNode verifying = new VerifyingNode(new ThrottledNode(adapter, bandwidth));
        // a disk that is not there now will not be there in a second either
        MeshNode patient = adapter instanceof FolderNode
                ? verifying
                : new RetryingNode(verifying, RETRIES, jitter, duration -> Thread.sleep(duration));
        return new BreakerNode(patient, new NodeHealth(clock, jitter));
    }

    private Outside outside() {
        return new Outside(new DirectoryFolderWatcher(tasks.work()), Leases.orUnknown(), PowerState.UNKNOWN, bandwidth,
                this::jitter);
    }

    private double jitter() {
        return (ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong() >>> 11) * 0x1.0p-53;
    }

    private static MeshNode folder(NodeSpec spec, String accountTag) {
        try {
            Path root = Path.of(spec.address().location());
            if (!root.isAbsolute()) {
                throw new IllegalArgumentException("the path of a folder node has to be absolute");
            }
            return FolderNode.open(spec, root, accountTag);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it is not a path on this system", e);
        }
    }

    private MeshNode rest(NodeSpec spec, NodeCredentials credentials, String accountTag) {
        String url = spec.address().location();
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not a URL", e);
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL may not hold a password; use --credentials-file");
        }
        return RestNode.open(spec, url, accountTag, credentials, rest);
    }

    private NodeServer serve(ServeRequest request) throws StratoboxException {
        Optional<NodeConfig.Tls> tls = request.tlsKeyStore()
                .map(file -> new NodeConfig.Tls(file,
                        request.tlsPassword().orElseGet(() -> Secret.takeOwnership(new byte[0]))));
        NodeConfig config = new NodeConfig(request.store(), new NodeConfig.Listen(request.host(), request.port(), tls),
                NodeText.credentials(request.credentials()),
                request.quotaBytes().map(NodeConfig.Limits::ofQuota).orElse(
                        new NodeConfig.Limits(OptionalLong.empty(), MeshNode.MAX_OBJECT)),
                request.appendOnly() ? NodeConfig.Writes.APPEND_ONLY : NodeConfig.Writes.ALL);
        try {
            EmbeddedNode node = EmbeddedNode.start(config, tasks.io());
            return new NodeServer() {
                @Override
                public String address() {
                    return "rest:" + node.url();
                }

                @Override
                public void close() {
                    node.close();
                }
            };
        } catch (IOException e) {
            throw new StratoboxException(Reason.USAGE,
                    "The node cannot be started on " + request.host() + ":" + request.port() + " over "
                            + request.store() + ": " + e.getMessage() + ". Nothing was changed.",
                    e);
        }
    }
}
