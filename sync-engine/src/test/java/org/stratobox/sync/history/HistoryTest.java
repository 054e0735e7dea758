package org.stratobox.sync.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HistoryTest {
    @TempDir
    private Path home;
    private TestAccount account;

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(home, 2);
    }

    @AfterEach
    void close() {
        account.close();
    }

    private Map<String, Entry> read(Capability tree, String... paths) throws Exception {
        Map<String, Entry> out = new LinkedHashMap<>();
        List<RelativePath> wanted = new ArrayList<>();
        for (String path : paths) {
            wanted.add(new RelativePath(path));
        }
        new FolderReader(account.reader()).<RuntimeException>forEach(tree, wanted, (p, e) -> out.put(p.text(), e));
        return out;
    }

    @Test
    void forEachVisitsEveryLiveEntryAfterItsDirectory() throws Exception {
        Map<String, Entry> entries = new TreeMap<>();
        for (int d = 0; d < 300; d++) {
            entries.put("d" + d, TestAccount.directory(0755));
            entries.put("d" + d + "/sub", TestAccount.directory(0700));
            entries.put("d" + d + "/sub/file", account.file(TestAccount.bytes(20, d)));
        }
        entries.put("gone", TestAccount.tombstone());
        Capability tree = account.tree(entries);
        account.publish();
        Map<String, Entry> seen = read(tree, "");
        entries.remove("gone");
        assertEquals(entries, new TreeMap<>(seen));
        Set<String> before = new HashSet<>(Set.of(""));
        for (String path : seen.keySet()) {
            assertTrue(before.contains(path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : ""), path);
            before.add(path);
        }
    }

    @Test
    void forEachVisitsOnlyWhatIsAskedForAndSaysWhatIsNotThere() throws Exception {
        Map<String, Entry> entries = new TreeMap<>();
        for (String path : List.of("a/b/c", "a/b/d", "a/x", "z")) {
            entries.put(path, account.file(TestAccount.bytes(9, path.hashCode())));
        }
        Capability tree = account.tree(entries);
        account.publish();
        assertEquals(Set.of("a/b/c", "a/b/d", "z", "a/b"), read(tree, "a/b", "a/b/c", "z").keySet());
        List<RelativePath> absent = new FolderReader(account.reader()).<RuntimeException>forEach(tree,
                List.of(new RelativePath("a/y"), new RelativePath("z")), (_, _) -> {});
        assertEquals(List.of(new RelativePath("a/y")), absent);
    }

    @Test
    void forEachShowsADeletedDirectoryThatStillHoldsSomethingLive() throws Exception {
        Map<String, Entry> entries = new TreeMap<>();
        entries.put("dir", TestAccount.tombstone());
        entries.put("dir/dead", TestAccount.tombstone());
        entries.put("dir/live", account.file(new byte[1]));
        entries.put("empty", TestAccount.tombstone());
        entries.put("empty/dead", TestAccount.tombstone());
        Capability tree = account.tree(entries);
        account.publish();
        assertEquals(List.of("dir", "dir/live"), List.copyOf(read(tree, "").keySet()));
    }

    @Test
    void forEachReadsADirectoryOfManyParts() throws Exception {
        Map<String, Entry> entries = new TreeMap<>();
        for (int i = 0; i < 12_000; i++) {
            entries.put("file " + i, TestAccount.link("target " + i));
        }
        Capability tree = account.tree(entries);
        account.publish();
        assertEquals(entries.keySet(), new TreeSet<>(read(tree, "").keySet()));
    }

    @Test
    void forEachGoesOnBehindADirectoryThatCannotBeRead() throws Exception {
        Capability good = account.tree(Map.of("a/x", account.file(new byte[3]), "b/y", account.file(new byte[4])));
        account.publish();
        // a directory whose object was never stored
        SealedObject lost = account.folderSealer().seal(ObjectType.TREE, new byte[]{1});
        Capability root = new org.stratobox.sync.object.TreeBuilder<TestAccount.TestFailure>((t, b) -> {
            SealedObject object = account.folderSealer().seal(t, b);
            account.put(object, t);
            return object.capability();
        }).build(List.of(
                new org.stratobox.sync.object.TreeEntry("broken", java.util.Optional.of(TestAccount.directory(0755)),
                        java.util.Optional.of(lost.capability())),
                new org.stratobox.sync.object.TreeEntry("fine", java.util.Optional.of(TestAccount.directory(0755)),
                        java.util.Optional.of(good))));
        account.publish();
        List<String> seen = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        new FolderReader(account.reader()).forEach(root, new EntryVisitor<RuntimeException>() {
            @Override
            public void visit(RelativePath path, Entry entry) {
                seen.add(path.text());
            }

            @Override
            public void unreadable(RelativePath directory, HistoryException why) {
                unreadable.add(directory.text() + " " + why.getClass().getSimpleName());
            }
        });
        assertEquals(List.of("broken Unknown"), unreadable);
        assertTrue(seen.containsAll(List.of("broken", "fine", "fine/a/x", "fine/b/y")), seen.toString());
        assertThrows(HistoryException.Unknown.class, () -> read(root, ""));
    }

    @Test
    void openSaysWhatIsWrong() throws Exception {
        Capability tree = account.tree(Map.of("a", account.file(new byte[1])));
        account.publish();
        assertThrows(HistoryException.Damaged.class, () -> account.reader().open(ObjectType.CHUNK, tree));
        for (int node = 0; node < 2; node++) {
            for (Path object : account.objects(node, Space.DATA)) {
                Files.delete(object);
            }
        }
        assertThrows(HistoryException.Unreadable.class, () -> account.reader().open(ObjectType.TREE, tree));
        account.forgetIndex();
        assertThrows(HistoryException.Unknown.class, () -> account.reader().open(ObjectType.TREE, tree));
    }

    @Test
    void importNewMakesAnEmptyIndexWholeAndReadsNothingTwice() throws Exception {
        Capability tree = account.tree(Map.of("a", account.file(TestAccount.bytes(50_000, 1))));
        account.publish();
        account.forgetIndex();
        IndexImport importer = new IndexImport(account.index(), account.mesh, account.tasks, account.accountScope);
        IndexImport.Outcome first = importer.importNew(account.names(Space.INDEX));
        assertEquals(new IndexImport.Outcome(1, 1, List.of(), List.of()), first);
        assertEquals(0, importer.importNew(account.names(Space.INDEX)).objects());
        assertEquals(Set.of("a"), read(tree, "").keySet());
        assertTrue(account.index().packs().unpublished().isEmpty());
    }

    @Test
    void importNewTellsWhatIsUnreadableAndWhatIsNotOurs() throws Exception {
        account.tree(Map.of("a", account.file(new byte[5])));
        account.publish();
        for (int node = 0; node < 2; node++) {
            TestAccount.flip(account.objects(node, Space.INDEX).getFirst());
        }
        byte[] foreign = account.folderSealer().seal(ObjectType.PACK_INDEX, new byte[]{1}).envelope();
        account.mesh.storeReplicated(Space.INDEX, java.nio.ByteBuffer.wrap(foreign));
        account.forgetIndex();
        IndexImport importer = new IndexImport(account.index(), account.mesh, account.tasks, account.accountScope);
        IndexImport.Outcome outcome = importer.importNew(account.names(Space.INDEX));
        assertEquals(List.of(1, 1), List.of(outcome.unreadable().size(), outcome.foreign().size()));
        assertEquals(0, outcome.packs());
    }

    @Test
    void rebuildMakesTheIndexFromThePacksThemselves() throws Exception {
        Capability tree = account.tree(Map.of("a", account.file(TestAccount.bytes(50_000, 1))));
        account.flush();
        account.forgetIndex();
        IndexImport importer = new IndexImport(account.index(), account.mesh, account.tasks, account.accountScope);
        assertEquals(1, importer.rebuild(account.names(Space.DATA)).packs());
        assertEquals(Set.of("a"), read(tree, "").keySet());
        assertEquals(1, account.index().packs().unpublished().size());
    }

    @Test
    void mergedFolderJoinsWhatSeveralDevicesLeft() throws Exception {
        Map<String, Entry> one = Map.of("same/x", account.file(new byte[1]), "mine", account.file(new byte[2]));
        Map<String, Entry> other = Map.of("same/x", account.file(new byte[1]), "theirs/y", account.file(new byte[3]));
        Capability a = account.tree(one);
        Capability b = account.tree(other);
        account.publish();
        MergedFolder merged = new MergedFolder(account.reader(), new StateJoin(new ConflictNames(Map.of())));
        Map<String, Entry> seen = new TreeMap<>();
        FolderContents both = merged.open(List.of(a, b, a));
        both.<RuntimeException>forEach(List.of(RelativePath.ROOT), (p, e) -> seen.put(p.text(), e));
        assertEquals(Set.of("mine", "same", "same/x", "theirs", "theirs/y"), seen.keySet());
        assertEquals(3, both.find(new RelativePath("theirs/y")).orElseThrow().size());
        assertEquals(List.of(new RelativePath("none")),
                both.<RuntimeException>forEach(List.of(new RelativePath("none")), (_, _) -> {}));
        assertTrue(merged.open(List.of(a, a)).find(new RelativePath("theirs/y")).isEmpty());
    }

    @Test
    void envelopesOfADamagedPackAreReadAroundTheDamage() throws Exception {
        List<Entry> files = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            files.add(account.file(TestAccount.bytes(60_000, i)));
        }
        account.flush();
        // the same place on both nodes, so that no whole copy is right
        for (int node = 0; node < 2; node++) {
            TestAccount.flip(account.objects(node, Space.DATA).getFirst());
        }
        int unreadable = 0;
        for (int i = 0; i < 8; i++) {
            Capability chunk = ((org.stratobox.sync.model.Content.Chunk) files.get(i).content()).capability();
            try {
                assertArrayEquals(TestAccount.bytes(60_000, i), account.reader().open(ObjectType.CHUNK, chunk));
            } catch (HistoryException.Unreadable e) {
                unreadable++;
            }
        }
        assertEquals(1, unreadable);
    }
}
