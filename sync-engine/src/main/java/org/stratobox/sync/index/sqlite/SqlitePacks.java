package org.stratobox.sync.index.sqlite;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.PackIndexTable;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;

/// Packs, the objects inside them, and debts.
final class SqlitePacks implements PackIndexTable {
    private static final String PACK_COLUMNS = "SELECT name,length,k,n,shares FROM pack ";
    private static final int SHARE_BYTES = 81;

    private final Connected db;
    private final SqliteProofs proofs;

    SqlitePacks(Connected db, SqliteProofs proofs) {
        this.db = db;
        this.proofs = proofs;
    }

    @Override
    public void add(PackRecord pack, boolean published) throws IndexException {
        db.run(() -> {
            if (db.update("UPDATE pack SET published=max(published,?) WHERE name=?", published,
                    pack.packId().bytes()) > 0) {
                return;
            }
            if (isGone(pack.packId())) {
                // a node that was away when the pack was collected still names it
                return;
            }
            long id = db.insert("INSERT INTO pack(name,length,k,n,shares,published) VALUES(?,?,?,?,?,?)",
                    pack.packId().bytes(), pack.length(), pack.k(), pack.n(), encode(pack.shares()), published);
            for (PackItem item : pack.items()) {
                if (db.update(
                        "INSERT INTO object(cid,pack,type,offset,length) VALUES(?,?,?,?,?) ON CONFLICT(cid) DO NOTHING",
                        item.cid().digest().bytes(), id, item.type().code(), item.offset(), item.length()) == 0) {
                    db.update("INSERT INTO object_copy(cid,pack,type,offset,length) VALUES(?,?,?,?,?)"
                            + " ON CONFLICT DO NOTHING", item.cid().digest().bytes(), id, item.type().code(),
                            item.offset(), item.length());
                }
            }
        });
    }

    private boolean isGone(Digest256 packId) throws SQLException, IndexException {
        List<Boolean> found = new ArrayList<>(1);
        db.query("SELECT 1 FROM gc_gone WHERE name=?", r -> found.add(true), packId.bytes());
        return !found.isEmpty();
    }

    @Override
    public Optional<Location> find(Cid cid) throws IndexException {
        return db.call(() -> {
            List<Location> found = new ArrayList<>(1);
            // a place that is about to be deleted comes last
            db.query("SELECT p.name,o.type,o.offset,o.length,"
                    + " EXISTS (SELECT 1 FROM gc_candidate g WHERE g.pack=p.name) AS going"
                    + " FROM (SELECT * FROM object WHERE cid=?1 UNION ALL SELECT * FROM object_copy WHERE cid=?1) o"
                    + " JOIN pack p ON p.id=o.pack ORDER BY going LIMIT 1",
                    r -> found.add(new Location(Digest256.of(r.getBytes(1)), type(r.getInt(2)), r.getInt(3),
                            r.getInt(4))),
                    cid.digest().bytes());
            return found.stream().findFirst();
        });
    }

    private static ObjectType type(int code) throws IndexException {
        return ObjectType.of(code)
                .orElseThrow(() -> new IndexException(Reason.UNUSABLE, "the index names an unknown object type"));
    }

    @Override
    public Optional<PackRecord> pack(Digest256 packId) throws IndexException {
        return select("WHERE name=?", packId.bytes()).stream().findFirst();
    }

    @Override
    public List<PackRecord> packs() throws IndexException {
        return select("ORDER BY id");
    }

    private List<PackRecord> select(String where, Object... values) throws IndexException {
        return db.call(() -> {
            List<PackRecord> found = new ArrayList<>();
            db.query(PACK_COLUMNS + where, r -> found.add(record(r)), values);
            return found;
        });
    }

    private static PackRecord record(ResultSet r) throws SQLException {
        return new PackRecord(Digest256.of(r.getBytes(1)), r.getInt(2), r.getInt(3), r.getInt(4),
                decode(r.getBytes(5)), List.of());
    }

    @Override
    public List<PackItem> items(Digest256 packId) throws IndexException {
        return db.call(() -> {
            List<PackItem> items = new ArrayList<>();
            db.query(
                    "SELECT o.type,o.cid,o.offset,o.length FROM (SELECT * FROM object UNION ALL SELECT * FROM object_copy) o"
                            + " JOIN pack p ON p.id=o.pack WHERE p.name=? ORDER BY 3",
                    r -> items.add(new PackItem(type(r.getInt(1)), new Cid(Digest256.of(r.getBytes(2))), r.getInt(3),
                            r.getInt(4))),
                    packId.bytes());
            return items;
        });
    }

    @Override
    public List<PackRecord> unpublished() throws IndexException {
        List<PackRecord> out = new ArrayList<>();
        for (PackRecord pack : select("WHERE published=0 ORDER BY id")) {
            out.add(new PackRecord(pack.packId(), pack.length(), pack.k(), pack.n(), pack.shares(),
                    items(pack.packId())));
        }
        return out;
    }

    @Override
    public void markPublished(ObjectName indexObject, Collection<Digest256> packs) throws IndexException {
        db.call(() -> {
            for (Digest256 pack : packs) {
                db.update("UPDATE pack SET published=1 WHERE name=?", pack.bytes());
            }
            return db.update("INSERT INTO index_object(name) VALUES(?) ON CONFLICT DO NOTHING",
                    indexObject.digest().bytes());
        });
    }

    @Override
    public void unpublish(Collection<Digest256> packs) throws IndexException {
        db.run(() -> {
            for (Digest256 pack : packs) {
                db.update("UPDATE pack SET published=0 WHERE name=?", pack.bytes());
            }
        });
    }

    @Override
    public void forgetIndexObjects() throws IndexException {
        db.run(() -> {
            db.update("DELETE FROM index_object");
            db.update("UPDATE pack SET published=0");
        });
    }

    @Override
    public Set<ObjectName> indexObjects() throws IndexException {
        return db.call(() -> {
            Set<ObjectName> names = new HashSet<>();
            db.query("SELECT name FROM index_object", r -> names.add(new ObjectName(Digest256.of(r.getBytes(1)))));
            return names;
        });
    }

    @Override
    public void replaceShares(PackRecord pack) throws IndexException {
        db.run(() -> {
            db.update("UPDATE pack SET k=?,n=?,shares=?,published=0 WHERE name=?", pack.k(), pack.n(),
                    encode(pack.shares()), pack.packId().bytes());
            proofs.keepOnly(pack.packId(), pack.shares());
        });
    }

    @Override
    public void addDebt(PackDebt debt) throws IndexException {
        db.run(() -> {
            db.update("INSERT INTO debt(pack,share,node) VALUES(?,?,?) ON CONFLICT DO NOTHING",
                    debt.packId().bytes(), debt.share(), debt.node().bytes());
            proofs.withdraw(debt.packId(), debt.share(), debt.node());
        });
    }

    @Override
    public void removeDebt(PackDebt debt) throws IndexException {
        db.call(() -> db.update("DELETE FROM debt WHERE pack=? AND share=? AND node=?", debt.packId().bytes(),
                debt.share(), debt.node().bytes()));
    }

    @Override
    public List<PackDebt> debts() throws IndexException {
        return db.call(() -> {
            List<PackDebt> debts = new ArrayList<>();
            db.query("SELECT pack,share,node FROM debt", r -> debts
                    .add(new PackDebt(Digest256.of(r.getBytes(1)), r.getInt(2), NodeId.of(r.getBytes(3)))));
            return debts;
        });
    }

    @Override
    public void addCopyDebt(CopyDebt debt) throws IndexException {
        db.call(() -> db.update("INSERT INTO copy_debt(space,name,node) VALUES(?,?,?) ON CONFLICT DO NOTHING",
                debt.space(), debt.name().digest().bytes(), debt.node().bytes()));
    }

    @Override
    public void removeCopyDebt(CopyDebt debt) throws IndexException {
        db.call(() -> db.update("DELETE FROM copy_debt WHERE space=? AND name=? AND node=?", debt.space(),
                debt.name().digest().bytes(), debt.node().bytes()));
    }

    @Override
    public List<CopyDebt> copyDebts() throws IndexException {
        return db.call(() -> {
            List<CopyDebt> debts = new ArrayList<>();
            db.query("SELECT space,name,node FROM copy_debt", r -> debts.add(new CopyDebt(r.getString(1),
                    new ObjectName(Digest256.of(r.getBytes(2))), NodeId.of(r.getBytes(3)))));
            return debts;
        });
    }

    private static byte[] encode(List<StoredShare> shares) {
        ByteBuffer out = ByteBuffer.allocate(shares.size() * SHARE_BYTES);
        for (StoredShare s : shares) {
            out.put((byte) s.index()).put(s.name().digest().bytes()).put(s.node().bytes()).put(s.merkleRoot().bytes());
        }
        return out.array();
    }

    private static List<StoredShare> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<StoredShare> shares = new ArrayList<>(bytes.length / SHARE_BYTES);
        while (in.hasRemaining()) {
            byte[] name = new byte[Digest256.BYTES];
            byte[] node = new byte[16];
            byte[] root = new byte[Digest256.BYTES];
            int index = in.get() & 0xff;
            in.get(name).get(node).get(root);
            shares.add(new StoredShare(index, new ObjectName(Digest256.of(name)), NodeId.of(node), Digest256.of(root)));
        }
        return shares;
    }
}
