package org.stratobox.sync.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

import com.sun.net.httpserver.HttpServer;

/// A server of the restic REST protocol, versions 1 and 2, over a folder.
public final class EmbeddedNode implements AutoCloseable {
    private final HttpServer server;

    private EmbeddedNode(HttpServer server) {
        this.server = server;
    }

    /// @param config what to serve
    /// @param executor runs one task per request, each of which may block; a virtual thread per task suits
    /// @return the running node
    /// @throws IOException with a sentence if the folder is not there, the port is taken or the certificate cannot be read
    public static EmbeddedNode start(NodeConfig config, Executor executor) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(config.listen().host(), config.listen().port()), 0);
        server.setExecutor(executor);
        server.start();
        return new EmbeddedNode(server);
    }

    /// @return the port it listens on
    public int port() {
        return server.getAddress().getPort();
    }

    /// @return its address for `rest:`, with a slash at the end
    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /// Takes no new requests, lets running ones finish for a moment and ends the others. Idempotent.
    @Override
    public void close() {
        server.stop(0);
    }
}
