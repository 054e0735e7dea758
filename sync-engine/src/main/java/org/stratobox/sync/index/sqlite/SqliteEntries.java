package org.stratobox.sync.index.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.NameTag;
import org.stratobox.sync.index.sqlite.RowCodec.Place;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.TreeEntry;

/// Entries of folders.
final class SqliteEntries implements EntryIndex {
    private static final byte[] NAME_DOMAIN = "name:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ROOT_DOMAIN = "root:".getBytes(StandardCharsets.US_ASCII);
    private static final long NO_PARENT = 0;
    private static final Entry ROOT = new Entry(EntryKind.DIRECTORY, new FileId(new Id16(0, 0)), new Content.None(), 0,
            0, 0755, VersionVector.empty(), new DeviceId(new Id16(0, 0)), 0, Optional.empty());
    private static final String COLUMNS = "id,parent,tag,sealed,base,size,mtime,ctime,inode,mode,racy";
    private static final String BELOW = "WITH RECURSIVE below(id) AS (VALUES(?1) UNION ALL"
            + " SELECT e.id FROM entry e JOIN below b ON e.parent=b.id) ";

    private final Connected db;
    private final LocalKey key;
    private final RowCodec codec;
    /// Directories known to be dirty, so that a batch of puts climbs to the root once. Guarded by the connection's lock.
    private final Set<Long> dirty = new HashSet<>();

    SqliteEntries(Connected db, LocalKey key) {
        this.db = db;
        this.key = key;
        codec = new RowCodec(key);
    }

    /// After a rollback what was remembered may be wrong.
    void forgetCache() throws IndexException {
        db.run(dirty::clear);
    }

    @Override
    public long root(FolderId folder) throws IndexException {
        NameTag tag = rootTag(folder);
        return db.call(() -> {
            Optional<Long> known = find(NO_PARENT, tag);
            return known.isPresent()
                    ? known.get()
                    : insert(new Place(NO_PARENT, tag.id()), "root", Optional.of(ROOT), Optional.of(ROOT),
                            Evidence.ABSENT);
        });
    }

    private NameTag rootTag(FolderId folder) {
        return tag(ROOT_DOMAIN, folder.bytes());
    }

    @Override
    public NameTag tag(String name) {
        return tag(NAME_DOMAIN, name.getBytes(StandardCharsets.UTF_8));
    }

    private NameTag tag(byte[] domain, byte[] value) {
        byte[] message = Arrays.copyOf(domain, domain.length + value.length);
        System.arraycopy(value, 0, message, domain.length, value.length);
        return new NameTag(Id16.of(key.tag(message)));
    }

    private Optional<Long> find(long parent, NameTag tag) throws SQLException, IndexException {
        List<Long> found = new ArrayList<>(1);
        db.query("SELECT id FROM entry WHERE parent=? AND tag=?", r -> found.add(r.getLong(1)), parent,
                tag.id().bytes());
        return found.stream().findFirst();
    }

    @Override
    public Map<NameTag, Row> children(long directory) throws IndexException {
        return db.call(() -> {
            Map<NameTag, Row> rows = new HashMap<>();
            db.query("SELECT tag,kind,id,0,0,size,mtime,ctime,inode,mode,racy FROM entry WHERE parent=?",
                    r -> rows.put(new NameTag(Id16.of(r.getBytes(1))),
                            new Row(r.getLong(3), RowCodec.kind(r.getInt(2)), evidence(r))),
                    directory);
            return rows;
        });
    }

    @Override
    public Known known(long row) throws IndexException {
        return db.call(() -> {
            List<Known> found = new ArrayList<>(1);
            db.query("SELECT " + COLUMNS + " FROM entry WHERE id=?", r -> found.add(known(r)), row);
            return found.stream().findFirst().orElseThrow(SqliteEntries::noRow);
        });
    }

    @Override
    public Optional<Known> find(long directory, String name) throws IndexException {
        NameTag tag = tag(name);
        return db.call(() -> {
            List<Known> found = new ArrayList<>(1);
            db.query("SELECT " + COLUMNS + " FROM entry WHERE parent=? AND tag=?", r -> found.add(known(r)), directory,
                    tag.id().bytes());
            return found.stream().findFirst();
        });
    }

    private static IndexException noRow() {
        return new IndexException(Reason.FAILED, "the index has no such row");
    }

    @Override
    public Optional<Long> locate(FolderId folder, RelativePath path) throws IndexException {
        NameTag root = rootTag(folder);
        return db.call(() -> {
            Optional<Long> at = find(NO_PARENT, root);
            for (String name : path.names()) {
                at = at.isPresent() ? find(at.get(), tag(name)) : at;
            }
            return at;
        });
    }

    @Override
    public RelativePath path(long row) throws IndexException {
        return db.call(() -> {
            List<String> names = new ArrayList<>();
            long at = row;
            while (at != NO_PARENT) {
                List<Long> parent = new ArrayList<>(1);
                db.query("SELECT id,parent,tag,sealed FROM entry WHERE id=?", r -> {
                    parent.add(r.getLong(2));
                    if (r.getLong(2) != NO_PARENT) {
                        names.addFirst(state(r).name());
                    }
                }, at);
                at = parent.stream().findFirst().orElseThrow(SqliteEntries::noRow);
            }
            RelativePath path = RelativePath.ROOT;
            for (String name : names) {
                path = path.child(name);
            }
            return path;
        });
    }

    @Override
    public List<TreeEntry> loadChildren(long directory) throws IndexException {
        List<TreeEntry> children = db.call(() -> {
            List<TreeEntry> found = new ArrayList<>();
            db.query("SELECT id,parent,tag,sealed FROM entry WHERE parent=?", r -> found.add(state(r)), directory);
            return found;
        });
        children.removeIf(e -> e.subtree().isEmpty() && e.entry().filter(RowCodec::isKnown).isEmpty());
        children.sort(Comparator.comparing(e -> e.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        return children;
    }

    @Override
    public long put(long directory, TreeEntry entry, Evidence evidence) throws IndexException {
        return put(directory, entry.name(), entry.entry(), Side.BOTH, evidence);
    }

    @Override
    public long putState(long directory, String name, Entry state) throws IndexException {
        return put(directory, name, Optional.of(state), Side.STATE, Evidence.ABSENT);
    }

    @Override
    public long ensure(long directory, String name) throws IndexException {
        NameTag tag = tag(name);
        return db.call(() -> {
            Optional<Long> known = find(directory, tag);
            return known.isPresent()
                    ? known.get()
                    : insert(new Place(directory, tag.id()), name, Optional.empty(), Optional.empty(),
                            Evidence.ABSENT);
        });
    }

    /// Which side a put replaces.
    private enum Side {
        STATE,
        BOTH
    }

    private long put(long directory, String name, Optional<Entry> entry, Side side, Evidence evidence)
            throws IndexException {
        NameTag tag = tag(name);
        Place place = new Place(directory, tag.id());
        return db.call(() -> {
            markDirty(directory);
            List<Known> found = new ArrayList<>(1);
            Optional<Long> known = side == Side.BOTH ? find(directory, tag) : Optional.empty();
            if (side == Side.STATE) {
                db.query("SELECT " + COLUMNS + " FROM entry WHERE parent=? AND tag=?", r -> found.add(known(r)),
                        directory, tag.id().bytes());
                known = found.stream().map(Known::row).findFirst();
            }
            if (known.isEmpty()) {
                return insert(place, name, entry, side == Side.BOTH ? entry : Optional.empty(), evidence);
            }
            long row = known.get();
            if (side == Side.BOTH) {
                update(row, place, name, entry, evidence);
            } else {
                updateState(row, place, entry, found.getFirst());
            }
            return row;
        });
    }

    private long insert(Place place, String name, Optional<Entry> state, Optional<Entry> base, Evidence e)
            throws SQLException, IndexException {
        String columns = "INSERT INTO entry(parent,tag,kind,size,mtime,ctime,inode,mode,racy,state,dirty,sealed";
        Object[] values = {place.parent(), place.tag().bytes(), RowCodec.code(RowCodec.kind(base)), e.size(),
            e.mtimeNanos(),
            e.ctimeNanos(), e.fileKey(), e.mode(), e.racy(), RowCodec.code(RowCodec.kind(state)),
            RowCodec.kind(state) == EntryKind.DIRECTORY, codec.state(place, name, state, Optional.empty())};
        if (state.equals(base)) {
            return db.insert(columns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", values);
        }
        Object[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = codec.base(place, name, base);
        return db.insert(columns + ",base) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", more);
    }

    /// What took the place of a directory still has the tombstones of its children below it.
    private void update(long row, Place place, String name, Optional<Entry> entry, Evidence e) throws SQLException {
        int kind = RowCodec.code(RowCodec.kind(entry));
        db.update("UPDATE entry SET kind=?1,state=?1,size=?2,mtime=?3,ctime=?4,inode=?5,mode=?6,racy=?7,sealed=?8,"
                + "base=NULL,dirty=(?1=1 OR EXISTS(SELECT 1 FROM entry c WHERE c.parent=?9)) WHERE id=?9",
                kind, e.size(), e.mtimeNanos(), e.ctimeNanos(), e.fileKey(), e.mode(), e.racy(),
                codec.state(place, name, entry, Optional.empty()), row);
    }

    private void updateState(long row, Place place, Optional<Entry> state, Known before) throws SQLException {
        db.update("UPDATE entry SET state=?1,sealed=?2,"
                + "dirty=(?1=1 OR EXISTS(SELECT 1 FROM entry c WHERE c.parent=?3)) WHERE id=?3",
                RowCodec.code(RowCodec.kind(state)), codec.state(place, before.name(), state, Optional.empty()), row);
        storeBase(row, place, before.name(), before.base(), state);
    }

    private void storeBase(long row, Place place, String name, Optional<Entry> base, Optional<Entry> state)
            throws SQLException {
        if (base.equals(state)) {
            db.update("UPDATE entry SET base=NULL WHERE id=?", row);
        } else {
            db.update("UPDATE entry SET base=? WHERE id=?", codec.base(place, name, base), row);
        }
    }

    @Override
    public void putBase(long row, Optional<Entry> base, Evidence e) throws IndexException {
        Known before = known(row);
        db.run(() -> {
            db.update("UPDATE entry SET kind=?,size=?,mtime=?,ctime=?,inode=?,mode=?,racy=? WHERE id=?",
                    RowCodec.code(RowCodec.kind(base)), e.size(), e.mtimeNanos(), e.ctimeNanos(), e.fileKey(), e.mode(),
                    e.racy(), row);
            storeBase(row, place(row), before.name(), base, before.state());
        });
    }

    @Override
    public void replaceFileId(long row, FileId fileId) throws IndexException {
        Known known = known(row);
        Entry e = known.state().filter(_ -> known.isSettled()).orElseThrow(SqliteEntries::noRow);
        Entry renamed = new Entry(e.kind(), fileId, e.content(), e.size(), e.mtimeMillis(), e.mode(), e.version(),
                e.author(), e.wallMillis(), e.moved());
        db.run(() -> {
            Place place = place(row);
            markDirty(place.parent());
            update(row, place, known.name(), Optional.of(renamed), known.evidence());
        });
    }

    private Place place(long row) throws SQLException, IndexException {
        List<Place> found = new ArrayList<>(1);
        db.query("SELECT id,parent,tag FROM entry WHERE id=?", r -> found.add(place(r)), row);
        return found.stream().findFirst().orElseThrow(SqliteEntries::noRow);
    }

    /// A directory that is dirty already has dirty directories all the way up, so the climb stops there.
    private void markDirty(long directory) throws SQLException, IndexException {
        long at = directory;
        while (at != NO_PARENT && dirty.add(at)) {
            db.update("UPDATE entry SET dirty=1 WHERE id=?", at);
            at = place(at).parent();
        }
    }

    @Override
    public void forEachDifference(FolderId folder, DifferenceVisitor visitor) throws IndexException {
        new Differences(db, this).forEach(root(folder), visitor);
    }

    @Override
    public EntryKind stateKind(long row) throws IndexException {
        return db.call(() -> {
            List<EntryKind> found = new ArrayList<>(1);
            db.query("SELECT state FROM entry WHERE id=?", r -> found.add(RowCodec.kind(r.getInt(1))), row);
            return found.stream().findFirst().orElseThrow(SqliteEntries::noRow);
        });
    }

    @Override
    public boolean hasLiveBelow(long row) throws IndexException {
        return db.call(() -> {
            List<Boolean> found = new ArrayList<>(1);
            db.query(BELOW + "SELECT EXISTS(SELECT 1 FROM entry e JOIN below b ON e.parent=b.id WHERE e.state<3)",
                    r -> found.add(r.getBoolean(1)), row);
            return found.getFirst();
        });
    }

    @Override
    public List<RelativePath> liveBelow(long row) throws IndexException {
        List<Long> rows = new ArrayList<>();
        db.run(() -> db.query(BELOW + "SELECT e.id FROM entry e JOIN below b ON e.parent=b.id WHERE e.state<3",
                r -> rows.add(r.getLong(1)), row));
        List<RelativePath> paths = new ArrayList<>(rows.size());
        for (long live : rows) {
            paths.add(path(live));
        }
        return paths;
    }

    @Override
    public void touch(long row, Evidence e) throws IndexException {
        db.call(() -> db.update("UPDATE entry SET size=?,mtime=?,ctime=?,inode=?,mode=?,racy=? WHERE id=?", e.size(),
                e.mtimeNanos(), e.ctimeNanos(), e.fileKey(), e.mode(), e.racy(), row));
    }

    @Override
    public List<Long> dirtyChildren(long directory) throws IndexException {
        return db.call(() -> {
            List<Long> rows = new ArrayList<>();
            db.query("SELECT id FROM entry WHERE parent=? AND dirty=1", r -> rows.add(r.getLong(1)),
                    directory);
            return rows;
        });
    }

    @Override
    public Optional<Capability> subtree(long directory) throws IndexException {
        return db.call(() -> {
            List<TreeEntry> clean = new ArrayList<>(1);
            db.query("SELECT id,parent,tag,sealed FROM entry WHERE id=? AND dirty=0", r -> clean.add(state(r)),
                    directory);
            return clean.stream().findFirst().flatMap(TreeEntry::subtree);
        });
    }

    @Override
    public void setSubtree(long directory, Capability tree) throws IndexException {
        db.run(() -> {
            dirty.remove(directory);
            List<byte[]> sealed = new ArrayList<>(1);
            db.query("SELECT id,parent,tag,sealed FROM entry WHERE id=?", r -> {
                TreeEntry old = state(r);
                sealed.add(codec.state(place(r), old.name(), old.entry(), Optional.of(tree)));
            }, directory);
            for (byte[] value : sealed) {
                db.update("UPDATE entry SET dirty=0,sealed=? WHERE id=?", value, directory);
            }
        });
    }

    @Override
    public void markAllDirty() throws IndexException {
        db.call(() -> {
            dirty.clear();
            return db.update("UPDATE entry SET dirty=1 WHERE state=1 OR id IN (SELECT parent FROM entry)");
        });
    }

    @Override
    public Totals totals(FolderId folder) throws IndexException {
        long root = root(folder);
        return db.call(() -> {
            List<Totals> sum = new ArrayList<>(1);
            db.query(
                    "WITH RECURSIVE below(id) AS (VALUES(?1) UNION ALL SELECT e.id FROM entry e JOIN below b ON e.parent=b.id WHERE e.kind=1)"
                            + " SELECT count(*),coalesce(sum(e.size),0) FROM entry e JOIN below b ON e.parent=b.id WHERE e.kind IN (0,2)",
                    r -> sum.add(new Totals(r.getLong(1), r.getLong(2))), root);
            return sum.get(0);
        });
    }

    @Override
    public void forget(FolderId folder) throws IndexException {
        long root = root(folder);
        db.call(() -> {
            dirty.clear();
            return db.update(BELOW + "DELETE FROM entry WHERE id IN (SELECT id FROM below)", root);
        });
    }

    /// @param r all of [#COLUMNS]
    private Known known(ResultSet r) throws SQLException, IndexException {
        TreeEntry stored = state(r);
        Optional<Entry> state = stored.entry().filter(RowCodec::isKnown);
        byte[] apart = r.getBytes(5);
        Optional<Entry> base = apart == null ? state : codec.openBase(place(r), apart);
        return new Known(r.getLong(1), stored.name(), base, evidence(r), state);
    }

    /// @param r columns id, parent, tag, sealed
    private TreeEntry state(ResultSet r) throws SQLException, IndexException {
        return codec.openState(place(r), r.getBytes(4));
    }

    private static Place place(ResultSet r) throws SQLException {
        return new Place(r.getLong(2), Id16.of(r.getBytes(3)));
    }

    private static Evidence evidence(ResultSet r) throws SQLException {
        return new Evidence(r.getLong(6), r.getLong(7), r.getLong(8), r.getLong(9), r.getInt(10), r.getInt(11) != 0);
    }
}
