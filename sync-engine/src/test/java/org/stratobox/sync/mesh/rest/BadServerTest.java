package org.stratobox.sync.mesh.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.MeshNode.PutResult;
import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.RetryPolicy;
import org.stratobox.sync.mesh.RetryingNode;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.TestNodes;
import org.stratobox.sync.model.ObjectName;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// Servers that are broken, lie, or are something else altogether. The marker is answered well unless a test says
/// otherwise; everything else is up to the test.
class BadServerTest {
    private static final byte[] BODY = TestNodes.body(1, 10_000);
    private static final ObjectName NAME = ObjectName.of(BODY);
    private static final String LIST_TYPE = "application/vnd.x.restic.rest.v2";

    private final MockWebServer server = new MockWebServer();
    private final RestClient client = RestClient.create(new Timeouts(Duration.ofMillis(400), 1 << 20));
    private Function<RecordedRequest, MockResponse> objects = request -> status(500);
    private MockResponse config = withBody(NodeMarker.bytes());

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getUrl().encodedPath().endsWith("/config") ? config : objects.apply(request);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private MeshNode node() {
        return RestNode.open(TestNodes.spec(), server.url("/").toString(), TestNodes.ACCOUNT,
                new NodeCredentials.None(), client);
    }

    @Test
    void theFeedSaysThatAServerWithoutACursorCannotTellNews() throws Exception {
        ChangeFeed feed = node().changeFeed().orElseThrow();
        MockResponse list = withBody("[]".getBytes(StandardCharsets.US_ASCII)).newBuilder()
                .setHeader("Content-Type", LIST_TYPE).build();
        AtomicReference<MockResponse> answer = new AtomicReference<>(list);
        objects = request -> answer.get();
        assertEquals(Optional.empty(), feed.awaitChange(Space.HEAD, Cursor.START, ChangeFeed.LONGEST));
        for (String odd : List.of("", "no cursor", "a".repeat(65), "ABC")) {
            answer.set(list.newBuilder().setHeader("Stratobox-Cursor", odd).build());
            assertEquals(Optional.empty(), feed.awaitChange(Space.HEAD, Cursor.START, ChangeFeed.LONGEST));
        }
        answer.set(list.newBuilder().setHeader("Stratobox-Cursor", "00ff").build());
        assertEquals(Optional.of(new Cursor("00ff")),
                feed.awaitChange(Space.HEAD, new Cursor("ab"), Duration.ofSeconds(7)));
        for (int status : new int[]{404, 500, 503}) {
            answer.set(status(status));
            assertThrows(NodeException.Unreachable.class,
                    () -> feed.awaitChange(Space.HEAD, Cursor.START, ChangeFeed.LONGEST));
        }
        String query = Optional.ofNullable(server.takeRequest().getUrl().encodedQuery()).orElse("");
        assertEquals("wait=25&after=", query);
    }

    private static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    private static MockResponse withBody(byte[] body) {
        return new MockResponse.Builder().body(new Buffer().write(body)).build();
    }

    private static MockResponse list(String json) {
        return new MockResponse.Builder().addHeader("Content-Type", LIST_TYPE).body(json).build();
    }

    @Test
    void aWebPageIsCorruptWhereverItComes() {
        MockResponse head = new MockResponse.Builder().addHeader("Content-Type", "text/html; charset=utf-8").build();
        MockResponse page = head.newBuilder().body("<html>Please log in</html>").build();
        objects = request -> request.getMethod().equals("HEAD") ? head : page;
        MeshNode node = node();
        assertThrows(NodeException.Corrupt.class, () -> node.get(Space.DATA, NAME));
        assertThrows(NodeException.Corrupt.class, () -> node.getRange(Space.DATA, NAME, 0, 5));
        assertThrows(NodeException.Corrupt.class, () -> node.list(Space.DATA));
        assertThrows(NodeException.Corrupt.class, () -> node.size(Space.DATA, NAME));
        assertThrows(NodeException.Corrupt.class, () -> node.put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        config = page;
        assertThrows(NodeException.Corrupt.class, node::isPrepared);
        assertThrows(NodeException.Corrupt.class, node::prepare);
    }

    @Test
    void aRedirectIsRefusedAndNotFollowed() {
        objects = request -> new MockResponse.Builder().code(302).addHeader("Location", "/login").build();
        assertThrows(NodeException.Refused.class, () -> node().get(Space.DATA, NAME));
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void aBodyThatEndsEarlyIsUnreachable() {
        objects = request -> new MockResponse.Builder().body(new Buffer().write(BODY))
                .onResponseBody(new SocketEffect.CloseSocket()).build();
        assertThrows(NodeException.Unreachable.class, () -> node().get(Space.DATA, NAME));
    }

    @Test
    void aLengthBeyondAllObjectsIsCorruptBeforeMemoryIsTaken() {
        objects = request -> new MockResponse.Builder().body("x")
                .setHeader("Content-Length", Long.toString(1L << 40)).build();
        assertThrows(NodeException.Corrupt.class, () -> node().get(Space.DATA, NAME));
    }

    @Test
    void anEndlessMarkerIsCorrupt() {
        config = new MockResponse.Builder().chunkedBody(new Buffer().write(BODY), 1000).build();
        assertThrows(NodeException.Corrupt.class, () -> node().isPrepared());
    }

    @Test
    void aRangeOtherThanTheOneAskedForIsCorrupt() {
        objects = request -> withBody(new byte[10]).newBuilder().code(206)
                .addHeader("Content-Range", "bytes 0-9/10000").build();
        assertThrows(NodeException.Corrupt.class, () -> node().getRange(Space.DATA, NAME, 10, 10));
        objects = request -> withBody(BODY).newBuilder().code(206).build();
        assertThrows(NodeException.Corrupt.class, () -> node().getRange(Space.DATA, NAME, 0, 9999));
        assertThrows(NodeException.Corrupt.class, () -> node().getRange(Space.DATA, NAME, 0, 10_001));
    }

    @Test
    void theWholeObjectInsteadOfARangeIsCutToIt() throws Exception {
        objects = request -> withBody(BODY);
        byte[] expected = Arrays.copyOfRange(BODY, 500, 600);
        assertArrayEquals(expected, node().getRange(Space.DATA, NAME, 500, 100));
        assertThrows(NodeException.Corrupt.class, () -> node().getRange(Space.DATA, NAME, 9_999, 2));
    }

    @Test
    void aServerThatIsBusySaysForHowLong() {
        objects = request -> new MockResponse.Builder().code(429).addHeader("Retry-After", "17").build();
        var e = assertThrows(NodeException.Throttled.class, () -> node().get(Space.DATA, NAME));
        assertEquals(Optional.of(Duration.ofSeconds(17)), e.retryAfter());
        objects = request -> new MockResponse.Builder().code(503)
                .addHeader("Date", "Fri, 20 Nov 2026 14:00:00 GMT")
                .addHeader("Retry-After", "Fri, 20 Nov 2026 14:01:30 GMT").build();
        e = assertThrows(NodeException.Throttled.class, () -> node().get(Space.DATA, NAME));
        assertEquals(Optional.of(Duration.ofSeconds(90)), e.retryAfter());
        objects = request -> new MockResponse.Builder().code(429).addHeader("Retry-After", "soon").build();
        e = assertThrows(NodeException.Throttled.class, () -> node().get(Space.DATA, NAME));
        assertEquals(Optional.empty(), e.retryAfter());
    }

    @Test
    void aStormOfRejectionsEndsInSuccessWhenTheNodeRecovers() throws Exception {
        AtomicInteger left = new AtomicInteger(4);
        objects = request -> left.getAndDecrement() > 0 ? status(left.get() % 2 == 0 ? 429 : 503) : withBody(BODY);
        MeshNode patient = new RetryingNode(node(), RetryPolicy.DEFAULT, () -> 0.5, time -> {});
        assertArrayEquals(BODY, patient.get(Space.DATA, NAME));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    void aFailingServerIsUnreachable(int code) {
        objects = request -> status(code);
        assertThrows(NodeException.Unreachable.class, () -> node().get(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node().list(Space.DATA));
        assertThrows(NodeException.Unreachable.class, () -> node().delete(Space.DATA, NAME));
    }

    @Test
    void aServerWithoutRoomIsFull() {
        objects = request -> status(request.getMethod().equals("POST") ? 507 : 404);
        assertThrows(NodeException.Full.class, () -> node().put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsUnreachable() {
        objects = request -> new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
        assertThrows(NodeException.Unreachable.class, () -> node().get(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node().put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
    }

    @Test
    void aConnectionThatBreaksBeforeTheAnswerIsUnreachable() {
        objects = request -> request.getMethod().equals("POST")
                ? new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()
                : status(404);
        assertThrows(NodeException.Unreachable.class, () -> node().put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        MeshNode node = node();
        server.close();
        assertThrows(NodeException.Unreachable.class, node::isPrepared);
    }

    @Test
    void absenceIsNotBelievedWhenTheMarkerIsAbsentToo() {
        config = status(404);
        objects = request -> status(404);
        assertThrows(NodeException.Unreachable.class, () -> node().get(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node().size(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node().delete(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node().list(Space.DATA));
    }

    @Test
    void anEmptyListIsNotBelievedWhenTheMarkerIsAbsent() {
        config = status(404);
        objects = request -> list("[]");
        assertThrows(NodeException.Unreachable.class, () -> node().list(Space.DATA));
    }

    @Test
    void aListKeepsOnlyWhatCanBeAnObject() throws Exception {
        objects = request -> list("""
                [{"name":"../../etc/passwd","size":5}, {"size":7,"name":"%s","extra":{"a":[1]}},
                 {"name":"ABCDEF","size":-1}, {}, {"name":7}]""".formatted(NAME.hex()));
        assertEquals(List.of(new StoredObject(NAME, 7)), node().list(Space.DATA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[", "[1]", "[\"abc\"]", "[{\"name\":", "[] []", "[[[[[[[[[[]]]]]]]]]]",
        "[{\"name\":\"0000000000000000000000000000000000000000000000000000000000000000\"}]"})
    void aListThatIsNotOneIsCorrupt(String json) {
        objects = request -> list(json);
        assertThrows(NodeException.Corrupt.class, () -> node().list(Space.DATA));
    }

    @Test
    void aListThatIsCutOffIsUnreachable() {
        objects = request -> list("[" + "{\"name\":\"x\",\"size\":1},".repeat(1000) + "{}]").newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket()).build();
        assertThrows(NodeException.Unreachable.class, () -> node().list(Space.DATA));
    }

    @Test
    void aRejectedPutCountsAsPresentOnlyWithTheRightLength() throws Exception {
        AtomicInteger heads = new AtomicInteger();
        // The first look finds nothing; another writer then is faster.
        Function<Integer, Function<RecordedRequest, MockResponse>> racing = length -> request -> {
            if (request.getMethod().equals("POST")) {
                return status(403);
            }
            return heads.getAndIncrement() == 0
                    ? status(404)
                    : new MockResponse.Builder().setHeader("Content-Length", length.toString()).build();
        };
        objects = racing.apply(BODY.length);
        assertEquals(PutResult.PRESENT, node().put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        heads.set(0);
        objects = racing.apply(BODY.length - 1);
        assertThrows(NodeException.Corrupt.class, () -> node().put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        objects = request -> status(request.getMethod().equals("POST") ? 403 : 404);
        assertThrows(NodeException.Refused.class, () -> node().put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
    }

    @Test
    void aRepositoryOfAnotherProgramOrAnUnknownVersionIsForeign() {
        config = new MockResponse.Builder().body("{\"data\":\"restic\"}").build();
        assertThrows(NodeException.Foreign.class, () -> node().isPrepared());
        config = new MockResponse.Builder().body("stratobox-node 2\n").build();
        assertThrows(NodeException.Foreign.class, () -> node().isPrepared());
    }

    @Test
    void noCredentialIsSentWhenThereIsNone() throws Exception {
        objects = request -> withBody(BODY);
        node().get(Space.DATA, NAME);
        assertFalse(server.takeRequest().getHeaders().names().contains("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/", "host:8000", "", "http://", "http://user:secret@host/", "http://host/?a=b",
        "http://host/#sha256=0000", "https://host/#sha256=xyz", "https://host/#md5"})
    void anAddressThatCannotWorkIsRejectedWithASentence(String url) {
        assertThrows(IllegalArgumentException.class, () -> RestNode.open(TestNodes.spec(), url, TestNodes.ACCOUNT,
                new NodeCredentials.None(), client));
    }
}
