package org.stratobox.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.installer.ProcessHarness.Ended;
import org.stratobox.installer.ProcessHarness.Running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The real program and the real engine, in processes of their own.
class ProgramTest {
    private static final String PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";

    @TempDir
    Path directory = Path.of("");

    private ProcessHarness harness = new ProcessHarness(directory);
    private Path folder = directory;

    @BeforeEach
    void makeAFolder() throws IOException {
        harness = new ProcessHarness(directory);
        folder = Files.createDirectories(directory.resolve("folder"));
        Files.createDirectories(folder.resolve("sub/empty"));
        Files.writeString(folder.resolve("sub/\u00fcber.txt"), "Dear reader\n".repeat(5_000));
        Files.setLastModifiedTime(folder.resolve("sub/\u00fcber.txt"), FileTime.fromMillis(1_000_000_123L));
    }

    @AfterEach
    void killAll() {
        harness.close();
    }

    private Ended run(int code, String... arguments) throws IOException, InterruptedException {
        Ended ended = harness.run(arguments);
        assertEquals(code, ended.code(), () -> ended.out() + ended.err());
        assertFalse(ended.err().contains("\tat "), ended.err());
        return ended;
    }

    private String node(int number) {
        return "folder:" + directory.resolve("node" + number);
    }

    private Path phraseFile() throws IOException {
        return Files.writeString(directory.resolve("phrase"), PHRASE + "\n");
    }

    private void init() throws IOException, InterruptedException {
        run(0, "init", "--folder", folder.toString(), "--node", node(1), node(2), "--phrase-file",
                phraseFile().toString());
    }

    @Test
    void whatWasSyncedComesBackFromThePhraseAlone() throws Exception {
        init();
        run(0, "sync");
        assertTrue(run(0, "sync").out().startsWith("Nothing new."));
        run(0, "status");
        run(0, "check", "--read-data");
        Path back = directory.resolve("back");
        run(0, "restore", "--home", directory.resolve("nowhere").toString(), "--to", back.toString(), "--node", node(2),
                "--phrase-file", phraseFile().toString());
        Path file = back.resolve("sub/\u00fcber.txt");
        assertEquals(-1, Files.mismatch(folder.resolve("sub/\u00fcber.txt"), file));
        assertEquals(1_000_000_123L, Files.getLastModifiedTime(file).toMillis());
        assertTrue(Files.isDirectory(back.resolve("sub/empty")));
        assertEquals(Files.readString(file), run(0, "cat", "sub/\u00fcber.txt").out());
        assertFalse(Files.exists(directory.resolve("nowhere")));
    }

    @Test
    void demoBringsACopyBackIdentical() throws Exception {
        Ended ended = run(0, "demo", folder.toString());
        assertTrue(ended.out().contains("identical: 3 entries"), ended.out());
        assertFalse(Files.exists(folder.resolve(".stratobox")), "the original was touched");
    }

    @Test
    void secretsAndFaultsHaveTheirOwnExitCodes() throws Exception {
        init();
        Path wrong = Files.writeString(directory.resolve("wrong"), "not the passphrase");
        assertEquals("", run(5, "sync", "--passphrase-file", wrong.toString()).out());
        run(6, "restore", "--to", directory.resolve("x").toString(), "--node", "rest:http://127.0.0.1:1/",
                "--phrase-file", phraseFile().toString());
        run(2, "init", "--folder", folder.toString(), "--node", node(1));
        Path bad = Files.writeString(directory.resolve("bad"), PHRASE.replace("thank", "thnak"));
        assertTrue(run(5, "restore", "--node", node(1), "--phrase-file", bad.toString()).err().contains("Word 3 "));
    }

    @Test
    void aHomeInUseIsSaidSo() throws Exception {
        init();
        Path home = directory.resolve("home");
        try (var channel = FileChannel.open(home.resolve("lock"),
                StandardOpenOption.WRITE); var lock = channel.lock()) {
            assertTrue(lock.isValid());
            run(4, "sync");
        }
        run(0, "sync");
    }

    @Test
    void serveNamesItsAddressServesAndStopsCleanlyWhenTold() throws Exception {
        Running server = harness.start(Map.of(), "serve", "--store", directory.resolve("store").toString(), "--listen",
                "127.0.0.1:0");
        String address = server.firstLine();
        assertTrue(address.startsWith("rest:http://127.0.0.1:"), address);
        run(0, "init", "--folder", folder.toString(), "--node", address, "--phrase-file", phraseFile().toString());
        run(0, "sync");
        server.terminate();
        assertEquals(0, server.await().code());
        run(6, "status");
    }

    @Test
    void passesThatAreKilledAreFinishedByTheNextOne() throws Exception {
        byte[] large = new byte[60_000_000];
        new Random(7).nextBytes(large);
        Files.write(folder.resolve("large.bin"), large);
        init();
        for (int objects : new int[]{1, 2, 3}) {
            Running sync = harness.start(Map.of(), "sync");
            // killed as soon as so many more packs have arrived, or right after the end if it was quicker
            long before = stored();
            while (stored() < before + objects && !sync.process().waitFor(5, TimeUnit.MILLISECONDS)) {
                assertTrue(before >= 0);
            }
            sync.kill();
            sync.await();
        }
        run(0, "sync");
        assertTrue(run(0, "check", "--read-data").out().contains("Nothing is missing or damaged."));
        Path back = directory.resolve("back");
        run(0, "restore", "--to", back.toString(), "--node", node(1), "--phrase-file", phraseFile().toString());
        assertEquals(-1, Files.mismatch(folder.resolve("large.bin"), back.resolve("large.bin")));
    }

    private long stored() throws IOException {
        try (var all = Files.walk(directory.resolve("node1"))) {
            return all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}")).count();
        } catch (UncheckedIOException e) {
            // a temporary file went away during the walk
            return 0;
        }
    }

    @Test
    void noWordOfThePhraseIsInAnyFileOfTheHome() throws Exception {
        init();
        run(0, "sync");
        try (var files = Files.walk(directory.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("sausage"), file.toString());
                assertFalse(text.contains(ProcessHarness.PASSPHRASE), file.toString());
            }
        }
    }
}
