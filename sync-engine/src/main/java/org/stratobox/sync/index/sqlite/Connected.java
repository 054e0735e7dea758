package org.stratobox.sync.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;

/// One connection, its prepared statements, and the lock that makes it a single writer. The lock guards everything in
/// here and is never held during network or file work of other packages.
final class Connected {
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean closed;
    /// Guarded by `lock`.
    private boolean inTransaction;

    Connected(Connection connection) {
        this.connection = connection;
    }

    /// Runs work under the lock, with SQL errors translated.
    <T> T call(SqlWork<T> work) throws IndexException {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the index is closed");
            }
            return work.run();
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            lock.unlock();
        }
    }

    /// Runs work that makes nothing under the lock.
    void run(SqlStep step) throws IndexException {
        call(() -> {
            step.run();
            return true;
        });
    }

    /// Runs work under the lock, on the disk when this returns. The switch is outside of any transaction, as SQLite wants it.
    void durably(SqlStep step) throws IndexException {
        run(() -> {
            update("PRAGMA synchronous=FULL");
            try {
                step.run();
            } finally {
                update("PRAGMA synchronous=NORMAL");
            }
        });
    }

    /// Runs work as one immediate transaction.
    void transact(SqlStep work) throws IndexException {
        lock.lock();
        try {
            if (inTransaction) {
                throw new IllegalStateException("a transaction is running already");
            }
            execute("BEGIN IMMEDIATE");
            inTransaction = true;
            boolean done = false;
            try {
                work.run();
                execute("COMMIT");
                done = true;
            } finally {
                inTransaction = false;
                if (!done) {
                    execute("ROLLBACK");
                }
            }
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            lock.unlock();
        }
    }

    private void execute(String sql) throws SQLException {
        statement(sql).execute();
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /// Binds Long, Integer, String, byte[] and Boolean values in order.
    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement s = statement(sql);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case byte[] bytes -> s.setBytes(i + 1, bytes);
                case Long number -> s.setLong(i + 1, number);
                case Integer number -> s.setInt(i + 1, number);
                case Boolean flag -> s.setInt(i + 1, flag ? 1 : 0);
                case String text -> s.setString(i + 1, text);
                default -> throw new IllegalArgumentException("cannot bind " + values[i].getClass());
            }
        }
        return s;
    }

    int update(String sql, Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /// Inserts a row and tells its rowid.
    long insert(String sql, Object... values) throws SQLException {
        bound(sql, values).executeUpdate();
        try (ResultSet r = statement("SELECT last_insert_rowid()").executeQuery()) {
            r.next();
            return r.getLong(1);
        }
    }

    void query(String sql, RowReader reader, Object... values) throws SQLException, IndexException {
        try (ResultSet r = bound(sql, values).executeQuery()) {
            while (r.next()) {
                reader.read(r);
            }
        }
    }

    void close() throws IndexException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                for (PreparedStatement s : statements.values()) {
                    s.close();
                }
                connection.close();
            }
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            lock.unlock();
        }
    }

    static IndexException translate(SQLException e) {
        Reason reason = Reason.FAILED;
        if (e instanceof SQLiteException s) {
            SQLiteErrorCode code = s.getResultCode();
            reason = switch (code) {
                case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_VTAB ->
                    Reason.UNUSABLE;
                case SQLITE_FULL -> Reason.DISK_FULL;
                case SQLITE_BUSY, SQLITE_LOCKED -> Reason.BUSY;
                default -> Reason.FAILED;
            };
        }
        return new IndexException(reason, "SQLite failed: " + reason, e);
    }

    /// Work with SQL.
    @FunctionalInterface
    interface SqlWork<T> {
        T run() throws SQLException, IndexException;
    }

    /// Work with SQL that makes nothing.
    @FunctionalInterface
    interface SqlStep {
        void run() throws SQLException, IndexException;
    }

    /// Takes one row of a result.
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException, IndexException;
    }
}
