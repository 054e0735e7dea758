package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a node, a thief of the index file and a reader of the log get to see.
class NodeViewTest {
    private static final String MARK = "Qw7xMarked";
    private static final List<String> ALONE = List.of("keys", "snapshots", "index");

    @TempDir
    Path base;

    private Workbench synced() throws Exception {
        Workbench bench = new Workbench(base, 3);
        bench.fill(9, 20);
        Path inside = Files.createDirectories(bench.folder.resolve(MARK + "Directory"));
        Files.writeString(inside.resolve(MARK + "Inline.txt"), MARK + "InlineContent");
        Files.writeString(inside.resolve(MARK + "Chunk.txt"), (MARK + "ChunkContent\n").repeat(2000));
        Files.writeString(inside.resolve(MARK + "Manifest.txt"), (MARK + "ManifestContent\n").repeat(100_000));
        Files.createSymbolicLink(inside.resolve(MARK + "Link"), Path.of(MARK + "Target"));
        try (Account account = bench.engine.init(new InitRequest(bench.home(), Workbench.phrase(),
                Workbench.passphrase(), MARK + "Laptop", bench.sources(),
                Optional.of(new FolderSource(bench.folder, MARK + "Folder"))))) {
            assertEquals(List.of(), account.sync(p -> {}).left());
        }
        return bench;
    }

    private static boolean holdsMark(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void noNameAndNoContentIsOnANode() throws Exception {
        Workbench bench = synced();
        assertTrue(Workbench.files(bench.folder).stream().anyMatch(NodeViewTest::holdsMark), "the search finds marks");
        for (Path node : bench.nodes) {
            List<Path> files = Workbench.files(node);
            assertFalse(files.isEmpty());
            assertEquals(List.of(), files.stream().filter(NodeViewTest::holdsMark).toList());
            try (Stream<Path> all = Files.walk(node)) {
                assertEquals(List.of(), all.filter(p -> p.toString().contains(MARK)).toList());
            }
        }
    }

    @Test
    void noNameAndNoContentIsInIndexAndKeystore() throws Exception {
        Workbench bench = synced();
        List<Path> secret = Workbench.files(bench.home()).stream()
                .filter(p -> !p.getFileName().toString().equals("folders.json")).toList();
        assertTrue(secret.contains(bench.home().resolve("index.db")));
        assertTrue(secret.contains(bench.home().resolve("keystore")));
        assertEquals(List.of(), secret.stream().filter(NodeViewTest::holdsMark).toList());
    }

    private static List<Path> objects(Path node, List<String> spaces) throws IOException {
        List<Path> objects = new ArrayList<>();
        for (Path file : Workbench.files(node)) {
            // <account tag>/<space>/...
            Path relative = node.relativize(file);
            if (relative.getNameCount() > 2 && spaces.contains(relative.getName(1).toString())) {
                objects.add(file);
            }
        }
        return objects;
    }

    @Test
    void objectsAreNamedByTheHashOfTheirBytes() throws Exception {
        Workbench bench = synced();
        for (Path node : bench.nodes) {
            List<Path> objects = objects(node, List.of("keys", "snapshots", "index", "data"));
            assertTrue(objects.size() >= 5, () -> "only " + objects);
            for (Path object : objects) {
                assertEquals(HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(object)).bytes()),
                        object.getFileName().toString());
            }
        }
    }

    /// Padmé: a number whose bits below the first log2(log2 n) + 1 are zero.
    private static boolean isPadded(long size) {
        int e = 63 - Long.numberOfLeadingZeros(size);
        int s = 64 - Long.numberOfLeadingZeros(e);
        return size >= 4096 && size <= 1 << 20 && Long.numberOfTrailingZeros(size) >= e - s;
    }

    @Test
    void envelopesThatStandAloneHaveSizesOfTheClasses() throws Exception {
        assertTrue(isPadded(4096) && !isPadded(4097), "the classes are coarse");
        Workbench bench = synced();
        for (Path node : bench.nodes) {
            List<Path> objects = objects(node, ALONE);
            assertTrue(objects.size() >= 4, () -> "only " + objects);
            for (Path object : objects) {
                assertTrue(isPadded(Files.size(object)), () -> object + " of an unknown size");
            }
        }
    }

    @Test
    void logHoldsNoNameNoPathAndNoWord() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        root.setLevel(Level.TRACE);
        root.addAppender(events);
        try {
            LoggerFactory.getLogger(NodeViewTest.class).debug("the log is read");
            Workbench bench = synced();
            Files.delete(bench.folder.resolve("large.bin"));
            bench.restoreFrom(0);
            try (Account account = bench.open()) {
                account.sync(p -> {});
                account.status();
                account.check(true, true, p -> {});
            }
        } finally {
            root.detachAppender(events);
            root.setLevel(before);
        }
        List<String> lines = events.list.stream().map(NodeViewTest::text).toList();
        assertTrue(lines.stream().anyMatch(l -> l.contains("the log is read")));
        for (String secret : List.of(MARK, base.toString(), "abandon", "large.bin", "correct horse")) {
            assertEquals(List.of(), lines.stream().filter(l -> l.contains(secret)).toList(), () -> "holds " + secret);
        }
    }

    private static String text(ILoggingEvent event) {
        String trace = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + trace;
    }
}
