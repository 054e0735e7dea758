package org.stratobox.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A device that runs, and other commands meanwhile.
class RunCommandTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);
    private FakeProcess runner = process;
    private Optional<Thread> thread = Optional.empty();
    private CompletableFuture<Integer> ended = new CompletableFuture<>();

    @BeforeEach
    void setUp() {
        process = new FakeProcess(directory);
        process.initialise("folder:/mnt/a");
        runner = process.another();
        ended = new CompletableFuture<>();
    }

    @AfterEach
    void stop() throws Exception {
        if (thread.isPresent()) {
            stopped();
        }
    }

    private void running(String... arguments) throws InterruptedException {
        var listening = new CountDownLatch(1);
        runner.workers = task -> {
            listening.countDown();
            Thread.ofVirtual().start(task);
        };
        thread = Optional.of(Thread.ofPlatform().start(() -> ended.complete(runner.run(arguments))));
        assertTrue(listening.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private int stopped() throws Exception {
        thread.orElseThrow().interrupt();
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void otherCommandsReachTheRunningOneWithoutAPassphrase() throws Exception {
        running("run");
        process.environment.remove("STRATOBOX_PASSPHRASE");
        assertEquals(0, process.run("sync"), () -> process.err);
        assertTrue(process.out.startsWith("Uploaded 2 files"), process.out);
        assertEquals(0, process.run("status", "--json"), () -> process.out + process.err);
        assertTrue(process.json().get("running").asBoolean());
        assertEquals("up_to_date", process.json().get("activity").asString());
        assertEquals(0, process.run("status"));
        assertTrue(process.out.contains("Running: Up to date and safe. Last looked at everything 2 min ago."),
                process.out);
        assertEquals(0, process.run("cat", "letter.txt"));
        assertEquals("Dear reader", process.out);
        assertEquals(0, process.run("undo", "12"));
        assertTrue(process.fakeHome().asked.contains("undo 12"));
        assertEquals(0, process.run("pause"));
        assertEquals(0, process.run("status"));
        assertTrue(process.out.contains("Running: Paused until you go on."), process.out);
        assertEquals(0, process.run("resume"));
        assertTrue(process.fakeHome().asked.contains("wake"));
        assertEquals(0, stopped());
        assertFalse(process.fakeHome().isRunning);
        assertFalse(Files.exists(process.home().resolve("control")));
    }

    @Test
    void runningTwiceEndsWithFour() throws Exception {
        running("run");
        assertEquals(4, process.run("run"));
        assertTrue(process.err.contains("running already"), process.err);
        assertEquals(0, stopped());
    }

    @Test
    void runIsQuietWhereNobodyWatchesAndTellsAPersonEachThingOnce() throws Exception {
        running("run");
        assertEquals(0, stopped());
        assertEquals("", runner.out + runner.err);

        runner = process.another();
        runner.terminal = true;
        ended = new CompletableFuture<>();
        running("run");
        assertEquals(0, stopped());
        assertEquals("", runner.out);
        assertEquals(List.of("12:00:00  Note: too many directories to watch; they are looked at every hour",
                "12:00:00  3 files sent, 2 changes brought here, 0.4 s", "12:00:00  Up to date and safe.",
                "Stopped. It goes on from here next time."), runner.err.lines().toList());
    }

    @Test
    void runGivesAnObjectForEachEventToPrograms() throws Exception {
        running("run", "--json");
        assertEquals(0, stopped());
        List<String> lines = runner.out.lines().toList();
        assertEquals(3, lines.size(), runner.out);
        assertTrue(lines.get(1).contains("\"event\":\"pass\",\"filesIn\":3"), runner.out);
        assertTrue(lines.get(2).contains("\"activity\":\"up_to_date\""), runner.out);
    }

    @Test
    void runWaitsForACommandThatHoldsTheHome() throws Exception {
        process.fakeHome().busyOpens = 2;
        running("run");
        assertTrue(process.fakeHome().isRunning);
        assertEquals(0, stopped());
    }

    @Test
    void runWorksWithoutASocketAndSaysSo() throws Exception {
        // a file where the directory for sockets would be, and a home whose path is too long for one
        Path far = Files.createDirectories(directory.resolve("d".repeat(120)));
        runner = new FakeProcess(far);
        runner.initialise("folder:/mnt/a");
        Files.writeString(far.resolve("stratobox-" + Integer.toHexString(far.hashCode())), "");
        thread = Optional.of(Thread.ofPlatform().start(() -> ended.complete(runner.run("run"))));
        assertEquals(0, stopped());
        assertTrue(runner.err.contains("cannot talk to this one"), runner.err);
    }
}
