package org.stratobox.sync.index.sqlite;

import java.nio.ByteBuffer;
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

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.NameTag;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeObject;

/// Entries of folders. The sealed value of a row is a tree leaf with this one entry, so the index can hold nothing that the
/// format cannot.
final class SqliteEntries implements EntryIndex {
    private static final byte[] ROW_AAD = "entry".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME_DOMAIN = "name:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ROOT_DOMAIN = "root:".getBytes(StandardCharsets.US_ASCII);
    private static final long NO_PARENT = 0;
    private static final Entry ROOT = new Entry(EntryKind.DIRECTORY, new FileId(new Id16(0, 0)), new Content.None(), 0,
            0,
            0755, VersionVector.empty(), new DeviceId(new Id16(0, 0)), 0, Optional.empty());

    private final Connected db;
    private final LocalKey key;
    /// Directories known to be dirty, so that a batch of puts climbs to the root once. Guarded by the connection's lock.
    private final Set<Long> dirty = new HashSet<>();

    SqliteEntries(Connected db, LocalKey key) {
        this.db = db;
        this.key = key;
    }

    /// After a rollback what was remembered may be wrong.
    void forgetCache() throws IndexException {
        db.run(dirty::clear);
    }

    @Override
    public long root(FolderId folder) throws IndexException {
        NameTag tag = tag(ROOT_DOMAIN, folder.bytes());
        return db.call(() -> {
            Optional<Long> known = find(NO_PARENT, tag);
            return known.isPresent()
                    ? known.get()
                    : insert(NO_PARENT, tag, TreeEntry.of("root", ROOT), Evidence.ABSENT);
        });
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
            db.query("SELECT id,tag,kind,size,mtime,ctime,inode,mode,racy FROM entry WHERE parent=?",
                    r -> rows.put(new NameTag(Id16.of(r.getBytes(2))),
                            new Row(r.getLong(1), kind(r.getInt(3)), new Evidence(r.getLong(4), r.getLong(5),
                                    r.getLong(6), r.getLong(7), r.getInt(8), r.getInt(9) != 0))),
                    directory);
            return rows;
        });
    }

    @Override
    public TreeEntry load(long row) throws IndexException {
        return db.call(() -> {
            List<TreeEntry> found = new ArrayList<>(1);
            db.query("SELECT sealed,parent,tag FROM entry WHERE id=?", r -> found.add(open(r)), row);
            return found.stream().findFirst()
                    .orElseThrow(() -> new IndexException(Reason.FAILED, "the index has no such row"));
        });
    }

    @Override
    public List<TreeEntry> loadChildren(long directory) throws IndexException {
        List<TreeEntry> children = db.call(() -> {
            List<TreeEntry> found = new ArrayList<>();
            db.query("SELECT sealed,parent,tag FROM entry WHERE parent=?", r -> found.add(open(r)), directory);
            return found;
        });
        children.sort(Comparator.comparing(e -> e.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        return children;
    }

    @Override
    public long put(long directory, TreeEntry entry, Evidence evidence) throws IndexException {
        NameTag tag = tag(entry.name());
        return db.call(() -> {
            Optional<Long> known = find(directory, tag);
            TreeEntry plain = new TreeEntry(entry.name(), entry.entry(), Optional.empty());
            long row;
            if (known.isPresent()) {
                row = known.get();
                update(row, place(directory, tag.id().bytes()), plain, evidence);
            } else {
                row = insert(directory, tag, plain, evidence);
            }
            markDirty(directory);
            return row;
        });
    }

    private long insert(long parent, NameTag tag, TreeEntry entry, Evidence e) throws SQLException, IndexException {
        return db.insert(
                "INSERT INTO entry(parent,tag,kind,size,mtime,ctime,inode,mode,racy,dirty,sealed) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                parent, tag.id().bytes(), code(kind(entry)), e.size(), e.mtimeNanos(), e.ctimeNanos(), e.fileKey(),
                e.mode(), e.racy(), kind(entry) == EntryKind.DIRECTORY, seal(place(parent, tag.id().bytes()), entry));
    }

    /// What took the place of a directory still has the tombstones of its children below it.
    private void update(long row, byte[] place, TreeEntry entry, Evidence e) throws SQLException {
        db.update("UPDATE entry SET kind=?1,size=?2,mtime=?3,ctime=?4,inode=?5,mode=?6,racy=?7,sealed=?8,"
                + "dirty=(?9 OR EXISTS(SELECT 1 FROM entry c WHERE c.parent=?10)) WHERE id=?10",
                code(kind(entry)), e.size(), e.mtimeNanos(), e.ctimeNanos(), e.fileKey(), e.mode(), e.racy(),
                seal(place, entry), kind(entry) == EntryKind.DIRECTORY, row);
    }

    private static EntryKind kind(TreeEntry entry) {
        return entry.entry().map(Entry::kind)
                .orElseThrow(() -> new IllegalArgumentException("a row needs an entry"));
    }

    /// A directory that is dirty already has dirty directories all the way up, so the climb stops there.
    private void markDirty(long directory) throws SQLException, IndexException {
        long at = directory;
        while (at != NO_PARENT && dirty.add(at)) {
            db.update("UPDATE entry SET dirty=1 WHERE id=?", at);
            at = parent(at);
        }
    }

    private long parent(long row) throws SQLException, IndexException {
        List<Long> found = new ArrayList<>(1);
        db.query("SELECT parent FROM entry WHERE id=?", r -> found.add(r.getLong(1)), row);
        return found.isEmpty() ? NO_PARENT : found.get(0);
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
            db.query("SELECT sealed,parent,tag FROM entry WHERE id=? AND dirty=0", r -> clean.add(open(r)), directory);
            return clean.stream().findFirst().flatMap(TreeEntry::subtree);
        });
    }

    @Override
    public void setSubtree(long directory, Capability tree) throws IndexException {
        db.run(() -> {
            dirty.remove(directory);
            List<byte[]> sealed = new ArrayList<>(1);
            db.query("SELECT sealed,parent,tag FROM entry WHERE id=?", r -> {
                TreeEntry old = open(r);
                sealed.add(seal(place(r.getLong(2), r.getBytes(3)),
                        new TreeEntry(old.name(), old.entry(), Optional.of(tree))));
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
            return db.update("UPDATE entry SET dirty=1 WHERE kind=1 OR id IN (SELECT parent FROM entry)");
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
            return db.update(
                    "WITH RECURSIVE below(id) AS (VALUES(?1) UNION ALL SELECT e.id FROM entry e JOIN below b ON e.parent=b.id)"
                            + " DELETE FROM entry WHERE id IN (SELECT id FROM below)",
                    root);
        });
    }

    /// Binds a value to its row's place: who can write the file cannot move entries about.
    private static byte[] place(long parent, byte[] tag) {
        return ByteBuffer.allocate(ROW_AAD.length + Long.BYTES + tag.length).put(ROW_AAD).putLong(parent).put(tag)
                .array();
    }

    private byte[] seal(byte[] place, TreeEntry entry) {
        return key.seal(new TreeObject.Leaf(List.of(entry)).encode(), place);
    }

    /// @param r columns sealed, parent, tag
    private TreeEntry open(ResultSet r) throws SQLException, IndexException {
        try {
            if (TreeObject
                    .decode(key.open(r.getBytes(1), place(r.getLong(2), r.getBytes(3)))) instanceof TreeObject.Leaf leaf
                    && leaf.entries().size() == 1) {
                return leaf.entries().get(0);
            }
            throw new IndexException(Reason.UNUSABLE, "a row of the index is not one entry");
        } catch (CryptoException | ObjectException e) {
            throw new IndexException(Reason.UNUSABLE, "a row of the index does not open", e);
        }
    }

    private static int code(EntryKind kind) {
        return switch (kind) {
            case FILE -> 0;
            case DIRECTORY -> 1;
            case SYMLINK -> 2;
            case TOMBSTONE -> 3;
        };
    }

    private static EntryKind kind(int code) throws IndexException {
        return switch (code) {
            case 0 -> EntryKind.FILE;
            case 1 -> EntryKind.DIRECTORY;
            case 2 -> EntryKind.SYMLINK;
            case 3 -> EntryKind.TOMBSTONE;
            default -> throw new IndexException(Reason.UNUSABLE, "the index names an unknown kind");
        };
    }
}
