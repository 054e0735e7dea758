package org.stratobox.sync.node;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/// A server of the restic REST protocol, versions 1 and 2, over a folder. `restic`, [org.stratobox.sync.mesh.MeshNode]
/// adapters and everything else that speaks it may share it.
///
/// An upload is visible only when its SHA-256 was found right and its bytes are on the disk; an existing name is never
/// overwritten (403). Every repository is a folder of one to four plain names below the root, created on request.
public final class EmbeddedNode implements AutoCloseable {
    private static final int BACKLOG = 128;
    /// Requests that may wait for news; each takes a connection and a virtual thread.
    private static final int MOST_WAITERS = 256;

    private final HttpServer server;
    private final NodeConfig config;
    private final InFlight inFlight;
    private final Waiters waiters;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedNode(HttpServer server, NodeConfig config, InFlight inFlight, Waiters waiters) {
        this.server = server;
        this.config = config;
        this.inFlight = inFlight;
        this.waiters = waiters;
    }

    /// @param config what to serve
    /// @param executor runs one task per request, each of which may block; a virtual thread per task suits
    /// @return the running node
    /// @throws IOException with a sentence if the folder is not there, the port is taken or the certificate cannot be
    /// read
    public static EmbeddedNode start(NodeConfig config, Executor executor) throws IOException {
        requireRoot(config.root());
        Quota quota = Quota.of(config.limits().quota(), config.root());
        HttpServer server = bind(config.listen());
        InFlight inFlight = new InFlight();
        Waiters waiters = new Waiters(MOST_WAITERS);
        server.createContext("/", new RestHandler(config, quota, inFlight, waiters));
        server.setExecutor(executor);
        server.start();
        return new EmbeddedNode(server, config, inFlight, waiters);
    }

    private static void requireRoot(Path root) throws IOException {
        if (Files.notExists(root) && root.toAbsolutePath().getParent() != null) {
            try {
                Files.createDirectory(root);
            } catch (IOException e) {
                throw new IOException("The folder of the node is not there and cannot be created.", e);
            }
        }
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            throw new IOException("The folder of the node is not a folder that can be written to.");
        }
    }

    private static HttpServer bind(NodeConfig.Listen listen) throws IOException {
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        Optional<HttpsConfigurator> tls = listen.tls().isEmpty()
                ? Optional.empty()
                : Optional.of(new HttpsConfigurator(ServerCertificate.load(listen.tls().get())));
        if (address.isUnresolved()) {
            throw new IOException("The address to listen on is unknown: " + listen.host());
        }
        try {
            if (tls.isEmpty()) {
                return HttpServer.create(address, BACKLOG);
            }
            HttpsServer server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(tls.get());
            return server;
        } catch (BindException e) {
            throw new IOException("Port " + listen.port() + " on " + listen.host()
                    + " cannot be used; does another program listen there?", e);
        }
    }

    /// @return where it listens, with the real port
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// @return what to write after `rest:` on this computer, with a slash at the end
    public String url() {
        InetAddress interfaceAddress = address().getAddress();
        InetAddress host = interfaceAddress.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : interfaceAddress;
        String text = host.getHostAddress();
        String scheme = config.listen().tls().isPresent() ? "https://" : "http://";
        return scheme + (text.contains(":") ? "[" + text + "]" : text) + ":" + address().getPort() + "/";
    }

    /// Takes no new requests, lets running ones finish for a second and ends the others; what they had uploaded is
    /// dropped. The executor stays with its owner. Idempotent.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            waiters.close();
            inFlight.close();
            server.stop(0);
        }
    }
}
