package org.stratobox.sync.index.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.PassTable;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeObject;

/// Passes. A sealed change is `path length u16, path, length of the leaf before u32, leaf before, leaf after`, where a leaf
/// is a tree leaf with the one entry, or nothing.
final class SqlitePasses implements PassTable {
    private static final byte[] TAG_DOMAIN = "pass-path:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ROW_AAD = "pass-change".getBytes(StandardCharsets.US_ASCII);
    private static final String COLUMNS = "id,wall,folder,cause,device,undone,created,changed,deleted,complete";
    private static final byte[] NONE = new byte[0];

    private final Connected db;
    private final LocalKey key;

    SqlitePasses(Connected db, LocalKey key) {
        this.db = db;
        this.key = key;
    }

    @Override
    public long begin(Pass pass) throws IndexException {
        return db.call(() -> {
            long id = db.insert(
                    "INSERT INTO pass(wall,folder,cause,created,changed,deleted,complete) VALUES(?,?,?,0,0,0,1)",
                    pass.wallMillis(), pass.folder().bytes(), code(pass.cause()));
            if (pass.device().isPresent()) {
                db.update("UPDATE pass SET device=? WHERE id=?", pass.device().get().bytes(), id);
            }
            if (pass.undone().isPresent()) {
                db.update("UPDATE pass SET undone=? WHERE id=?", pass.undone().get(), id);
            }
            return id;
        });
    }

    @Override
    public void add(long pass, PathChange change) throws IndexException {
        if (!change.isVisible()) {
            return;
        }
        byte[] tag = tag(change.path());
        db.run(() -> {
            List<PathChange> earlier = new ArrayList<>(1);
            db.query("SELECT sealed FROM pass_change WHERE pass=? AND tag=?",
                    r -> earlier.add(open(pass, tag, r.getBytes(1))), pass, tag);
            PathChange whole = earlier.isEmpty()
                    ? change
                    : new PathChange(change.path(), earlier.getFirst().before(), change.after());
            for (PathChange old : earlier) {
                count(pass, old, -1);
            }
            if (isFull(pass) && earlier.isEmpty()) {
                db.update("UPDATE pass SET complete=0 WHERE id=?", pass);
                // half of what it did would undo to something that never was
                db.update("DELETE FROM pass_change WHERE pass=?", pass);
            } else {
                db.update("INSERT INTO pass_change(pass,tag,sealed) VALUES(?,?,?)"
                        + " ON CONFLICT(pass,tag) DO UPDATE SET sealed=excluded.sealed", pass, tag,
                        seal(pass, tag, whole));
            }
            count(pass, whole, 1);
        });
    }

    /// The counts tell how many changes there are, without counting rows each time.
    private boolean isFull(long pass) throws SQLException, IndexException {
        boolean[] full = {false};
        db.query("SELECT complete=0 OR created+changed+deleted>=? FROM pass WHERE id=?",
                r -> full[0] = r.getInt(1) != 0, MAX_CHANGES, pass);
        return full[0];
    }

    private void count(long pass, PathChange change, int by) throws SQLException {
        if (change.isVisible()) {
            String column = !change.wasLive() ? "created" : change.isLive() ? "changed" : "deleted";
            db.update("UPDATE pass SET " + column + "=" + column + "+? WHERE id=?", by, pass);
        }
    }

    @Override
    public Optional<Pass> find(long pass) throws IndexException {
        return db.call(() -> {
            List<Pass> found = new ArrayList<>(1);
            db.query("SELECT " + COLUMNS + " FROM pass WHERE id=?", r -> found.add(read(r)), pass);
            return found.stream().findFirst();
        });
    }

    @Override
    public List<Pass> list(Filter filter) throws IndexException {
        return db.call(() -> {
            List<Pass> all = new ArrayList<>();
            db.query("SELECT " + COLUMNS + " FROM pass WHERE wall>=? ORDER BY id DESC", r -> all.add(read(r)),
                    filter.sinceMillis());
            List<Pass> out = new ArrayList<>();
            for (Pass pass : all) {
                if (out.size() < filter.limit() && isWanted(pass, filter)) {
                    out.add(pass);
                }
            }
            return out;
        });
    }

    private boolean isWanted(Pass pass, Filter filter) throws IndexException {
        return filter.folder().filter(f -> !f.equals(pass.folder())).isEmpty()
                && filter.causes().contains(pass.cause())
                && (filter.below().isRoot() || changes(pass.id()).stream().anyMatch(
                        c -> c.path().equals(filter.below()) || c.path().isBelow(filter.below())));
    }

    @Override
    public List<PathChange> changes(long pass) throws IndexException {
        return db.call(() -> {
            List<PathChange> out = new ArrayList<>();
            db.query("SELECT tag,sealed FROM pass_change WHERE pass=?",
                    r -> out.add(open(pass, r.getBytes(1), r.getBytes(2))), pass);
            out.removeIf(c -> !c.isVisible());
            out.sort(Comparator.comparing(PathChange::path));
            return out;
        });
    }

    @Override
    public void prune(long beforeMillis, long keepChanges) throws IndexException {
        db.run(() -> {
            db.update("DELETE FROM pass WHERE wall<? AND id<>(SELECT max(id) FROM pass)", beforeMillis);
            // a pass is kept with all of its changes or with none
            db.update("DELETE FROM pass WHERE id<>(SELECT max(id) FROM pass) AND id<=(SELECT coalesce(max(id),0) FROM"
                    + " (SELECT id,sum(complete*(created+changed+deleted)) OVER (ORDER BY id DESC) AS below FROM pass)"
                    + " WHERE below>?)", keepChanges);
        });
    }

    private static Pass read(ResultSet r) throws SQLException, IndexException {
        Optional<DeviceId> device = Optional.ofNullable(r.getBytes(5)).map(DeviceId::of);
        long number = r.getLong(6);
        Optional<Long> undone = r.wasNull() ? Optional.empty() : Optional.of(number);
        return new Pass(r.getLong(1), r.getLong(2), new FolderId(Id16.of(r.getBytes(3))), cause(r.getInt(4)),
                device, undone,
                new Counts(r.getLong(7), r.getLong(8), r.getLong(9)), r.getInt(10) != 0);
    }

    private static int code(Cause cause) {
        return switch (cause) {
            case LOCAL -> 0;
            case DEVICE -> 1;
            case UNDO -> 2;
            case PUT_BACK -> 3;
        };
    }

    private static Cause cause(int code) throws IndexException {
        return switch (code) {
            case 0 -> Cause.LOCAL;
            case 1 -> Cause.DEVICE;
            case 2 -> Cause.UNDO;
            case 3 -> Cause.PUT_BACK;
            default -> throw new IndexException(Reason.UNUSABLE, "the index names an unknown cause");
        };
    }

    private byte[] tag(RelativePath path) {
        byte[] text = path.text().getBytes(StandardCharsets.UTF_8);
        return key.tag(ByteBuffer.allocate(TAG_DOMAIN.length + text.length).put(TAG_DOMAIN).put(text).array());
    }

    /// Binds a change to its row: who can write the file cannot move changes about.
    private static byte[] place(long pass, byte[] tag) {
        return ByteBuffer.allocate(ROW_AAD.length + Long.BYTES + tag.length).put(ROW_AAD).putLong(pass).put(tag)
                .array();
    }

    private byte[] seal(long pass, byte[] tag, PathChange change) {
        byte[] path = change.path().text().getBytes(StandardCharsets.UTF_8);
        byte[] before = leaf(change.path(), change.before());
        byte[] after = leaf(change.path(), change.after());
        return key.seal(ByteBuffer.allocate(2 + path.length + 4 + before.length + after.length)
                .putShort((short) path.length).put(path).putInt(before.length).put(before).put(after).array(),
                place(pass, tag));
    }

    private static byte[] leaf(RelativePath path, Optional<Entry> entry) {
        return entry.map(e -> new TreeObject.Leaf(List.of(TreeEntry.of(path.name(), e))).encode()).orElse(NONE);
    }

    private PathChange open(long pass, byte[] tag, byte[] sealed) throws IndexException {
        try {
            ByteBuffer in = ByteBuffer.wrap(key.open(sealed, place(pass, tag)));
            byte[] path = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(path);
            byte[] before = new byte[in.getInt()];
            in.get(before);
            byte[] after = new byte[in.remaining()];
            in.get(after);
            return new PathChange(RelativePath.parse(new String(path, StandardCharsets.UTF_8)), entry(before),
                    entry(after));
        } catch (CryptoException | ObjectException | NameException e) {
            throw new IndexException(Reason.UNUSABLE, "a row of the index does not open", e);
        }
    }

    private static Optional<Entry> entry(byte[] leaf) throws ObjectException, IndexException {
        if (leaf.length == 0) {
            return Optional.empty();
        }
        if (TreeObject.decode(leaf) instanceof TreeObject.Leaf one && one.entries().size() == 1) {
            return one.entries().getFirst().entry();
        }
        throw new IndexException(Reason.UNUSABLE, "a row of the index is not one entry");
    }
}
