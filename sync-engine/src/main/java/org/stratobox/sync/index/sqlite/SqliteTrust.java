package org.stratobox.sync.index.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.TrustTable;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;

/// Accepted heads, alarms, sightings and own counters. Labels of devices are sealed as names of files are.
final class SqliteTrust implements TrustTable {
    private static final int ID = 16;

    private final Connected db;
    private final LocalKey key;

    SqliteTrust(Connected db, LocalKey key) {
        this.db = db;
        this.key = key;
    }

    @Override
    public Map<DeviceId, byte[]> accepted() throws IndexException {
        return db.call(() -> {
            Map<DeviceId, byte[]> all = new HashMap<>();
            db.query("SELECT device,envelope FROM accepted_head",
                    r -> all.put(DeviceId.of(r.getBytes(1)), r.getBytes(2)));
            return all;
        });
    }

    @Override
    public void accept(DeviceId device, byte[] envelope) throws IndexException {
        db.call(() -> db.update("INSERT INTO accepted_head(device,envelope) VALUES(?,?)"
                + " ON CONFLICT(device) DO UPDATE SET envelope=excluded.envelope", device.bytes(), envelope));
    }

    @Override
    public List<RaisedAlarm> alarms() throws IndexException {
        return db.call(() -> {
            List<RaisedAlarm> all = new ArrayList<>();
            db.query("SELECT id,kind,since,acknowledged,settled,sealed FROM alarm ORDER BY since,id", r -> {
                String id = r.getString(1);
                ByteBuffer sealed = ByteBuffer.wrap(open(id, r.getBytes(6)));
                Optional<DeviceId> device = sealed.get() == 1 ? Optional.of(device(sealed)) : Optional.empty();
                String subject = text(sealed);
                all.add(new RaisedAlarm(id, r.getString(2), subject, text(sealed), device, r.getLong(3),
                        r.getLong(4) != 0, r.getLong(5) != 0));
            });
            return all;
        });
    }

    @Override
    public void raise(RaisedAlarm alarm) throws IndexException {
        db.call(() -> db.update("INSERT INTO alarm(id,kind,since,acknowledged,settled,sealed) VALUES(?,?,?,0,0,?)"
                + " ON CONFLICT(id) DO UPDATE SET sealed=excluded.sealed,"
                + " since=CASE settled WHEN 1 THEN excluded.since ELSE since END,"
                + " acknowledged=CASE settled WHEN 1 THEN 0 ELSE acknowledged END, settled=0", alarm.id(),
                alarm.kind(), alarm.sinceMillis(), sealed(alarm)));
    }

    @Override
    public void acknowledge(String id) throws IndexException {
        db.call(() -> db.update("UPDATE alarm SET acknowledged=1 WHERE id=?", id));
    }

    @Override
    public void settle(String id) throws IndexException {
        db.call(() -> db.update("UPDATE alarm SET settled=1 WHERE id=?", id));
    }

    @Override
    public void sighted(NodeId node, long wallMillis) throws IndexException {
        db.call(() -> db.update("INSERT INTO stale_sight(node,wall) VALUES(?,?) ON CONFLICT DO NOTHING", node.bytes(),
                wallMillis));
    }

    @Override
    public int sightings(NodeId node, long sinceMillis) throws IndexException {
        return db.call(() -> {
            db.update("DELETE FROM stale_sight WHERE wall<?", sinceMillis);
            List<Long> seen = new ArrayList<>();
            db.query("SELECT wall FROM stale_sight WHERE node=?", r -> seen.add(r.getLong(1)), node.bytes());
            return seen.size();
        });
    }

    @Override
    public void counterAt(long seq, long counter) throws IndexException {
        db.call(() -> db.update("INSERT INTO own_counter(seq,counter) VALUES(?,?)"
                + " ON CONFLICT(seq) DO UPDATE SET counter=excluded.counter", seq, counter));
    }

    @Override
    public OptionalLong counterAt(long seq) throws IndexException {
        return db.call(() -> {
            List<Long> found = new ArrayList<>(1);
            db.query("SELECT counter FROM own_counter WHERE seq=?", r -> found.add(r.getLong(1)), seq);
            return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getFirst());
        });
    }

    @Override
    public void forgetCounters() throws IndexException {
        db.call(() -> db.update("DELETE FROM own_counter"));
    }

    private byte[] sealed(RaisedAlarm alarm) {
        byte[] subject = alarm.subject().getBytes(StandardCharsets.UTF_8);
        byte[] words = alarm.words().getBytes(StandardCharsets.UTF_8);
        byte[] device = alarm.device().map(DeviceId::bytes).orElse(new byte[0]);
        ByteBuffer plain = ByteBuffer.allocate(1 + device.length + 8 + subject.length + words.length);
        plain.put((byte) (device.length == 0 ? 0 : 1)).put(device);
        plain.putInt(subject.length).put(subject).putInt(words.length).put(words);
        return key.seal(plain.array(), place(alarm.id()));
    }

    private byte[] open(String id, byte[] sealed) throws IndexException {
        try {
            return key.open(sealed, place(id));
        } catch (CryptoException e) {
            throw new IndexException(Reason.UNUSABLE, "a row of the index does not open", e);
        }
    }

    private static byte[] place(String id) {
        return ("alarm\0" + id).getBytes(StandardCharsets.UTF_8);
    }

    private static DeviceId device(ByteBuffer in) {
        byte[] id = new byte[ID];
        in.get(id);
        return DeviceId.of(id);
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
