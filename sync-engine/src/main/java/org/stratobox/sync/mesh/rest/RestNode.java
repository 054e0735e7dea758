package org.stratobox.sync.mesh.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/// A node that speaks the restic REST protocol, version 2 (`REST_backend.rst` of restic).
///
/// Servers differ: restic's and ours never overwrite and check the hash of what they receive; rclone's overwrites and
/// does not check. So a put asks first whether the object is there, unless the server is known to be ours. A 404 is
/// believed only from a server that shows the account's marker.
public final class RestNode implements MeshNode {
    private static final String LIST_TYPE = "vnd.x.restic.rest.v2";

    private final NodeSpec spec;
    private final NodeUrl url;
    private final NodeCredentials credentials;
    private final OkHttpClient http;
    private final Timeouts timeouts;
    private volatile boolean closed;
    /// The marker was seen, and no 404 since made us doubt.
    private volatile boolean marked;
    /// The server said that it is ours.
    private volatile boolean neverOverwrites;

    private RestNode(NodeSpec spec, NodeUrl url, NodeCredentials credentials, RestClient client) {
        this.spec = spec;
        this.url = url;
        this.credentials = credentials;
        this.http = url.pin().map(PinnedTrust::new).map(trust -> trust.applyTo(client.http())).orElse(client.http());
        this.timeouts = client.timeouts();
    }

    /// Nothing is sent yet.
    ///
    /// @param spec which place this is
    /// @param url `http:` or `https:`, the part of the server above the account; a fragment `#sha256=<64 hex>` pins the
    /// SHA-256 of the certificate's SubjectPublicKeyInfo, which then is trusted whoever signed it, and nothing else is
    /// @param accountTagHex the account's part of it, 32 lower-case hexadecimal digits
    /// @param credentials how the node knows us
    /// @param client shared with other nodes; closed by its owner, not by this node
    /// @return the node
    /// @throws IllegalArgumentException with a sentence for the user if the URL is not one
    public static RestNode open(NodeSpec spec, String url, String accountTagHex, NodeCredentials credentials,
            RestClient client) {
        return new RestNode(spec, NodeUrl.of(url, accountTagHex), credentials, client);
    }

    @Override
    public NodeSpec spec() {
        return spec;
    }

    @Override
    public void prepare() throws NodeException {
        Request create = request(url.create()).post(RequestBody.create(new byte[0])).build();
        call(create, timeouts.base(), response -> {
            Answers.requireNoPage(response);
            return requireSuccess(response);
        });
        if (!isPrepared()) {
            Request config = request(url.config()).post(new BufferBody(ByteBuffer.wrap(NodeMarker.bytes()))).build();
            // 403 and 409: somebody else was first.
            call(config, timeouts.base(), r -> r.code() == 403 || r.code() == 409 || requireSuccess(r));
        }
        if (!isPrepared()) {
            throw new NodeException.Unreachable("the node took the marker and does not show it");
        }
    }

    @Override
    public boolean isPrepared() throws NodeException {
        Optional<byte[]> marker = call(get(url.config()), timeouts.base(), response -> {
            if (response.code() == 404) {
                return Optional.<byte[]>empty();
            }
            requireSuccess(response);
            return Optional.of(Answers.body(response, NodeMarker.MAX_BYTES, timeouts));
        });
        if (marker.isPresent()) {
            NodeMarker.check(marker.get());
        }
        marked = marker.isPresent();
        return marked;
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        MeshNode.requireNamed(name, body);
        requireMarked();
        int length = body.remaining();
        HttpUrl object = url.object(space, name);
        // Another length is for the POST to sort out: rclone overwrites it, the others refuse.
        if (!neverOverwrites && head(object).filter(size -> size == length).isPresent()) {
            return PutResult.PRESENT;
        }
        Request post = request(object).post(new BufferBody(body)).build();
        int code = call(post, timeouts.of(length), response -> {
            Answers.requireNoPage(response);
            return isExisting(response) || requireSuccess(response) ? response.code() : 0;
        });
        return code == 403 || code == 409 ? present(object, length) : PutResult.STORED;
    }

    private boolean isExisting(Response response) throws NodeException {
        if (response.code() == 400) {
            throw new NodeException.Unreachable("the node received other bytes than were sent");
        }
        marked &= response.code() != 404;
        return response.code() == 403 || response.code() == 409;
    }

    private PutResult present(HttpUrl object, int length) throws NodeException {
        long size = head(object)
                .orElseThrow(() -> new NodeException.Refused("the node does not let us store objects"));
        if (size != length) {
            throw new NodeException.Corrupt("the node holds " + size + " bytes under a name of " + length);
        }
        return PutResult.PRESENT;
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return orNotFound(call(get(url.object(space, name)), timeouts.of(MAX_OBJECT), response -> {
            if (response.code() == 404) {
                return Optional.<byte[]>empty();
            }
            requireSuccess(response);
            return Optional.of(Answers.body(response, MAX_OBJECT, timeouts));
        }));
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        MeshNode.requireRange(offset, length);
        Request get = get(url.object(space, name)).newBuilder()
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1)).build();
        return orNotFound(call(get, timeouts.of(MAX_OBJECT), response -> {
            if (response.code() == 404) {
                return Optional.<byte[]>empty();
            }
            if (response.code() == 416) {
                throw new NodeException.Corrupt("the object is shorter than the range asked for");
            }
            requireSuccess(response);
            return Optional.of(Answers.range(response, offset, length, timeouts));
        }));
    }

    private byte[] orNotFound(Optional<byte[]> found) throws NodeException {
        if (found.isEmpty()) {
            requireReliableAbsence();
            throw new NodeException.NotFound("the node has no such object");
        }
        return found.get();
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        Optional<Long> size = head(url.object(space, name));
        if (size.isEmpty()) {
            requireReliableAbsence();
        }
        return size;
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        Request get = request(url.listing(space)).header("Accept", "application/" + LIST_TYPE).build();
        List<StoredObject> found = call(get, timeouts.of(MAX_OBJECT), response -> {
            requireSuccess(response);
            Answers.requireNoPage(response);
            MediaType type = response.body().contentType();
            if (type == null || !type.subtype().equals(LIST_TYPE)) {
                throw new NodeException.Corrupt("the node does not speak version 2 of the restic REST protocol");
            }
            return Listing.read(response.body().byteStream());
        });
        if (found.isEmpty()) {
            requireReliableAbsence();
        }
        return found;
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        Request delete = request(url.object(space, name)).delete().build();
        boolean deleted = call(delete, timeouts.base(), r -> r.code() != 404 && requireSuccess(r));
        if (!deleted) {
            requireReliableAbsence();
        }
        return deleted;
    }

    /// Only our own server tells.
    @Override
    public Optional<Usage> usage() throws NodeException {
        Request head = request(url.config()).head().build();
        return call(head, timeouts.base(), response -> {
            requireSuccess(response);
            Optional<Long> free = Answers.bytes(response, "Stratobox-Free");
            return Answers.bytes(response, "Stratobox-Used").flatMap(u -> free.map(f -> new Usage(u, f)));
        });
    }

    /// Our own server can wait; others answer at once and without a cursor (`LongPoll` of the embedded node).
    @Override
    public Optional<ChangeFeed> changeFeed() {
        return Optional.of(this::awaitChange);
    }

    private Optional<Cursor> awaitChange(Space space, Cursor after, Duration timeout) throws NodeException {
        Duration wait = timeout.compareTo(ChangeFeed.LONGEST) < 0 ? timeout : ChangeFeed.LONGEST;
        Request get = request(url.news(space, wait.toSeconds(), after)).header("Accept", "application/" + LIST_TYPE)
                .build();
        OkHttpClient patient = http.newBuilder().readTimeout(timeouts.base().plus(wait)).build();
        return call(patient, get, timeouts.of(MAX_OBJECT).plus(wait), response -> {
            requireSuccess(response);
            Answers.requireNoPage(response);
            return Answers.cursor(response);
        });
    }

    private Optional<Long> head(HttpUrl object) throws NodeException {
        return call(request(object).head().build(), timeouts.base(), response -> {
            if (response.code() == 404) {
                return Optional.<Long>empty();
            }
            requireSuccess(response);
            return Answers.objectSize(response);
        });
    }

    private void requireMarked() throws NodeException {
        requireOpen();
        if (!marked) {
            requireReliableAbsence();
        }
    }

    /// A server that does not show the marker may have lost its disk, or be another server.
    private void requireReliableAbsence() throws NodeException {
        if (!isPrepared()) {
            throw new NodeException.Unreachable("the node does not show the account's part; is its disk connected?");
        }
    }

    private static boolean requireSuccess(Response response) throws NodeException {
        if (!response.isSuccessful()) {
            throw Answers.failure(response);
        }
        return true;
    }

    private Request get(HttpUrl target) {
        return request(target).build();
    }

    private Request.Builder request(HttpUrl target) {
        // "identity": sealed bytes do not compress, and a length must mean what it says.
        Request.Builder request = new Request.Builder().url(target).header("Accept-Encoding", "identity");
        credentials.exposeAuthorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private <T> T call(Request request, Duration limit, Reader<T> reader) throws NodeException {
        return call(http, request, limit, reader);
    }

    private <T> T call(OkHttpClient client, Request request, Duration limit, Reader<T> reader) throws NodeException {
        requireOpen();
        Call call = client.newCall(request);
        call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            neverOverwrites = Answers.isOurs(response);
            return reader.read(response);
        } catch (IOException e) {
            throw Answers.failure(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the node was closed");
        }
    }

    /// Connections stay with the client.
    @Override
    public void close() {
        closed = true;
    }

    private interface Reader<T> {
        T read(Response response) throws IOException, NodeException;
    }
}
