package org.stratobox.sync.index.sqlite;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.model.FolderId;

/// What is in the trash.
final class SqliteTrash implements TrashTable {
    private final Connected db;
    private final DiskRecords records;

    SqliteTrash(Connected db, LocalKey key) {
        this.db = db;
        this.records = new DiskRecords(key);
    }

    @Override
    public long add(FolderId folder, Item item) throws IndexException {
        byte[] sealed = records.seal(folder, item);
        return db.call(() -> db.insert("INSERT INTO trash(folder,displaced,settled,sealed) VALUES(?,?,0,?)",
                folder.bytes(), item.displacedMillis(), sealed));
    }

    @Override
    public List<Kept> all(FolderId folder) throws IndexException {
        return select(folder, "ORDER BY displaced,id");
    }

    @Override
    public List<Kept> unsettled(FolderId folder, long before) throws IndexException {
        return select(folder, "AND settled=0 AND displaced<? ORDER BY displaced,id", before);
    }

    private List<Kept> select(FolderId folder, String rest, Object... values) throws IndexException {
        List<Object> all = new ArrayList<>(List.of(folder.bytes()));
        all.addAll(List.of(values));
        return db.call(() -> {
            List<Kept> kept = new ArrayList<>();
            db.query("SELECT id,sealed FROM trash WHERE folder=? " + rest,
                    r -> kept.add(new Kept(r.getLong(1), records.openItem(folder, r.getBytes(2)))), all.toArray());
            return kept;
        });
    }

    @Override
    public void setSettled(long row) throws IndexException {
        db.call(() -> db.update("UPDATE trash SET settled=1 WHERE id=?", row));
    }

    @Override
    public void remove(long row) throws IndexException {
        db.call(() -> db.update("DELETE FROM trash WHERE id=?", row));
    }
}
