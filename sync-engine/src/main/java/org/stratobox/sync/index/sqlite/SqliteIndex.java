package org.stratobox.sync.index.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.CollectorTable;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.HeadTable;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.IntentTable;
import org.stratobox.sync.index.MergedTable;
import org.stratobox.sync.index.PackIndexTable;
import org.stratobox.sync.index.PassTable;
import org.stratobox.sync.index.ProofTable;
import org.stratobox.sync.index.SelectionTable;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.index.TrustTable;

/// The index in one SQLite file with a write-ahead log. A power cut may take the last commits back (`synchronous=NORMAL`):
/// what they said is found out again by reading files or nodes. What must never go back is written with [#setDurably].
public final class SqliteIndex implements SyncIndex {
    /// The highest schema file, and the `user_version` of the database.
    static final int VERSION = 7;
    private static final int APPLICATION_ID = 0x53425831;
    private static final List<String> MIGRATIONS = List.of("001-entries-and-packs.sql", "002-state-and-base.sql",
            "003-intents-and-trash.sql", "004-passes.sql", "005-proofs-and-selection.sql",
            "006-devices.sql", "007-collector.sql");
    private static final Logger LOG = LoggerFactory.getLogger(SqliteIndex.class);

    private final Connected db;
    private final SqliteEntries entries;
    private final SqlitePacks packs;
    private final SqliteHeads heads;
    private final SqlitePasses passes;
    private final SqliteMerged merged;
    private final SqliteProofs proofs;
    private final SqliteSelection selection;
    private final SqliteIntents intents;
    private final SqliteTrash trash;
    private final SqliteTrust trust;
    private final SqliteCollector collector;

    private SqliteIndex(Connected db, LocalKey key) {
        this.db = db;
        entries = new SqliteEntries(db, key);
        proofs = new SqliteProofs(db);
        selection = new SqliteSelection(db, key);
        packs = new SqlitePacks(db, proofs);
        heads = new SqliteHeads(db);
        passes = new SqlitePasses(db, key);
        merged = new SqliteMerged(db, key);
        intents = new SqliteIntents(db, key);
        trash = new SqliteTrash(db, key);
        trust = new SqliteTrust(db, key);
        collector = new SqliteCollector(db);
    }

    /// @param file made if absent; must be on a local disk
    /// @param key seals names and capabilities
    /// @return the open index
    /// @throws IndexException with `UNUSABLE` if the file is damaged, foreign or newer
    public static SqliteIndex open(Path file, LocalKey key) throws IndexException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(10_000);
        config.setCacheSize(-16_384);
        config.enforceForeignKeys(true);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            try {
                migrate(connection);
            } catch (SQLException | IndexException e) {
                connection.close();
                throw e;
            }
            return new SqliteIndex(new Connected(connection), key);
        } catch (SQLException e) {
            throw Connected.translate(e);
        }
    }

    private static void migrate(Connection connection) throws SQLException, IndexException {
        try (Statement s = connection.createStatement()) {
            int application = pragma(s, "application_id");
            int version = pragma(s, "user_version");
            if ((version == 0 && application == 0 && pragma(s, "schema_version") != 0)
                    || (application != 0 && application != APPLICATION_ID) || version > VERSION) {
                throw new IndexException(Reason.UNUSABLE, "the index is foreign or of a newer version");
            }
            for (int next = version; next < VERSION; next++) {
                s.execute("BEGIN IMMEDIATE");
                for (String statement : statements(MIGRATIONS.get(next))) {
                    s.execute(statement);
                }
                s.execute("PRAGMA application_id=" + APPLICATION_ID);
                s.execute("PRAGMA user_version=" + (next + 1));
                s.execute("COMMIT");
            }
        }
    }

    private static int pragma(Statement s, String name) throws SQLException {
        try (ResultSet r = s.executeQuery("PRAGMA " + name)) {
            r.next();
            return r.getInt(1);
        }
    }

    /// Statements end with a semicolon at the end of a line; comments start with two dashes.
    private static List<String> statements(String resource) {
        try (InputStream in = SqliteIndex.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("schema file missing: " + resource);
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--[^\n]*", "");
            List<String> out = new ArrayList<>();
            for (String statement : sql.split(";\\s*\n", -1)) {
                if (!statement.isBlank()) {
                    out.add(statement);
                }
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException("schema file unreadable: " + resource, e);
        }
    }

    @Override
    public void transact(Work work) throws IndexException {
        boolean committed = false;
        try {
            db.transact(work::run);
            committed = true;
        } finally {
            if (!committed) {
                entries.forgetCache();
            }
        }
    }

    @Override
    public void transactDurably(Work work) throws IndexException {
        db.durably(() -> transact(work));
    }

    @Override
    public IntentTable intents() {
        return intents;
    }

    @Override
    public TrashTable trash() {
        return trash;
    }

    @Override
    public EntryIndex entries() {
        return entries;
    }

    @Override
    public PackIndexTable packs() {
        return packs;
    }

    @Override
    public ProofTable proofs() {
        return proofs;
    }

    @Override
    public SelectionTable selection() {
        return selection;
    }

    @Override
    public MergedTable merged() {
        return merged;
    }

    @Override
    public HeadTable heads() {
        return heads;
    }

    @Override
    public PassTable passes() {
        return passes;
    }

    @Override
    public CollectorTable collector() {
        return collector;
    }

    @Override
    public TrustTable trust() {
        return trust;
    }

    @Override
    public Optional<byte[]> get(String key) throws IndexException {
        return db.call(() -> {
            List<byte[]> found = new ArrayList<>(1);
            db.query("SELECT value FROM meta WHERE key=?", r -> found.add(r.getBytes(1)), key);
            return found.stream().findFirst();
        });
    }

    @Override
    public void set(String key, byte[] value) throws IndexException {
        db.call(() -> db.update(
                "INSERT INTO meta(key,value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                key, value));
    }

    @Override
    public void setDurably(String key, byte[] value) throws IndexException {
        db.durably(() -> set(key, value));
    }

    @Override
    public boolean isSound() throws IndexException {
        return db.call(() -> {
            List<String> said = new ArrayList<>();
            db.query("PRAGMA quick_check(1)", r -> said.add(r.getString(1)));
            return said.equals(List.of("ok"));
        });
    }

    @Override
    public void close() {
        try {
            db.close();
        } catch (IndexException e) {
            LOG.warn("closing the index failed: {}", e.reason());
        }
    }
}
