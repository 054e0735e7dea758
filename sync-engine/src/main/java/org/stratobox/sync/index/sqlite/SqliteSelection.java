package org.stratobox.sync.index.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.SelectionTable;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;

/// What is not to be on this disk; each path sealed and bound to its folder.
final class SqliteSelection implements SelectionTable {
    private static final byte[] DOMAIN = "selection".getBytes(StandardCharsets.US_ASCII);

    private final Connected db;
    private final LocalKey key;

    SqliteSelection(Connected db, LocalKey key) {
        this.db = db;
        this.key = key;
    }

    @Override
    public void add(FolderId folder, RelativePath path) throws IndexException {
        byte[] text = path.text().getBytes(StandardCharsets.UTF_8);
        db.durably(() -> db.update("INSERT INTO selection(folder,tag,sealed) VALUES(?,?,?) ON CONFLICT DO NOTHING",
                folder.bytes(), tag(folder, text), key.seal(text, join(folder, new byte[0]))));
    }

    @Override
    public void remove(FolderId folder, RelativePath path) throws IndexException {
        byte[] text = path.text().getBytes(StandardCharsets.UTF_8);
        db.run(() -> db.update("DELETE FROM selection WHERE folder=? AND tag=?", folder.bytes(), tag(folder, text)));
    }

    @Override
    public List<RelativePath> all(FolderId folder) throws IndexException {
        List<RelativePath> paths = db.call(() -> {
            List<RelativePath> found = new ArrayList<>();
            db.query("SELECT sealed FROM selection WHERE folder=?", r -> found.add(open(folder, r.getBytes(1))),
                    folder.bytes());
            return found;
        });
        paths.sort(null);
        return paths;
    }

    @Override
    public void forget(FolderId folder) throws IndexException {
        db.run(() -> db.update("DELETE FROM selection WHERE folder=?", folder.bytes()));
    }

    private RelativePath open(FolderId folder, byte[] sealed) throws IndexException {
        try {
            return RelativePath
                    .parse(new String(key.open(sealed, join(folder, new byte[0])), StandardCharsets.UTF_8));
        } catch (CryptoException | NameException e) {
            throw new IndexException(Reason.UNUSABLE, "a chosen path of the index does not open", e);
        }
    }

    private byte[] tag(FolderId folder, byte[] text) {
        return key.tag(join(folder, text));
    }

    private static byte[] join(FolderId folder, byte[] text) {
        byte[] id = folder.bytes();
        byte[] all = new byte[DOMAIN.length + id.length + text.length];
        System.arraycopy(DOMAIN, 0, all, 0, DOMAIN.length);
        System.arraycopy(id, 0, all, DOMAIN.length, id.length);
        System.arraycopy(text, 0, all, DOMAIN.length + id.length, text.length);
        return all;
    }
}
