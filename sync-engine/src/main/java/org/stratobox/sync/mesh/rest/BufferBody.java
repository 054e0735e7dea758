package org.stratobox.sync.mesh.rest;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.stratobox.sync.mesh.Pace;
import org.stratobox.sync.mesh.RateLimit;

import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// Sends what remains in a buffer, in pieces, without copying the whole; can be sent again on a new connection.
final class BufferBody extends RequestBody {
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final int PIECE = RateLimit.GRAIN;

    private final ByteBuffer body;

    BufferBody(ByteBuffer body) {
        this.body = body.slice();
    }

    @Override
    public MediaType contentType() {
        return BYTES;
    }

    @Override
    public long contentLength() {
        return body.remaining();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        for (int at = 0; at < body.limit(); at += PIECE) {
            int length = Math.min(PIECE, body.limit() - at);
            Pace.beforeSending(length);
            sink.write(body.slice(at, length));
        }
    }
}
