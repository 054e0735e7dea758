package org.stratobox.sync.index.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.IntentTable;
import org.stratobox.sync.model.FolderId;

/// The journal.
final class SqliteIntents implements IntentTable {
    private final Connected db;
    private final DiskRecords records;

    SqliteIntents(Connected db, LocalKey key) {
        this.db = db;
        this.records = new DiskRecords(key);
    }

    @Override
    public long add(FolderId folder, Intent intent) throws IndexException {
        byte[] sealed = records.seal(folder, intent);
        return db.call(() -> db.insert("INSERT INTO intent(folder,sealed) VALUES(?,?)", folder.bytes(), sealed));
    }

    @Override
    public List<Intent.Open> open(FolderId folder) throws IndexException {
        return db.call(() -> {
            List<Intent.Open> all = new ArrayList<>();
            db.query("SELECT id,sealed FROM intent WHERE folder=? ORDER BY id",
                    r -> all.add(new Intent.Open(r.getLong(1), records.openIntent(folder, r.getBytes(2)))),
                    folder.bytes());
            return all;
        });
    }

    @Override
    public void remove(Collection<Long> rows) throws IndexException {
        db.run(() -> {
            for (long row : rows) {
                db.update("DELETE FROM intent WHERE id=?", row);
            }
        });
    }
}
