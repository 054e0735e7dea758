package org.stratobox.sync.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.folder.Repository;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/// The restic REST protocol (`REST_backend.rst` of restic): one request in, one answer out.
final class RestHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RestHandler.class);
    private static final String V2 = "application/vnd.x.restic.rest.v2";
    private static final String V1 = "application/vnd.x.restic.rest.v1";
    private static final int BUFFER = 256 << 10;
    /// How much of a rejected body is read so that the client sees the answer instead of a broken connection.
    private static final long PATIENCE = 64L << 20;
    private static final long PATIENCE_WITH_STRANGERS = 1L << 20;

    private final NodeConfig config;
    private final Gate gate;
    private final Quota quota;
    private final Receiver receiver;
    private final InFlight inFlight;
    private final Waiters waiters;

    RestHandler(NodeConfig config, Quota quota, InFlight inFlight, Waiters waiters) {
        this.config = config;
        this.gate = new Gate(config.access());
        this.quota = quota;
        this.inFlight = inFlight;
        this.waiters = waiters;
        this.receiver = new Receiver(config.root(), quota, config.limits().maxObject());
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (!inFlight.enter()) {
            exchange.close();
            return;
        }
        try (exchange) {
            exchange.getResponseHeaders().set("Server", "stratobox-node/1");
            answerOrReject(exchange);
            // Neither path nor peer: a name on a node is nobody's business.
            LOG.debug("{} answered with {}", exchange.getRequestMethod(), exchange.getResponseCode());
        } catch (IOException e) {
            LOG.debug("{} broke off: {}", exchange.getRequestMethod(), e.getClass().getSimpleName());
        } finally {
            inFlight.leave();
        }
    }

    private void answerOrReject(HttpExchange exchange) throws IOException {
        if (!gate.admits(header(exchange, "Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", gate.challenge());
            reject(exchange, new Rejected(401, "user and password, or a token, please"), PATIENCE_WITH_STRANGERS);
            return;
        }
        try {
            answer(exchange);
        } catch (Rejected e) {
            reject(exchange, e, PATIENCE);
        } catch (NoSuchFileException e) {
            reject(exchange, new Rejected(404, "not found"), PATIENCE);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        RequestPath path = RequestPath.parse(exchange.getRequestURI().getRawPath())
                .orElseThrow(() -> new Rejected(404, "a path begins with the name of a repository"));
        if (!Files.isDirectory(config.root())) {
            throw new Rejected(503, "the folder of the node is not there");
        }
        Repository repository = path.in(config.root());
        if (path instanceof RequestPath.Whole) {
            create(exchange, repository);
        } else if (!repository.exists()) {
            throw new Rejected(404, "no such repository");
        } else if (path instanceof RequestPath.Listing listing) {
            requireGet(exchange);
            list(exchange, repository, listing);
        } else if (path instanceof RequestPath.Named named) {
            Path file = repository.objectFile(named.space(), named.name());
            file(exchange, repository, file, Optional.of(named));
        } else {
            file(exchange, repository, repository.configFile(), Optional.empty());
        }
    }

    private static void create(HttpExchange exchange, Repository repository) throws IOException {
        if (!exchange.getRequestMethod().equals("POST") || !"create=true".equals(exchange.getRequestURI().getQuery())) {
            throw new Rejected(405, "a repository is only created");
        }
        repository.create();
        exchange.sendResponseHeaders(200, -1);
    }

    private void file(HttpExchange exchange, Repository repository, Path file, Optional<RequestPath.Named> object)
            throws IOException {
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> head(exchange, repository, file, object);
            case "GET" -> get(exchange, repository, file);
            case "POST" -> post(exchange, repository, file, object);
            case "DELETE" -> delete(exchange, repository, file, object);
            default -> throw new Rejected(405, "GET, HEAD, POST and DELETE are understood");
        }
    }

    private void head(HttpExchange exchange, Repository repository, Path file, Optional<RequestPath.Named> object)
            throws IOException {
        OptionalLong size = repository.size(file);
        if (size.isEmpty()) {
            throw new Rejected(404, "not found");
        }
        Headers headers = exchange.getResponseHeaders();
        if (object.isEmpty()) {
            tellRoom(headers);
        }
        headers.set("Content-Length", Long.toString(size.getAsLong()));
        headers.set("Content-Type", "application/octet-stream");
        headers.set("Accept-Ranges", "bytes");
        exchange.sendResponseHeaders(200, -1);
    }

    /// An addition to the protocol, with the marker: how much room there is.
    private void tellRoom(Headers headers) throws IOException {
        var store = Files.getFileStore(config.root());
        long used = quota.isLimited() ? quota.used() : store.getTotalSpace() - store.getUnallocatedSpace();
        headers.set("Stratobox-Used", Long.toString(used));
        headers.set("Stratobox-Free", Long.toString(Math.min(quota.free(), store.getUsableSpace())));
    }

    private void get(HttpExchange exchange, Repository repository, Path file) throws IOException {
        try (FileChannel channel = repository.open(file)) {
            long size = channel.size();
            Optional<ByteRange> range = header(exchange, "Range").flatMap(value -> ByteRange.parse(value, size));
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/octet-stream");
            headers.set("Accept-Ranges", "bytes");
            if (range.filter(r -> r.length() == 0).isPresent()) {
                headers.set("Content-Range", "bytes */" + size);
                throw new Rejected(416, "the object is shorter");
            }
            ByteRange part = range.orElse(new ByteRange(0, size));
            if (range.isPresent()) {
                long last = part.first() + part.length() - 1;
                headers.set("Content-Range", "bytes " + part.first() + "-" + last + "/" + size);
            }
            exchange.sendResponseHeaders(range.isPresent() ? 206 : 200, part.length() == 0 ? -1 : part.length());
            send(channel, part, exchange.getResponseBody());
        }
    }

    private static void send(FileChannel channel, ByteRange part, OutputStream out) throws IOException {
        byte[] buffer = new byte[Math.clamp(part.length(), 1, BUFFER)];
        long end = part.first() + part.length();
        for (long at = part.first(); at < end;) {
            int n = channel.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - at)), at);
            if (n < 0) {
                throw new IOException("the file became shorter");
            }
            out.write(buffer, 0, n);
            at += n;
        }
        out.flush();
    }

    private void post(HttpExchange exchange, Repository repository, Path file, Optional<RequestPath.Named> object)
            throws IOException {
        long length = header(exchange, "Content-Length").map(RestHandler::length).orElse(-1L);
        var body = new Receiver.Body(exchange.getRequestBody(), length);
        receiver.receive(repository, file, object.map(RequestPath.Named::name), body);
        object.ifPresent(this::tellWaiters);
        exchange.sendResponseHeaders(200, -1);
    }

    private static long length(String value) {
        return !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(ch -> ch >= '0' && ch <= '9')
                ? Long.parseLong(value)
                : Long.MAX_VALUE;
    }

    private void delete(HttpExchange exchange, Repository repository, Path file, Optional<RequestPath.Named> object)
            throws IOException {
        boolean isLock = object.filter(o -> o.space() == Space.LOCK).isPresent();
        if (config.writes() == NodeConfig.Writes.APPEND_ONLY && !isLock) {
            throw new Rejected(403, "this node is append-only");
        }
        OptionalLong size = repository.size(file);
        if (!repository.delete(file)) {
            throw new Rejected(404, "not found");
        }
        quota.giveBack(size.orElse(0));
        object.ifPresent(this::tellWaiters);
        exchange.sendResponseHeaders(200, -1);
    }

    private void tellWaiters(RequestPath.Named object) {
        waiters.happened(new Waiters.Place(object.repository(), object.space()));
    }

    private static void requireGet(HttpExchange exchange) throws Rejected {
        if (!exchange.getRequestMethod().equals("GET")) {
            throw new Rejected(405, "a list is only read");
        }
    }

    private void list(HttpExchange exchange, Repository repository, RequestPath.Listing listing) throws IOException {
        Optional<LongPoll> poll = LongPoll.parse(exchange.getRequestURI().getRawQuery());
        Waiters.Place place = new Waiters.Place(listing.repository(), listing.space());
        Optional<Waiters.Ticket> ticket = poll.flatMap(p -> waiters.enter(place, p.limit()));
        if (ticket.isEmpty()) {
            list(exchange, repository.list(listing.space()));
            return;
        }
        try (Waiters.Ticket mine = ticket.get()) {
            List<StoredObject> objects = repository.list(listing.space());
            while (Cursor.of(objects).equals(poll.orElseThrow().after()) && mine.await()) {
                objects = repository.list(listing.space());
            }
            // once more: other programs, too, may store in this folder, and tell nobody
            objects = repository.list(listing.space());
            exchange.getResponseHeaders().set(LongPoll.CURSOR, Cursor.of(objects).text());
            list(exchange, objects);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rejected(503, "the node is closing");
        }
    }

    private static void list(HttpExchange exchange, List<StoredObject> objects) throws IOException {
        boolean sizes = header(exchange, "Accept").filter(accept -> accept.contains(V2)).isPresent();
        Function<StoredObject, String> entry = sizes
                ? o -> "{\"name\":\"" + o.name().hex() + "\",\"size\":" + o.size() + "}"
                : o -> "\"" + o.name().hex() + "\"";
        String text = objects.stream().map(entry).collect(Collectors.joining(",", "[", "]"));
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", sizes ? V2 : V1);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void reject(HttpExchange exchange, Rejected problem, long patience) throws IOException {
        drain(exchange.getRequestBody(), patience);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = (problem.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(problem.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void drain(InputStream body, long patience) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long left = patience;
        int n = body.read(buffer);
        while (n >= 0 && left > 0) {
            left -= n;
            n = body.read(buffer);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
