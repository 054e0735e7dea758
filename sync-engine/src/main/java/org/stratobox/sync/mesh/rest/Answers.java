package org.stratobox.sync.mesh.rest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Pace;
import org.stratobox.sync.mesh.RateLimit;

import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/// What the answers of a server mean.
final class Answers {
    private Answers() {}

    /// Any status that is not the success the caller hoped for; 404 is the caller's to judge.
    static NodeException failure(Response response) {
        int code = response.code();
        Optional<Duration> retryAfter = retryAfter(response);
        return switch (code) {
            case 401, 403, 407 ->
                new NodeException.Refused("the node refuses us (" + code + "); are user and password right?");
            case 404 -> new NodeException.Unreachable("the node does not hold the account's part");
            case 405, 411, 501 -> new NodeException.Refused("the address is not a restic REST server (" + code + ")");
            case 413 -> new NodeException.Refused("the node takes no object of this size");
            case 429 -> new NodeException.Throttled("the node asks to slow down", retryAfter);
            case 507 -> new NodeException.Full("the node is full");
            case 503 -> retryAfter.isPresent()
                    ? new NodeException.Throttled("the node is busy", retryAfter)
                    : new NodeException.Unreachable("the node is not available (503)");
            default -> other(code);
        };
    }

    private static NodeException other(int code) {
        if (code >= 300 && code < 400) {
            return new NodeException.Refused("the node sends us elsewhere (" + code + "); is the address right?");
        }
        return code >= 500 || code == 408 || code == 425
                ? new NodeException.Unreachable("the node failed (" + code + ")")
                : new NodeException.Refused("the node does not accept the request (" + code + ")");
    }

    /// Seconds, or a date, which is compared with the server's own clock: ours may be wrong.
    private static Optional<Duration> retryAfter(Response response) {
        String value = response.header("Retry-After");
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isEmpty() && value.length() <= 6 && value.chars().allMatch(ch -> ch >= '0' && ch <= '9')) {
            return Optional.of(Duration.ofSeconds(Integer.parseInt(value)));
        }
        return date(value).flatMap(then -> date(response.header("Date")).map(now -> Duration.between(now, then)))
                .filter(wait -> !wait.isNegative());
    }

    private static Optional<ZonedDateTime> date(@Nullable String value) {
        try {
            return Optional.ofNullable(value).map(v -> ZonedDateTime.parse(v, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static NodeException failure(IOException e) {
        if (e instanceof SSLPeerUnverifiedException || (e instanceof SSLException && isCertificate(e))) {
            return new NodeException.Refused("the node's certificate is not trusted");
        }
        if (e instanceof InterruptedIOException) {
            return new NodeException.Unreachable("the node did not answer in time, or the call was interrupted", e);
        }
        // The text of connection errors names the host; that is an address, not a secret, yet not needed in a log.
        return new NodeException.Unreachable("no connection, or it was lost: " + e.getClass().getSimpleName(), e);
    }

    private static boolean isCertificate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /// A login page or a captive portal answers 200 with HTML where bytes should be.
    static void requireNoPage(Response response) throws NodeException.Corrupt {
        MediaType type = response.body().contentType();
        if (type != null && type.type().equals("text") && type.subtype().equals("html")) {
            throw new NodeException.Corrupt("the node answered with a web page; is the address right?");
        }
    }

    /// The body, never more than `limit` bytes of memory.
    static byte[] body(Response response, int limit, Timeouts timeouts) throws IOException, NodeException {
        requireNoPage(response);
        long length = response.body().contentLength();
        if (length > limit) {
            throw new NodeException.Corrupt("the node answered with " + length + " bytes");
        }
        BufferedSource source = response.body().source();
        source.timeout().deadline(timeouts.of(length < 0 ? limit : length).toMillis(), TimeUnit.MILLISECONDS);
        if (length >= 0) {
            return exactly(source, (int) length);
        }
        if (source.request(limit + 1L)) {
            throw new NodeException.Corrupt("the node answered with more than " + limit + " bytes");
        }
        return source.readByteArray();
    }

    /// The part of an object: a 206 holds just that, a 200 the whole object.
    static byte[] range(Response response, long offset, int length, Timeouts timeouts)
            throws IOException, NodeException {
        requireNoPage(response);
        long declared = response.body().contentLength();
        boolean whole = response.code() == 200;
        boolean other = whole
                ? declared >= 0 && declared < offset + length
                : (declared >= 0 && declared != length) || !isRange(response, offset, length);
        if (other) {
            throw new NodeException.Corrupt("the node answered with another range than asked for");
        }
        BufferedSource source = response.body().source();
        long travels = whole ? offset + length : length;
        source.timeout().deadline(timeouts.of(travels).toMillis(), TimeUnit.MILLISECONDS);
        if (whole) {
            source.skip(offset);
        }
        byte[] out = exactly(source, length);
        if (!whole && !source.exhausted()) {
            throw new NodeException.Corrupt("the node answered with a longer range than asked for");
        }
        return out;
    }

    private static boolean isRange(Response response, long offset, int length) {
        String range = response.header("Content-Range");
        return range == null || range.startsWith("bytes " + offset + "-" + (offset + length - 1) + "/");
    }

    private static byte[] exactly(BufferedSource source, int length) throws IOException {
        byte[] out = new byte[length];
        for (int at = 0; at < length;) {
            int end = Math.min(length, at + RateLimit.GRAIN);
            Pace.beforeReceiving(end - at);
            while (at < end) {
                int n = source.read(out, at, end - at);
                if (n < 0) {
                    throw new EOFException("the body ended early");
                }
                at += n;
            }
        }
        return out;
    }

    /// Only our own server tells it, and only one that knows how to wait.
    static Optional<Cursor> cursor(Response response) {
        return Optional.ofNullable(response.header("Stratobox-Cursor")).filter(text -> !text.isEmpty())
                .filter(Cursor::isCursor).map(Cursor::new);
    }

    static boolean isOurs(Response response) {
        String server = response.header("Server");
        return server != null && server.startsWith("stratobox-node/");
    }

    /// A header that holds a number of bytes.
    static Optional<Long> bytes(Response response, String header) {
        String value = response.header(header);
        if (value == null || value.isEmpty() || value.length() > 18
                || !value.chars().allMatch(ch -> ch >= '0' && ch <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(value));
    }

    static Optional<Long> objectSize(Response response) throws NodeException.Corrupt {
        requireNoPage(response);
        Optional<Long> size = bytes(response, "Content-Length");
        if (size.isEmpty()) {
            throw new NodeException.Corrupt("the node does not say how long the object is");
        }
        return size;
    }
}
