package org.stratobox.sync.index.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.SyncIndex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The file as a whole: schema, version, damage, transactions.
class SqliteIndexTest {
    static final LocalKey KEY = LocalKey.of(Secret.takeOwnership(new byte[32]));

    @TempDir
    Path base;

    static SyncIndex open(Path base) throws IndexException {
        return SqliteIndex.open(base.resolve("index.db"), KEY);
    }

    /// Runs statements on the file, as anybody who can write it could.
    static void sql(Path base, String... statements) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + base.resolve("index.db"));
                Statement s = c.createStatement()) {
            for (String statement : statements) {
                s.execute(statement);
            }
        }
    }

    static String ask(Path base, String query) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + base.resolve("index.db"));
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            StringBuilder all = new StringBuilder();
            while (r.next()) {
                all.append(r.getString(1)).append('\n');
            }
            return all.toString().strip();
        }
    }

    private static List<String> schemaFiles() throws IOException, URISyntaxException {
        URL first = Objects.requireNonNull(SqliteIndex.class.getResource("001-entries-and-packs.sql"));
        Path directory = Objects.requireNonNull(Path.of(first.toURI()).getParent());
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(p -> p.getFileName().toString()).filter(n -> n.endsWith(".sql")).sorted().toList();
        }
    }

    @Test
    void schemaFilesAreNumberedAndTheVersionIsTheHighest() throws Exception {
        List<String> files = schemaFiles();
        for (int i = 0; i < files.size(); i++) {
            assertTrue(files.get(i).matches("%03d-[a-z0-9-]+\\.sql".formatted(i + 1)), files::toString);
        }
        assertEquals(files.size(), SqliteIndex.VERSION);
        open(base).close();
        assertEquals(String.valueOf(SqliteIndex.VERSION), ask(base, "PRAGMA user_version"));
    }

    @Test
    void everyTableIsStrict() throws Exception {
        open(base).close();
        assertEquals("", ask(base,
                "SELECT name FROM pragma_table_list WHERE type='table' AND schema='main' AND strict=0 AND name NOT LIKE 'sqlite_%'"));
        for (String name : schemaFiles()) {
            try (InputStream in = Objects.requireNonNull(SqliteIndex.class.getResourceAsStream(name))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(text.split("CREATE TABLE", -1).length, text.split("STRICT", -1).length, name);
            }
        }
    }

    private void assertUnusable() {
        assertEquals(Reason.UNUSABLE, assertThrows(IndexException.class, () -> open(base).close()).reason());
    }

    @Test
    void fileOfNewerVersionIsUnusable() throws Exception {
        open(base).close();
        sql(base, "PRAGMA user_version=" + (SqliteIndex.VERSION + 1));
        assertUnusable();
    }

    @Test
    void databaseOfAnotherProgramIsUnusableAndStaysAsItIs() throws Exception {
        sql(base, "CREATE TABLE bookmarks(url TEXT)", "INSERT INTO bookmarks VALUES('x')");
        assertUnusable();
        assertEquals("bookmarks", ask(base, "SELECT name FROM sqlite_schema"));
    }

    @Test
    void databaseWithAnotherApplicationIdIsUnusable() throws Exception {
        open(base).close();
        sql(base, "PRAGMA application_id=12345");
        assertUnusable();
    }

    @Test
    void garbageIsUnusable() throws Exception {
        byte[] garbage = new byte[20_000];
        new Random(1).nextBytes(garbage);
        Files.write(base.resolve("index.db"), garbage);
        assertUnusable();
        assertArrayEquals(garbage, Files.readAllBytes(base.resolve("index.db")));
    }

    @Test
    void damagedPageIsNotSound() throws Exception {
        try (SyncIndex index = open(base)) {
            index.transact(() -> {
                for (int i = 0; i < 500; i++) {
                    index.set("key-" + i, new byte[300]);
                }
            });
            assertTrue(index.isSound());
        }
        byte[] bytes = Files.readAllBytes(base.resolve("index.db"));
        for (int i = bytes.length - 9000; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Files.write(base.resolve("index.db"), bytes);
        try (SyncIndex index = open(base)) {
            assertFalse(isSound(index));
        }
    }

    private static boolean isSound(SyncIndex index) throws IndexException {
        try {
            return index.isSound();
        } catch (IndexException e) {
            assertEquals(Reason.UNUSABLE, e.reason());
            return false;
        }
    }

    @Test
    void valuesAreKeptOverClosing() throws Exception {
        try (SyncIndex index = open(base)) {
            assertTrue(index.get("a").isEmpty());
            index.set("a", new byte[]{1});
            index.set("a", new byte[]{2, 3});
            index.setDurably("b", new byte[]{4});
            index.setDurably("b", new byte[0]);
        }
        try (SyncIndex index = open(base)) {
            assertArrayEquals(new byte[]{2, 3}, index.get("a").orElseThrow());
            assertArrayEquals(new byte[0], index.get("b").orElseThrow());
        }
    }

    @Test
    void failedTransactionLeavesNothing() throws Exception {
        try (SyncIndex index = open(base)) {
            index.set("a", new byte[]{1});
            assertThrows(IndexException.class, () -> index.transact(() -> {
                index.set("a", new byte[]{2});
                index.set("b", new byte[]{3});
                throw new IndexException(Reason.FAILED, "thrown by the test");
            }));
            assertThrows(IllegalArgumentException.class, () -> index.transact(() -> {
                index.set("b", new byte[]{3});
                throw new IllegalArgumentException("thrown by the test");
            }));
            assertArrayEquals(new byte[]{1}, index.get("a").orElseThrow());
            assertTrue(index.get("b").isEmpty());
            index.transact(() -> index.set("b", new byte[]{9}));
            assertArrayEquals(new byte[]{9}, index.get("b").orElseThrow());
        }
    }

    @Test
    void transactionInsideTransactionIsAnErrorOfTheProgram() throws Exception {
        try (SyncIndex index = open(base)) {
            assertThrows(IllegalStateException.class,
                    () -> index.transact(() -> index.transact(() -> index.set("a", new byte[1]))));
            assertTrue(index.get("a").isEmpty());
        }
    }

    @Test
    void callAfterCloseIsAnErrorOfTheProgram() throws Exception {
        SyncIndex index = open(base);
        index.close();
        index.close();
        assertThrows(IllegalStateException.class, () -> index.get("a"));
    }
}
