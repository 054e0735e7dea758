package org.stratobox.sync.node;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.Secret;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.TestNodes;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EmbeddedNodeTest {
    private static final byte[] BODY = TestNodes.body(1, 100_000);
    private static final ObjectName NAME = ObjectName.of(BODY);
    private static final String V2 = "application/vnd.x.restic.rest.v2";

    @TempDir
    private Path temp = Path.of("");
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<EmbeddedNode> node = Optional.empty();

    @BeforeEach
    void startNode() throws IOException {
        restart(NodeConfig.loopback(temp.resolve("served")));
    }

    private void restart(NodeConfig config) throws IOException {
        node.ifPresent(EmbeddedNode::close);
        node = Optional.of(EmbeddedNode.start(config, executor));
    }

    @AfterEach
    void stopNode() {
        node.ifPresent(EmbeddedNode::close);
        http.close();
        executor.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node.orElseThrow().url() + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private int post(String path, byte[] body) throws Exception {
        return send(request(path).POST(BodyPublishers.ofByteArray(body))).statusCode();
    }

    private int create(String repository) throws Exception {
        return post(repository + "/?create=true", new byte[0]);
    }

    private long filesServed() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("served"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static String data(ObjectName name) {
        return "repo/data/" + name.hex();
    }

    @Test
    void protocolIsThatOfRestic() throws Exception {
        assertEquals(404, send(request("repo/config")).statusCode());
        assertEquals(200, create("repo"));
        assertEquals(200, create("repo"));
        assertEquals(200, post("repo/config", new byte[]{1, 2, 3}));
        assertEquals(403, post("repo/config", new byte[]{4}));
        assertArrayEquals(new byte[]{1, 2, 3}, send(request("repo/config")).body());
        assertEquals(200, post(data(NAME), BODY));
        assertEquals(403, post(data(NAME), BODY));
        HttpResponse<byte[]> head = send(request(data(NAME)).HEAD());
        assertEquals(OptionalLong.of(BODY.length), head.headers().firstValueAsLong("Content-Length"));
        assertArrayEquals(BODY, send(request(data(NAME))).body());
        assertEquals(200, send(request(data(NAME)).DELETE()).statusCode());
        assertEquals(404, send(request(data(NAME)).DELETE()).statusCode());
        assertEquals(404, send(request(data(NAME)).HEAD()).statusCode());
        assertEquals(405, send(request(data(NAME)).PUT(BodyPublishers.ofByteArray(BODY))).statusCode());
    }

    @Test
    void listsAreOfTheVersionAskedFor() throws Exception {
        create("repo");
        post(data(NAME), BODY);
        HttpResponse<byte[]> v1 = send(request("repo/data/"));
        assertEquals("[\"" + NAME.hex() + "\"]", new String(v1.body(), StandardCharsets.UTF_8));
        HttpResponse<byte[]> v2 = send(request("repo/data/").header("Accept", V2));
        assertEquals("[{\"name\":\"" + NAME.hex() + "\",\"size\":100000}]",
                new String(v2.body(), StandardCharsets.UTF_8));
        assertEquals(Optional.of(V2), v2.headers().firstValue("Content-Type"));
        assertEquals("[]", new String(send(request("repo/locks/")).body(), StandardCharsets.UTF_8));
    }

    private Future<HttpResponse<byte[]>> waitFor(String cursor) {
        return executor.submit(() -> send(request("repo/snapshots/?wait=25&after=" + cursor).header("Accept", V2)));
    }

    private String cursor() throws Exception {
        return send(request("repo/snapshots/?wait=0&after=")).headers().firstValue("Stratobox-Cursor").orElseThrow();
    }

    @Test
    void aListThatIsWaitedForIsTheListWithItsCursor() throws Exception {
        create("repo");
        HttpResponse<byte[]> plain = send(request("repo/snapshots/"));
        assertEquals(Optional.empty(), plain.headers().firstValue("Stratobox-Cursor"));
        String before = cursor();
        Future<HttpResponse<byte[]>> waiting = waitFor(before);
        assertEquals(200, post("repo/data/" + NAME.hex(), BODY));
        assertEquals(200, post("repo/snapshots/" + NAME.hex(), BODY));
        HttpResponse<byte[]> answer = waiting.get();
        assertEquals("[{\"name\":\"" + NAME.hex() + "\",\"size\":100000}]",
                new String(answer.body(), StandardCharsets.UTF_8));
        assertEquals(Optional.of(cursor()), answer.headers().firstValue("Stratobox-Cursor"));
        assertFalse(cursor().equals(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?wait=25", "?wait=25&after=XYZ", "?wait=-1&after=", "?after=&wait=25",
        "?wait=99999&after=",
        "?x=y"})
    void aListIsAnsweredAtOnceWhenTheWishToWaitIsNotOne(String query) throws Exception {
        create("repo");
        HttpResponse<byte[]> answer = send(request("repo/snapshots/" + query));
        assertEquals(200, answer.statusCode());
        assertEquals(Optional.empty(), answer.headers().firstValue("Stratobox-Cursor"));
    }

    @Test
    void closeEndsAllWaiting() throws Exception {
        create("repo");
        String now = cursor();
        List<Future<HttpResponse<byte[]>>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(waitFor(now));
        }
        // of a wait that has surely begun, the others may be refused
        assertEquals(200, post("repo/snapshots/" + NAME.hex(), BODY));
        assertEquals(200, waiting.getFirst().get().statusCode());
        Future<HttpResponse<byte[]>> last = waitFor(cursor());
        node.orElseThrow().close();
        assertTrue(ended(last));
    }

    private static boolean ended(Future<HttpResponse<byte[]>> waiting) throws InterruptedException {
        try {
            return waiting.get().statusCode() == 200;
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException;
        }
    }

    @Test
    void rangesAreThoseOfTheStandard() throws Exception {
        create("repo");
        post(data(NAME), BODY);
        HttpResponse<byte[]> part = send(request(data(NAME)).header("Range", "bytes=99990-"));
        assertEquals(206, part.statusCode());
        assertEquals(10, part.body().length);
        assertEquals(Optional.of("bytes 99990-99999/100000"), part.headers().firstValue("Content-Range"));
        assertEquals(7, send(request(data(NAME)).header("Range", "bytes=-7")).body().length);
        HttpResponse<byte[]> none = send(request(data(NAME)).header("Range", "bytes=100000-"));
        assertEquals(416, none.statusCode());
        assertEquals(Optional.of("bytes */100000"), none.headers().firstValue("Content-Range"));
    }

    @Test
    void anUploadUnderAWrongNameIsRejectedAndInvisible() throws Exception {
        create("repo");
        byte[] other = TestNodes.body(2, 100_000);
        assertEquals(400, post(data(NAME), other));
        assertEquals(404, send(request(data(NAME)).HEAD()).statusCode());
        assertEquals(0, filesServed());
    }

    @Test
    void anUploadIntoNoRepositoryIsRejected() throws Exception {
        assertEquals(404, post(data(NAME), BODY));
        assertEquals(404, post("data/" + NAME.hex(), BODY));
        assertEquals(0, filesServed());
    }

    @Test
    void anUploadWithoutALengthIsTaken() throws Exception {
        create("repo");
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY));
        assertEquals(200, send(request(data(NAME)).POST(chunked)).statusCode());
        assertArrayEquals(BODY, send(request(data(NAME))).body());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadThatBreaksOffIsNeverVisible(boolean chunked) throws Exception {
        create("repo");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.orElseThrow().address().getPort())) {
            OutputStream out = socket.getOutputStream();
            String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 100000";
            out.write(("POST /" + data(NAME) + " HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(chunked ? "186a0\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
            out.write(BODY, 0, 50_000);
            out.flush();
            assertEquals(404, send(request(data(NAME)).HEAD()).statusCode());
        }
        node.orElseThrow().close();
        executor.close();
        assertEquals(0, filesServed());
    }

    @Test
    void aClientThatWaitsForPermissionGetsIt() throws Exception {
        create("repo");
        var request = request(data(NAME)).expectContinue(true).POST(BodyPublishers.ofByteArray(BODY));
        assertEquals(200, send(request).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"repo/../secret", "repo/%2e%2e/secret", "..%2fsecret", "repo/data/..",
        "repo/data/../config",
        "repo/.hidden/config", "a/b/c/d/e/config", "repo/data/ABC", "tmp/config", "repo/tmp/config", "%00/config",
        "repo/data/aa/" + "aa00000000000000000000000000000000000000000000000000000000000000", "c:/config", ""})
    void aPathThatLeadsElsewhereIsNotFound(String path) throws Exception {
        create("repo");
        Files.writeString(temp.resolve("secret"), "x");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.orElseThrow().address().getPort())) {
            socket.getOutputStream().write(("GET /" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String status = String.valueOf(in.readLine());
            assertTrue(status.contains(" 404 ") || status.contains(" 400 "), status);
        }
    }

    @Test
    void anAppendOnlyNodeRemovesLocksOnly() throws Exception {
        NodeConfig config = NodeConfig.loopback(temp.resolve("served"));
        restart(config.withWrites(NodeConfig.Writes.APPEND_ONLY));
        create("repo");
        post(data(NAME), BODY);
        post("repo/locks/" + NAME.hex(), BODY);
        post("repo/config", BODY);
        assertEquals(403, send(request(data(NAME)).DELETE()).statusCode());
        assertEquals(403, send(request("repo/config").DELETE()).statusCode());
        assertEquals(200, send(request("repo/locks/" + NAME.hex()).DELETE()).statusCode());
        assertArrayEquals(BODY, send(request(data(NAME))).body());
    }

    @Test
    void quotaCountsWhatIsThereAndWhatComesAndGoes() throws Exception {
        create("repo");
        post(data(NAME), BODY);
        restart(NodeConfig.loopback(temp.resolve("served")).withLimits(NodeConfig.Limits.ofQuota(150_000)));
        byte[] second = TestNodes.body(2, 60_000);
        String path = data(ObjectName.of(second));
        assertEquals(507, post(path, second));
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(second));
        assertEquals(507, send(request(path).POST(chunked)).statusCode());
        assertEquals(400, post(path, TestNodes.body(3, 40_000)));
        assertEquals(200, send(request(data(NAME)).DELETE()).statusCode());
        assertEquals(200, post(path, second));
        assertEquals(1, filesServed());
        post("repo/config", new byte[]{1});
        var room = send(request("repo/config").HEAD()).headers();
        assertEquals(OptionalLong.of(60_001), room.firstValueAsLong("Stratobox-Used"));
        assertEquals(OptionalLong.of(89_999), room.firstValueAsLong("Stratobox-Free"));
    }

    @Test
    void anObjectBeyondTheLimitIsRejected() throws Exception {
        var limits = new NodeConfig.Limits(OptionalLong.empty(), 99_999);
        restart(NodeConfig.loopback(temp.resolve("served")).withLimits(limits));
        create("repo");
        assertEquals(413, post(data(NAME), BODY));
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY));
        assertEquals(413, send(request(data(NAME)).POST(chunked)).statusCode());
        assertEquals(0, filesServed());
    }

    @Test
    void nothingIsToldToStrangers() throws Exception {
        restart(NodeConfig.loopback(temp.resolve("served"))
                .withAccess(NodeCredentials.parse(Optional.of("Aladdin:open sesame"))));
        HttpResponse<byte[]> answer = send(request("repo/config"));
        assertEquals(401, answer.statusCode());
        assertTrue(answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"));
        assertEquals(401, create("repo"));
        // RFC 7617 section 2
        String good = "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
        assertEquals(404, send(request("repo/config").header("Authorization", good)).statusCode());
        assertEquals(401, send(request("repo/config").header("Authorization", good + "=")).statusCode());
        assertEquals(401, send(request("repo/config").header("Authorization", "")).statusCode());
        assertEquals(0, filesServed());
    }

    @Test
    void aFolderThatVanishesIsNotTakenForAnEmptyOne() throws Exception {
        create("repo");
        Files.move(temp.resolve("served"), temp.resolve("elsewhere"));
        assertEquals(503, send(request("repo/config")).statusCode());
        assertEquals(503, send(request(data(NAME)).HEAD()).statusCode());
        assertEquals(503, create("repo"));
        Files.move(temp.resolve("elsewhere"), temp.resolve("served"));
    }

    @Test
    void startFailsWithASentenceWhenItCannotServe() throws Exception {
        NodeConfig config = NodeConfig.loopback(temp.resolve("served"));
        int port = node.orElseThrow().address().getPort();
        NodeConfig taken = config.withListen(new NodeConfig.Listen("127.0.0.1", port, Optional.empty()));
        assertSentence("Port " + port, taken);
        assertSentence("folder", NodeConfig.loopback(temp.resolve("no/such/folder")));
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertSentence("folder", NodeConfig.loopback(file));
        var tls = new NodeConfig.Tls(file, Secret.copyOf(new byte[]{'x'}));
        assertSentence("certificate",
                config.withListen(new NodeConfig.Listen("127.0.0.1", 0, Optional.of(tls))));
    }

    private void assertSentence(String part, NodeConfig config) {
        IOException e = assertThrows(IOException.class, () -> EmbeddedNode.start(config, executor).close());
        assertTrue(String.valueOf(e.getMessage()).contains(part), () -> String.valueOf(e.getMessage()));
    }

    @Test
    void closeEndsTheServerAndItsThreads() throws Exception {
        create("repo");
        EmbeddedNode running = node.orElseThrow();
        running.close();
        running.close();
        assertThrows(IOException.class, () -> create("repo"));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.isAlive() && t.getName().contains("HTTP-Dispatcher")));
    }
}
