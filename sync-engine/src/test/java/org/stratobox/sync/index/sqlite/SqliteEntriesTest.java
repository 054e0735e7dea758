package org.stratobox.sync.index.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.EntryIndex.Totals;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.NameTag;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.TreeEntry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SqliteEntriesTest {
    private static final FolderId FOLDER = new FolderId(new Id16(1, 1));
    private static final FolderId OTHER = new FolderId(new Id16(2, 2));
    private static final DeviceId DEVICE = new DeviceId(new Id16(3, 3));
    private static final Evidence SEEN = new Evidence(5, 123_456_789_012L, 2, 3, 0644, false);

    @TempDir
    Path base;

    private SyncIndex index;
    private EntryIndex entries;

    @BeforeEach
    void open() throws IndexException {
        index = SqliteIndexTest.open(base);
        entries = index.entries();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void reopen() throws IndexException {
        index.close();
        open();
    }

    private static TreeEntry entry(String name, EntryKind kind, Content content, long size) {
        return TreeEntry.of(name, new Entry(kind, new FileId(new Id16(9, name.hashCode())), content, size, 77, 0644,
                VersionVector.of(DEVICE, 5), DEVICE, 88, Optional.empty()));
    }

    private static TreeEntry directory(String name) {
        return entry(name, EntryKind.DIRECTORY, new Content.None(), 0);
    }

    private static TreeEntry file(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return entry(name, EntryKind.FILE, new Content.Inline(bytes), bytes.length);
    }

    private static TreeEntry tombstone(String name) {
        return entry(name, EntryKind.TOMBSTONE, new Content.None(), 0);
    }

    private static Capability tree(int i) {
        return new Capability(new Cid(new Digest256(i, 0, 0, i)), Secret.takeOwnership(new byte[32]));
    }

    private long put(long parent, TreeEntry entry) throws IndexException {
        return entries.put(parent, entry, SEEN);
    }

    private TreeEntry load(long row) throws IndexException {
        EntryIndex.Known known = entries.known(row);
        return new TreeEntry(known.name(), known.state(), entries.subtree(row));
    }

    @Test
    void entriesComeBackAfterReopening() throws Exception {
        long root = entries.root(FOLDER);
        long directory = put(root, directory("documents"));
        long text = put(directory, file("a.txt", "hello"));
        long link = put(directory, entry("link", EntryKind.SYMLINK, new Content.Link("a.txt"), 0));
        reopen();
        assertEquals(root, entries.root(FOLDER));
        assertEquals(file("a.txt", "hello"), load(text));
        assertEquals(List.of(file("a.txt", "hello"), entry("link", EntryKind.SYMLINK, new Content.Link("a.txt"), 0)),
                entries.loadChildren(directory));
        Map<NameTag, Row> children = entries.children(directory);
        assertEquals(2, children.size());
        assertEquals(new Row(text, EntryKind.FILE, SEEN), children.get(entries.tag("a.txt")));
        assertEquals(new Row(link, EntryKind.SYMLINK, SEEN), children.get(entries.tag("link")));
    }

    @Test
    void childrenAreSortedByTheBytesOfTheirNames() throws Exception {
        long root = entries.root(FOLDER);
        List<String> sorted = List.of("A", "a", "a.", "b", "\u00e9", "\uffee", "\ud83d\ude00");
        for (String name : sorted.reversed()) {
            put(root, file(name, name));
        }
        assertEquals(sorted, entries.loadChildren(root).stream().map(TreeEntry::name).toList());
    }

    @Test
    void foldersHaveRootsOfTheirOwn() throws Exception {
        long root = entries.root(FOLDER);
        long other = entries.root(OTHER);
        assertNotEquals(root, other);
        put(root, file("x", "in one"));
        assertTrue(entries.children(other).isEmpty());
    }

    @Test
    void putReplacesAndKeepsTheRow() throws Exception {
        long root = entries.root(FOLDER);
        long row = put(root, file("x", "one"));
        Evidence later = new Evidence(6, 2, 3, 4, 0600, true);
        assertEquals(row, entries.put(root, file("x", "second"), later));
        assertEquals(file("x", "second"), load(row));
        assertEquals(Map.of(entries.tag("x"), new Row(row, EntryKind.FILE, later)), entries.children(root));
    }

    @Test
    void touchChangesEvidenceOnly() throws Exception {
        long root = entries.root(FOLDER);
        long row = put(root, file("x", "one"));
        entries.setSubtree(root, tree(1));
        Evidence later = new Evidence(3, 9, 9, 9, 0600, true);
        entries.touch(row, later);
        assertEquals(new Row(row, EntryKind.FILE, later), entries.children(root).get(entries.tag("x")));
        assertEquals(file("x", "one"), load(row));
        assertEquals(Optional.of(tree(1).cid()), entries.subtree(root).map(Capability::cid));
    }

    @Test
    void changeMarksTheDirectoriesAboveAndNoOthers() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        long deep = put(a, directory("deep"));
        long b = put(root, directory("b"));
        clean(deep, a, b, root);
        assertEquals(List.of(), entries.dirtyChildren(root));
        put(deep, file("x", "new"));
        assertEquals(Optional.empty(), entries.subtree(root));
        assertEquals(Optional.empty(), entries.subtree(a));
        assertEquals(Optional.empty(), entries.subtree(deep));
        assertEquals(Optional.of(tree((int) b).cid()), entries.subtree(b).map(Capability::cid));
        assertEquals(List.of(a), entries.dirtyChildren(root));
        assertEquals(List.of(deep), entries.dirtyChildren(a));
    }

    private void clean(long... directories) throws IndexException {
        for (long directory : directories) {
            entries.setSubtree(directory, tree((int) directory));
        }
    }

    @Test
    void changeMarksTheDirectoriesAboveAgainAfterTheyWereSealed() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        long deep = put(a, directory("deep"));
        for (int i = 0; i < 3; i++) {
            put(deep, file("x", "version " + i));
            assertEquals(Optional.empty(), entries.subtree(root));
            assertEquals(List.of(deep), entries.dirtyChildren(a));
            clean(deep, a, root);
            assertTrue(entries.subtree(root).isPresent());
        }
    }

    @Test
    void changeAfterRolledBackOneStillMarksTheDirectoriesAbove() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        clean(a, root);
        assertThrows(IndexException.class, () -> index.transact(() -> {
            put(a, file("x", "never"));
            throw new IndexException(IndexException.Reason.FAILED, "thrown by the test");
        }));
        assertTrue(entries.subtree(root).isPresent());
        assertTrue(entries.children(a).isEmpty());
        index.transact(() -> put(a, file("x", "now")));
        assertEquals(Optional.empty(), entries.subtree(root));
        assertEquals(List.of(a), entries.dirtyChildren(root));
    }

    @Test
    void markAllDirtyMarksEveryDirectory() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        put(a, file("x", "x"));
        clean(a, root);
        reopen();
        entries.markAllDirty();
        assertEquals(Optional.empty(), entries.subtree(root));
        assertEquals(List.of(a), entries.dirtyChildren(root));
        clean(a, root);
        put(a, file("y", "y"));
        assertEquals(List.of(a), entries.dirtyChildren(root));
    }

    @Test
    void tombstoneInPlaceOfDirectoryKeepsWhatIsBelow() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        long x = put(a, file("x", "x"));
        clean(a, root);
        put(a, tombstone("x"));
        assertEquals(a, put(root, tombstone("a")));
        assertEquals(List.of(tombstone("x")), entries.loadChildren(a));
        assertEquals(tombstone("x"), load(x));
        assertEquals(List.of(a), entries.dirtyChildren(root), "its tombstones have to be sealed");
        clean(a, root);
        assertTrue(entries.subtree(a).isPresent());
        assertEquals(EntryKind.TOMBSTONE, load(a).entry().orElseThrow().kind());
    }

    @Test
    void fileInPlaceOfDirectoryKeepsTheTombstonesBelow() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        put(a, tombstone("x"));
        clean(a, root);
        assertEquals(a, put(root, file("a", "a file now")));
        assertEquals(List.of(tombstone("x")), entries.loadChildren(a));
        assertEquals(List.of(a), entries.dirtyChildren(root));
    }

    @Test
    void totalsCountLiveFilesAndLinks() throws Exception {
        assertEquals(new Totals(0, 0), entries.totals(FOLDER));
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        entries.put(a, file("x", "x"), new Evidence(10, 0, 0, 0, 0, false));
        entries.put(root, file("y", "y"), new Evidence(7, 0, 0, 0, 0, false));
        entries.put(a, tombstone("gone"), Evidence.ABSENT);
        entries.put(entries.root(OTHER), file("z", "z"), new Evidence(1000, 0, 0, 0, 0, false));
        assertEquals(new Totals(2, 17), entries.totals(FOLDER));
    }

    @Test
    void forgetTakesOneFolderAndLeavesTheOthers() throws Exception {
        long a = put(entries.root(FOLDER), directory("a"));
        put(a, file("x", "x"));
        put(entries.root(OTHER), file("y", "y"));
        entries.forget(FOLDER);
        assertEquals(new Totals(0, 0), entries.totals(FOLDER));
        assertTrue(entries.children(entries.root(FOLDER)).isEmpty());
        assertEquals(1, entries.children(entries.root(OTHER)).size());
        assertEquals("3", SqliteIndexTest.ask(base, "SELECT count(*) FROM entry"));
    }

    @Test
    void rowThatWasMovedElsewhereDoesNotOpen() throws Exception {
        long root = entries.root(FOLDER);
        long a = put(root, directory("a"));
        long x = put(root, file("x", "x"));
        long y = put(root, file("y", "y"));
        index.close();
        SqliteIndexTest.sql(base, "UPDATE entry SET parent=" + a + " WHERE id=" + x,
                "UPDATE entry SET sealed=(SELECT sealed FROM entry WHERE id=" + x + ") WHERE id=" + y);
        open();
        for (long moved : new long[]{x, y}) {
            IndexException e = assertThrows(IndexException.class, () -> load(moved));
            assertEquals(IndexException.Reason.UNUSABLE, e.reason());
        }
        assertEquals(directory("a"), load(a));
    }

    @Test
    void rowOfAnotherKeyDoesNotOpen() throws Exception {
        long x = put(entries.root(FOLDER), file("x", "x"));
        index.close();
        byte[] key = new byte[32];
        key[0] = 1;
        try (SyncIndex stranger = SqliteIndex.open(base.resolve("index.db"),
                org.stratobox.crypto.key.LocalKey.of(Secret.takeOwnership(key)))) {
            assertThrows(IndexException.class, () -> stranger.entries().known(x));
            assertNotEquals(entries.tag("x"), stranger.entries().tag("x"));
        }
        open();
    }

    @Test
    void fileHoldsNoNamesContentsOrTargets() throws Exception {
        long a = put(entries.root(FOLDER), directory("MarkedDirectory"));
        put(a, file("MarkedName", "MarkedContent"));
        put(a, entry("MarkedLink", EntryKind.SYMLINK, new Content.Link("MarkedTarget"), 0));
        for (String name : List.of("index.db", "index.db-wal")) {
            String bytes = new String(Files.readAllBytes(base.resolve(name)), StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("Marked"), name);
        }
        index.close();
        assertFalse(Files.readString(base.resolve("index.db"), StandardCharsets.ISO_8859_1).contains("Marked"));
        open();
    }

    @Test
    void directoryOfFiftyThousandEntriesIsKept() throws Exception {
        int many = 50_000;
        long root = entries.root(FOLDER);
        index.transact(() -> {
            for (int i = 0; i < many; i++) {
                put(root, file("f" + i, ""));
            }
        });
        assertEquals(many, entries.children(root).size());
        assertEquals(many, entries.totals(FOLDER).entries());
        assertTrue(entries.children(root).containsKey(entries.tag("f" + (many - 1))));
        assertEquals(many, entries.loadChildren(root).size());
    }
}
