package org.stratobox.app.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratobox.app.control.ControlClient.Remote;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.event.Progress.Phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ControlTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path directory = Path.of("");

    private final Recorder recorder = new Recorder();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path home = directory;

    @BeforeEach
    void makeAHome() throws IOException {
        home = privateDirectory("home");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private Path privateDirectory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private ControlServer serve() throws IOException {
        Served served = new Served(recorder.face(Account.class), recorder.face(Running.class),
                fault -> "fault " + fault.getClass().getSimpleName());
        ControlServer server = ControlServer.open(home, directory.resolve("runtime"), served,
                task -> Thread.ofVirtual().start(task));
        open.add(server);
        return server;
    }

    private Remote connect() throws StratoboxException {
        Remote remote = ControlClient.connect(home).orElseThrow();
        open.add(remote.account());
        return remote;
    }

    static Stream<Method> everything() {
        return Face.all().stream().flatMap(face -> Arrays.stream(face.getDeclaredMethods()))
                .filter(m -> !m.isSynthetic() && m.getReturnType() != Running.class);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyMethodArrivesWithItsArgumentsAndReturnsItsResult(Method method) throws Throwable {
        serve();
        Remote remote = connect();
        Object target = targets(remote).filter(method.getDeclaringClass()::isInstance).findFirst().orElseThrow();
        recorder.calls.clear();
        Object[] arguments = Arrays.stream(method.getGenericParameterTypes()).map(ControlTest::argument).toArray();
        List<String> values = Arrays.stream(arguments).filter(a -> !Recorder.isCallback(a)).map(Recorder::shown)
                .toList();
        Object result = Recorder.call(target, method, arguments);
        if (!method.getName().equals("close")) {
            assertEquals(List.of(method.getName() + values), List.copyOf(recorder.calls));
        }
        if (Face.isFace(method.getReturnType())) {
            assertTrue(method.getReturnType().isInstance(result));
        } else if (method.getReturnType() != void.class) {
            assertEquals(Samples.of(method.getGenericReturnType()), result);
        }
    }

    private static Stream<Object> targets(Remote remote) throws StratoboxException {
        Account account = remote.account();
        return Stream.of(account, remote.running(), account.brakes(), account.selection(), account.history(),
                account.history().past(), account.ignores(), account.devices(), account.restorable());
    }

    private static Object argument(java.lang.reflect.Type type) {
        if (type == OutputStream.class) {
            return OutputStream.nullOutputStream();
        }
        if (type.getTypeName().startsWith(Consumer.class.getName())) {
            Consumer<Object> any = _ -> {};
            return any;
        }
        return Samples.of(type);
    }

    @Test
    void namesInTheTableAreClear() {
        for (Class<?> face : Face.all()) {
            List<String> names = Arrays.stream(face.getDeclaredMethods()).filter(m -> !m.isSynthetic())
                    .map(Method::getName).toList();
            assertEquals(names.stream().distinct().count(), names.size(), face + " has two methods of one name");
        }
    }

    @Test
    void bytesAndEntriesArriveInOrderAndComplete() throws Exception {
        byte[] bytes = new byte[1_234_567];
        new Random(3).nextBytes(bytes);
        recorder.when("cat", arguments -> {
            ((OutputStream) arguments[arguments.length - 1]).write(bytes);
            return null;
        });
        recorder.when("deleted", arguments -> {
            @SuppressWarnings("unchecked")
            var to = (Consumer<Past.Deleted>) arguments[1];
            for (int i = 0; i < 5_000; i++) {
                to.accept(new Past.Deleted("p" + i, i, "phone"));
            }
            return null;
        });
        serve();
        Past past = connect().account().history().past();
        var out = new ByteArrayOutputStream();
        past.cat(Past.Place.now("main", "x"), out);
        assertArrayEquals(bytes, out.toByteArray());
        List<Past.Deleted> all = new ArrayList<>();
        past.deleted(Past.Place.now("main", ""), all::add);
        assertEquals(5_000, all.size());
        assertEquals("p4999", all.getLast().path());
    }

    @Test
    void progressIsToldAndFailuresKeepReasonAndSentence() throws Exception {
        recorder.when("sync", arguments -> {
            @SuppressWarnings("unchecked")
            var progress = (Consumer<Progress>) arguments[0];
            progress.accept(new Progress(Phase.UPLOADING, 1, 2, 3, 4, 5));
            throw new StratoboxException(Reason.BRAKE, "This waits for you.");
        });
        recorder.when("folders", _ -> {
            throw new IllegalStateException("/home/alice/diary.txt");
        });
        serve();
        Account account = connect().account();
        List<Progress> told = new ArrayList<>();
        StratoboxException failure = assertThrows(StratoboxException.class, () -> account.sync(told::add));
        assertEquals(Reason.BRAKE, failure.reason());
        assertEquals("This waits for you.", failure.getMessage());
        assertEquals(List.of(new Progress(Phase.UPLOADING, 1, 2, 3, 4, 5)), told);

        RuntimeException fault = assertThrows(RuntimeException.class, account::folders);
        assertTrue(String.valueOf(fault.getCause()).endsWith("fault IllegalStateException"));
        assertEquals(23, account.settings().brakeFiles(), "the connection goes on");
    }

    @Test
    void whoGoesAwayInterruptsHisCallsAndClosesWhatHeOpened() throws Exception {
        var began = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        var closed = new CompletableFuture<Boolean>();
        recorder.when("close", _ -> closed.complete(true));
        recorder.when("plan", _ -> {
            began.countDown();
            try {
                return new CompletableFuture<>().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw new StratoboxException(Reason.CANCELLED, "Stopped.", e);
            }
        });
        serve();
        Remote remote = connect();
        remote.account().restorable();
        var asking = new CompletableFuture<StratoboxException>();
        Thread client = Thread.ofVirtual().start(() -> {
            try {
                remote.account().plan();
            } catch (StratoboxException e) {
                asking.complete(e);
            }
        });
        assertTrue(began.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        client.interrupt();
        assertEquals(Reason.CANCELLED, await(asking).reason());
        assertTrue(await(interrupted));
        assertTrue(await(closed), "what was opened for him");
        assertEquals(23, connect().account().settings().brakeFiles(), "others are served");
    }

    private static <T> T await(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void closingTheClientClosesNothingElseAndRunningTwiceIsRefused() throws Exception {
        serve();
        Remote remote = connect();
        remote.running().close();
        assertEquals(Reason.HOME_IN_USE,
                assertThrows(StratoboxException.class, () -> remote.account().run(_ -> {})).reason());
        remote.account().close();
        assertEquals(List.of(), List.copyOf(recorder.calls));
        StratoboxException gone = assertThrows(StratoboxException.class, () -> remote.account().plan());
        assertEquals(Reason.FAILED, gone.reason());
    }

    @Test
    void aServerThatClosesEndsCallsAndLeavesNoSocket() throws Exception {
        var began = new CountDownLatch(1);
        recorder.when("plan", _ -> {
            began.countDown();
            return new CompletableFuture<>().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
        ControlServer server = serve();
        Remote remote = connect();
        var failure = new CompletableFuture<StratoboxException>();
        Thread.ofVirtual().start(() -> {
            try {
                remote.account().plan();
            } catch (StratoboxException e) {
                failure.complete(e);
            }
        });
        assertTrue(began.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        server.close();
        assertEquals(Reason.FAILED, await(failure).reason());
        assertTrue(ControlClient.connect(home).isEmpty());
        try (Stream<Path> left = Files.list(home)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aSocketLeftByAKilledProcessIsNobodyAndIsReplaced() throws Exception {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(home.resolve("control")));
        }
        assertTrue(Files.exists(home.resolve("control")), "closing a socket does not remove its file");
        assertTrue(ControlClient.connect(home).isEmpty());
        serve();
        assertEquals(23, connect().account().settings().brakeFiles());
    }

    @Test
    void aHomeWithALongPathOrOpenToOthersIsServedThroughALink() throws Exception {
        Path far = privateDirectory("x".repeat(120));
        for (Path place : List.of(far, Files.createDirectory(directory.resolve("shared"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))))) {
            home = place;
            // the second round replaces what the first left as a killed process would
            for (int round = 0; round < 2; round++) {
                ControlServer server = serve();
                assertTrue(Files.isSymbolicLink(home.resolve("control")));
                assertEquals(23, connect().account().settings().brakeFiles());
                if (round == 1) {
                    server.close();
                    assertFalse(Files.isSymbolicLink(home.resolve("control")));
                }
            }
        }
        assertEquals("rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("runtime"))));
    }

    @Test
    void aRuntimeDirectoryThatOthersMayEnterIsNotUsed() throws Exception {
        home = privateDirectory("y".repeat(120));
        Files.createDirectory(directory.resolve("runtime"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxr-x")));
        assertThrows(IOException.class, this::serve);
    }

    @Test
    void whoIsOfAnotherVersionIsToldSo() throws Exception {
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(home.resolve("control")));
            Thread.ofVirtual().start(() -> {
                try (SocketChannel client = other.accept()) {
                    client.write(ByteBuffer.wrap("{\"stratobox\":2}\n".getBytes(StandardCharsets.UTF_8)));
                    client.read(ByteBuffer.allocate(1));
                } catch (IOException _) {
                    // the test is over
                }
            });
            StratoboxException failure = assertThrows(StratoboxException.class, () -> ControlClient.connect(home));
            assertEquals(Reason.HOME_IN_USE, failure.reason());
            assertTrue(failure.toString().contains("another version"));
        }
    }

    @Test
    void unknownMethodsAndRubbishAreRefusedAndEndNothingElse() throws Exception {
        serve();
        for (String line : List.of("{\"version\":1,\"id\":1,\"object\":0,\"method\":\"getClass\",\"arguments\":[]}",
                "{\"version\":1,\"id\":1,\"object\":0,\"method\":\"close\",\"arguments\":[]}",
                "{\"version\":1,\"id\":1,\"object\":77,\"method\":\"plan\",\"arguments\":[]}",
                "{\"version\":9,\"id\":1,\"object\":0,\"method\":\"plan\",\"arguments\":[]}",
                "{\"version\":1,\"id\":1,\"object\":0,\"method\":\"plan\",\"arguments\":[1]}")) {
            assertTrue(ask(line).orElseThrow().contains("\"is\":\"Failed\""), line);
        }
        assertEquals(Optional.empty(), ask("no JSON"));
        assertEquals(23, connect().account().settings().brakeFiles());
        assertFalse(recorder.calls.contains("plan[]"));
    }

    private Optional<String> ask(String line) throws IOException {
        try (Lines raw = new Lines(SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("control"))))) {
            raw.read();
            raw.write(line.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new String(raw.read(), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
