package org.stratobox.sync.mesh.rest;

import java.time.Duration;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/// The connections of all REST nodes of a process: one pool, calls block their caller, so it fits virtual threads (their
/// interruption ends a call at once; a platform thread notices at its next read or write).
public final class RestClient implements AutoCloseable {
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
        OkHttpClient http = new OkHttpClient.Builder().connectionPool(new ConnectionPool()).followRedirects(false)
                .followSslRedirects(false).connectTimeout(timeouts.base()).readTimeout(timeouts.base())
                .writeTimeout(timeouts.base()).build();
        return new RestClient(http, timeouts);
    }

    OkHttpClient http() {
        return http;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    /// Closes idle connections. Calls that still run end by themselves.
    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /// When to give up on a node. A slow node is not a dead one: time grows with the size.
    ///
    /// @param base for connecting, for every silence, and for a call without a body
    /// @param bytesPerSecond the slowest rate at which a body may travel
    public record Timeouts(Duration base, int bytesPerSecond) {
        /// 10 s + size / (64 KiB/s).
        public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), 64 << 10);

        /// @param bytes of the body
        /// @return how long a call may take
        public Duration of(long bytes) {
            return base.plusMillis(bytes * 1000 / bytesPerSecond);
        }
    }
}
