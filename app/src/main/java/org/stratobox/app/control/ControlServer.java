package org.stratobox.app.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Answers other processes of the same user that want something of the home this one holds.
///
/// Threads: one accepts; each connection has one that reads, one that writes, and one for each call on its way. All come
/// from the executor. No lock is held while something is sent.
public final class ControlServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 32;
    private static final long PATIENCE_MILLIS = 1000;

    private final Path home;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final Served served;
    private final Executor workers;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final Set<ServedConnection> open = ConcurrentHashMap.newKeySet();

    private ControlServer(Path home, Path socket, ServerSocketChannel listener, Served served, Executor workers) {
        this.home = home;
        this.socket = socket;
        this.listener = listener;
        this.served = served;
        this.workers = workers;
    }

    /// @param home of the account, held by this process
    /// @param runtime a directory for sockets of this user, made if absent; used when the home's path is too long
    /// @param served what is offered
    /// @param workers runs each task in a thread of its own
    /// @return the server, to be closed before the account
    /// @throws IOException if there can be no socket; other processes then find the home in use
    public static ControlServer open(Path home, Path runtime, Served served, Executor workers) throws IOException {
        ServerSocketChannel listener = listener();
        try {
            Path socket = SocketPlace.prepare(home, runtime);
            listener.bind(UnixDomainSocketAddress.of(socket));
            var server = new ControlServer(home, socket, listener, served, workers);
            workers.execute(server::accept);
            return server;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static ServerSocketChannel listener() throws IOException {
        try {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no such sockets", e);
        }
    }

    private void accept() {
        try {
            while (listener.isOpen()) {
                free.acquire();
                SocketChannel channel = listener.accept();
                if (SocketPlace.isOwner(channel, home)) {
                    serve(channel);
                } else {
                    channel.close();
                    free.release();
                }
            }
        } catch (IOException | InterruptedException _) {
            // closed; connections go on until they are closed, too
        }
    }

    private void serve(SocketChannel channel) {
        var connection = new ServedConnection(new Lines(channel), served, workers);
        open.add(connection);
        workers.execute(() -> {
            try {
                connection.run();
            } finally {
                open.remove(connection);
                free.release();
            }
        });
    }

    /// Ends every call on its way and tidies up. Idempotent.
    @Override
    public void close() {
        try {
            listener.close();
            SocketPlace.remove(home, socket);
        } catch (IOException _) {
            // a socket left behind is replaced by whoever holds the home next
        }
        open.forEach(ServedConnection::close);
        try {
            if (free.tryAcquire(MAX_CONNECTIONS - 1, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                free.release(MAX_CONNECTIONS - 1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
