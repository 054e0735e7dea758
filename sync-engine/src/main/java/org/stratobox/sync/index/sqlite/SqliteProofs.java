package org.stratobox.sync.index.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.ProofTable;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.StoredShare;

/// Proofs, with a summary of each pack's kept in its row, so that the state of a file is a look-up of its packs.
final class SqliteProofs implements ProofTable {
    private final Connected db;

    SqliteProofs(Connected db) {
        this.db = db;
    }

    /// What a summary is made from.
    private record Pack(long id, int k, int n) {
        /// As `CodingProfile.safeShares()`.
        int safeShares() {
            return k + (n - k + 1) / 2;
        }
    }

    @Override
    public void prove(Digest256 packId, int share, NodeId node, long wallMillis) throws IndexException {
        db.run(() -> {
            for (Pack pack : find(packId)) {
                db.update("INSERT INTO proof(pack,share,node,proven) VALUES(?,?,?,?)"
                        + " ON CONFLICT(pack,share,node) DO UPDATE SET proven=excluded.proven", pack.id, share,
                        node.bytes(), wallMillis);
                summarize(pack);
            }
        });
    }

    @Override
    public void withdraw(Digest256 packId, int share, NodeId node) throws IndexException {
        db.run(() -> {
            for (Pack pack : find(packId)) {
                if (db.update("DELETE FROM proof WHERE pack=? AND share=? AND node=?", pack.id, share,
                        node.bytes()) > 0) {
                    summarize(pack);
                }
            }
        });
    }

    @Override
    public void withdrawAll(NodeId node) throws IndexException {
        db.run(() -> {
            List<Pack> packs = new ArrayList<>();
            db.query("SELECT id,k,n FROM pack WHERE id IN (SELECT pack FROM proof WHERE node=?)",
                    r -> packs.add(pack(r)), node.bytes());
            db.update("DELETE FROM proof WHERE node=?", node.bytes());
            for (Pack pack : packs) {
                summarize(pack);
            }
        });
    }

    /// Takes back the proofs of shares that are not where they were.
    void keepOnly(Digest256 packId, Collection<StoredShare> shares) throws IndexException {
        for (ShareProof proof : proofs(packId)) {
            if (shares.stream().noneMatch(s -> s.index() == proof.share() && s.node().equals(proof.node()))) {
                withdraw(packId, proof.share(), proof.node());
            }
        }
        db.run(() -> {
            for (Pack pack : find(packId)) {
                summarize(pack);
            }
        });
    }

    private List<Pack> find(Digest256 packId) throws SQLException, IndexException {
        List<Pack> found = new ArrayList<>(1);
        db.query("SELECT id,k,n FROM pack WHERE name=?", r -> found.add(pack(r)), packId.bytes());
        return found;
    }

    private static Pack pack(ResultSet r) throws SQLException {
        return new Pack(r.getLong(1), r.getInt(2), r.getInt(3));
    }

    /// A pack is proven since the oldest of the newest proofs of as many different shares as count as safe.
    private void summarize(Pack pack) throws SQLException, IndexException {
        List<Long> newest = new ArrayList<>();
        db.query("SELECT max(proven) FROM proof WHERE pack=? GROUP BY share ORDER BY 1 DESC",
                r -> newest.add(r.getLong(1)), pack.id);
        String counts = "UPDATE pack SET proofs=(SELECT count(*) FROM proof WHERE pack=?1),"
                + "nodes=(SELECT count(DISTINCT node) FROM proof WHERE pack=?1),verified=";
        if (newest.size() < pack.safeShares()) {
            db.update(counts + "NULL WHERE id=?1", pack.id);
        } else {
            db.update(counts + "?2 WHERE id=?1", pack.id, newest.get(pack.safeShares() - 1));
        }
    }

    @Override
    public List<ShareProof> proofs(Digest256 packId) throws IndexException {
        return db.call(() -> {
            List<ShareProof> found = new ArrayList<>();
            db.query("SELECT f.share,f.node,f.proven FROM proof f JOIN pack p ON p.id=f.pack WHERE p.name=?",
                    r -> found.add(new ShareProof(r.getInt(1), NodeId.of(r.getBytes(2)), r.getLong(3))),
                    packId.bytes());
            return found;
        });
    }

    @Override
    public List<Digest256> unproven() throws IndexException {
        return names("SELECT p.name FROM pack p WHERE p.proofs*81<length(p.shares) AND length(p.shares)/81-p.proofs"
                + ">(SELECT count(*) FROM debt d WHERE d.pack=p.name) ORDER BY p.id DESC");
    }

    @Override
    public List<Digest256> oldest(long before, int limit) throws IndexException {
        return names("SELECT name FROM pack WHERE verified<? ORDER BY verified,id LIMIT ?", before, limit);
    }

    private List<Digest256> names(String sql, Object... values) throws IndexException {
        return db.call(() -> {
            List<Digest256> names = new ArrayList<>();
            db.query(sql, r -> names.add(Digest256.of(r.getBytes(1))), values);
            return names;
        });
    }

    @Override
    public Optional<Proven> provenOf(Collection<Cid> objects) throws IndexException {
        return db.call(() -> {
            Optional<Proven> all = Optional.empty();
            for (Cid cid : objects) {
                Optional<Proven> one = summary(
                        "SELECT p.nodes,p.verified FROM object o JOIN pack p ON p.id=o.pack WHERE o.cid=?",
                        cid.digest().bytes());
                if (one.isEmpty()) {
                    return one;
                }
                all = Optional.of(all.isPresent() ? all.get().with(one.get()) : one.get());
            }
            return all;
        });
    }

    @Override
    public Optional<Proven> provenOfTrees() throws IndexException {
        return db.call(() -> summary("SELECT min(nodes),CASE WHEN count(*)=count(verified) THEN min(verified) END"
                + " FROM pack WHERE id IN (SELECT pack FROM object WHERE type IN (4,5))"));
    }

    /// @param sql gives at most one row: nodes, and a time or nothing
    private Optional<Proven> summary(String sql, Object... values) throws SQLException, IndexException {
        List<Proven> found = new ArrayList<>(1);
        db.query(sql, r -> {
            long millis = r.getLong(2);
            if (!r.wasNull()) {
                found.add(new Proven(r.getInt(1), millis));
            }
        }, values);
        return found.stream().findFirst();
    }

    @Override
    public Totals totals() throws IndexException {
        return db.call(() -> {
            List<Totals> found = new ArrayList<>(1);
            db.query("SELECT count(*),count(*)-count(verified),min(verified) FROM pack", r -> {
                long packs = r.getLong(1);
                long unproven = r.getLong(2);
                long oldest = r.getLong(3);
                found.add(new Totals(packs, unproven,
                        packs == 0 || unproven > 0 ? Optional.empty() : Optional.of(oldest)));
            });
            return found.getFirst();
        });
    }

    @Override
    public Map<NodeId, NodeProofs> byNode() throws IndexException {
        return db.call(() -> {
            Map<NodeId, NodeProofs> found = new HashMap<>();
            db.query("SELECT node,count(*),min(proven),max(proven) FROM proof GROUP BY node",
                    r -> found.put(NodeId.of(r.getBytes(1)), new NodeProofs(r.getLong(2), r.getLong(3), r.getLong(4))));
            return found;
        });
    }
}
