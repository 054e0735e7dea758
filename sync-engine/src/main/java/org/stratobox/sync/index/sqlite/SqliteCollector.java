package org.stratobox.sync.index.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.CollectorTable;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.GcPlan;
import org.stratobox.sync.object.ObjectException;

/// Plans, acknowledgements, candidates.
final class SqliteCollector implements CollectorTable {
    private static final byte[] NO_PLAN = new byte[16];
    private static final String PLACES = "(SELECT cid,pack FROM object UNION ALL SELECT cid,pack FROM object_copy)";

    private final Connected db;

    SqliteCollector(Connected db) {
        this.db = db;
    }

    @Override
    public List<HeededPlan> plans() throws IndexException {
        return db.call(() -> {
            List<HeededPlan> plans = new ArrayList<>();
            db.query("SELECT name,body,state,announced FROM gc_plan ORDER BY id", r -> {
                try {
                    plans.add(new HeededPlan(new ObjectName(Digest256.of(r.getBytes(1))), GcPlan.decode(r.getBytes(2)),
                            PlanState.valueOf(r.getString(3)), r.getInt(4) != 0));
                } catch (ObjectException e) {
                    throw new IndexException(Reason.UNUSABLE, "a plan in the index is damaged", e);
                }
            });
            return plans;
        });
    }

    @Override
    public void put(HeededPlan heeded) throws IndexException {
        byte[] id = heeded.plan().id().bytes();
        db.run(() -> {
            db.update("INSERT INTO gc_plan(id,name,body,state,announced) VALUES(?,?,?,?,?)"
                    + " ON CONFLICT(id) DO UPDATE SET state=excluded.state,announced=excluded.announced", id,
                    heeded.name().digest().bytes(), heeded.plan().encode(), heeded.state().name(),
                    heeded.announced());
            db.update("DELETE FROM gc_candidate WHERE plan=?", id);
            if (heeded.state() != PlanState.OVER) {
                for (Digest256 pack : heeded.plan().packs()) {
                    db.update("INSERT INTO gc_candidate(pack,plan) VALUES(?,?)", pack.bytes(), id);
                }
            }
        });
    }

    @Override
    public void forget(Id16 plan) throws IndexException {
        db.run(() -> {
            db.update("DELETE FROM gc_candidate WHERE plan=?", plan.bytes());
            db.update("DELETE FROM gc_ack WHERE plan=?", plan.bytes());
            db.update("DELETE FROM gc_plan WHERE id=?", plan.bytes());
        });
    }

    @Override
    public Map<DeviceId, Long> acks(Id16 plan) throws IndexException {
        return db.call(() -> {
            Map<DeviceId, Long> acks = new HashMap<>();
            db.query("SELECT device,seq FROM gc_ack WHERE plan=?",
                    r -> acks.put(DeviceId.of(r.getBytes(1)), r.getLong(2)), plan.bytes());
            return acks;
        });
    }

    @Override
    public void acked(Id16 plan, DeviceId device, long seq) throws IndexException {
        db.call(() -> db.update("INSERT INTO gc_ack(plan,device,seq) VALUES(?,?,?) ON CONFLICT DO NOTHING",
                plan.bytes(), device.bytes(), seq));
    }

    @Override
    public boolean hasCandidates() throws IndexException {
        return count("SELECT count(*) FROM gc_candidate") > 0;
    }

    @Override
    public boolean isCandidate(Cid cid) throws IndexException {
        byte[] key = cid.digest().bytes();
        String held = "SELECT count(*) FROM " + PLACES + " o JOIN pack p ON p.id=o.pack WHERE o.cid=?";
        return count(held, key) > 0
                && count(held + " AND p.name NOT IN (SELECT pack FROM gc_candidate)", key) == 0;
    }

    private long count(String sql, Object... values) throws IndexException {
        return db.call(() -> {
            List<Long> found = new ArrayList<>(1);
            db.query(sql, r -> found.add(r.getLong(1)), values);
            return found.getFirst();
        });
    }

    @Override
    public void suspect(Collection<Digest256> packs) throws IndexException {
        db.run(() -> {
            db.update("DELETE FROM gc_candidate WHERE plan=?", NO_PLAN);
            for (Digest256 pack : packs) {
                db.update("INSERT INTO gc_candidate(pack,plan) VALUES(?,?)", pack.bytes(), NO_PLAN);
            }
        });
    }

    @Override
    public Map<Digest256, Long> idle(Collection<Digest256> packs, long nowMillis) throws IndexException {
        Map<Digest256, Long> since = new HashMap<>();
        db.transact(() -> {
            Map<Digest256, Long> before = new HashMap<>();
            db.query("SELECT pack,since FROM gc_idle", r -> before.put(Digest256.of(r.getBytes(1)), r.getLong(2)));
            db.update("DELETE FROM gc_idle");
            for (Digest256 pack : packs) {
                // a clock that went back must not make a pack look idle for longer than it is
                long from = Math.min(before.getOrDefault(pack, nowMillis), nowMillis);
                since.put(pack, from);
                db.update("INSERT INTO gc_idle(pack,since) VALUES(?,?)", pack.bytes(), from);
            }
        });
        return since;
    }

    @Override
    public void gone(Digest256 packId) throws IndexException {
        byte[] name = packId.bytes();
        String row = "(SELECT id FROM pack WHERE name=?)";
        db.transact(() -> {
            db.update("DELETE FROM object WHERE pack=" + row, name);
            db.update("DELETE FROM object_copy WHERE pack=" + row, name);
            // each object that was known here only by its second place has that one as its first
            db.update("INSERT INTO object(cid,pack,type,offset,length)"
                    + " SELECT cid,pack,type,offset,length FROM object_copy c"
                    + " WHERE NOT EXISTS (SELECT 1 FROM object o WHERE o.cid=c.cid) GROUP BY cid");
            db.update("DELETE FROM object_copy WHERE EXISTS"
                    + " (SELECT 1 FROM object o WHERE o.cid=object_copy.cid AND o.pack=object_copy.pack)");
            db.update("DELETE FROM debt WHERE pack=?", name);
            db.update("DELETE FROM gc_candidate WHERE pack=?", name);
            db.update("DELETE FROM gc_idle WHERE pack=?", name);
            db.update("DELETE FROM pack WHERE name=?", name);
            db.update("INSERT INTO gc_gone(name) VALUES(?) ON CONFLICT DO NOTHING", name);
        });
    }

    @Override
    public void gone(ObjectName name) throws IndexException {
        byte[] key = name.digest().bytes();
        db.run(() -> {
            db.update("DELETE FROM index_object WHERE name=?", key);
            db.update("DELETE FROM copy_debt WHERE name=?", key);
            db.update("INSERT INTO gc_gone(name) VALUES(?) ON CONFLICT DO NOTHING", key);
        });
    }

    @Override
    public Set<ObjectName> goneNames() throws IndexException {
        return db.call(() -> {
            Set<ObjectName> names = new HashSet<>();
            db.query("SELECT name FROM gc_gone", r -> names.add(new ObjectName(Digest256.of(r.getBytes(1)))));
            return names;
        });
    }
}
