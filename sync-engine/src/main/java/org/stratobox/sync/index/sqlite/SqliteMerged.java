package org.stratobox.sync.index.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.MergedTable;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;

/// Merged trees of other devices.
final class SqliteMerged implements MergedTable {
    private final Connected db;
    private final RowCodec codec;

    SqliteMerged(Connected db, LocalKey key) {
        this.db = db;
        codec = new RowCodec(key);
    }

    @Override
    public Optional<Capability> merged(DeviceId device, FolderId folder) throws IndexException {
        return db.call(() -> {
            List<Optional<Capability>> found = new ArrayList<>(1);
            db.query("SELECT sealed FROM merged WHERE device=? AND folder=?",
                    r -> found.add(codec.openMerged(device.bytes(), folder.bytes(), r.getBytes(1))), device.bytes(),
                    folder.bytes());
            return found.stream().findFirst().flatMap(tree -> tree);
        });
    }

    @Override
    public void setMerged(DeviceId device, FolderId folder, Capability tree) throws IndexException {
        db.call(() -> db.update("INSERT OR REPLACE INTO merged(device,folder,sealed) VALUES(?,?,?)", device.bytes(),
                folder.bytes(), codec.merged(device.bytes(), folder.bytes(), tree)));
    }

    @Override
    public void forget(FolderId folder) throws IndexException {
        db.call(() -> db.update("DELETE FROM merged WHERE folder=?", folder.bytes()));
    }
}
