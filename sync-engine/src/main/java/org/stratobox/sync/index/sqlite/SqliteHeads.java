package org.stratobox.sync.index.sqlite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.HeadTable;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.ObjectName;

/// Accepted heads.
final class SqliteHeads implements HeadTable {
    private final Connected db;

    SqliteHeads(Connected db) {
        this.db = db;
    }

    @Override
    public Set<ObjectName> names() throws IndexException {
        return db.call(() -> {
            Set<ObjectName> names = new HashSet<>();
            db.query("SELECT name FROM head", r -> names.add(new ObjectName(Digest256.of(r.getBytes(1)))));
            return names;
        });
    }

    @Override
    public void add(KnownHead head) throws IndexException {
        db.call(() -> db.update(
                "INSERT INTO head(name,device,seq,hash,wall) VALUES(?,?,?,?,?) ON CONFLICT(name) DO NOTHING",
                head.name().digest().bytes(), head.device().bytes(), head.seq(), head.hash().bytes(),
                head.wallMillis()));
    }

    @Override
    public List<KnownHead> all() throws IndexException {
        return db.call(() -> {
            List<KnownHead> all = new ArrayList<>();
            db.query("SELECT name,device,seq,hash,wall FROM head ORDER BY seq",
                    r -> all.add(new KnownHead(new ObjectName(Digest256.of(r.getBytes(1))),
                            DeviceId.of(r.getBytes(2)), r.getLong(3), Digest256.of(r.getBytes(4)), r.getLong(5))));
            return all;
        });
    }

    @Override
    public Map<DeviceId, KnownHead> newest() throws IndexException {
        Map<DeviceId, KnownHead> newest = new HashMap<>();
        all().forEach(head -> newest.put(head.device(), head));
        return newest;
    }
}
