package org.stratobox.sync.mesh.rest;

import java.util.List;
import java.util.concurrent.TimeUnit;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/// The connections of all REST nodes of a process: one pool. Calls block their caller, which suits virtual threads: their
/// interruption ends a call at once, while a platform thread notices at its next read or write.
public final class RestClient implements AutoCloseable {
    private static final int IDLE_CONNECTIONS = 32;

    private final OkHttpClient http;
    private final Timeouts timeouts;

    private RestClient(OkHttpClient http, Timeouts timeouts) {
        this.http = http;
        this.timeouts = timeouts;
    }

    /// @return a client with [Timeouts#DEFAULT]
    public static RestClient create() {
        return create(Timeouts.DEFAULT);
    }

    /// @param timeouts when to give up
    /// @return a client
    public static RestClient create(Timeouts timeouts) {
        // HTTP/1.1 only: parallel transfers then have a connection and a window each. Without fast fallback a call runs
        // on its caller's thread alone, so that it can be interrupted.
        OkHttpClient http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1)).fastFallback(false)
                .followRedirects(false).followSslRedirects(false)
                .connectTimeout(timeouts.base()).readTimeout(timeouts.base()).writeTimeout(timeouts.base()).build();
        return new RestClient(http, timeouts);
    }

    OkHttpClient http() {
        return http;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    /// Closes idle connections; a call that still runs ends by itself. Idempotent.
    @Override
    public void close() {
        http.connectionPool().evictAll();
    }
}
