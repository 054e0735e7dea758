package org.stratobox.sync.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.sync.history.TestFolder.path;

class VersionsTest {
    private static final FolderId FOLDER = new FolderId(new Id16(2, 2));
    private static final DeviceId OTHER = new DeviceId(new Id16(8, 8));
    private static final int COMMITS = 1_000;

    @TempDir
    private Path home;
    private TestAccount account;
    private final TestFolder folder = new TestFolder();
    private final List<Snapshot.Point> points = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(home, 1);
    }

    @AfterEach
    void close() {
        account.close();
    }

    /// Publishes the folder as it is.
    private long commit(DeviceId device, long wall) throws Exception {
        Map<String, Entry> entries = new TreeMap<>();
        folder.state.forEach((path, entry) -> entries.put(path.text(), entry));
        Capability tree = account.tree(entries);
        long seq = points.stream().filter(p -> p.device().equals(device)).count() + 1;
        Commit commit = new Commit(device, seq, List.of(), Map.of(FOLDER, new FolderRoot(0, tree, "docs")), "test",
                wall);
        SealedObject sealed = account.accountSealer().seal(ObjectType.COMMIT, commit.encode());
        account.put(sealed, ObjectType.COMMIT);
        points.add(new Snapshot.Point(device, seq, wall, sealed.capability()));
        return wall;
    }

    private Timeline timeline() throws Exception {
        account.publish();
        return new Timeline(account.reader(), points);
    }

    private List<FileVersion> versions(String path) throws Exception {
        return new Versions(account.reader(), timeline().chains(FOLDER)).of(path(path));
    }

    private static List<String> texts(List<FileVersion> versions) {
        return versions.stream()
                .map(v -> v.path() + " " + (v.entry().content() instanceof org.stratobox.sync.model.Content.Inline i
                        ? new String(i.bytes(), java.nio.charset.StandardCharsets.UTF_8)
                        : v.entry().kind().toString()))
                .toList();
    }

    @Test
    void versionsAreNewestFirstAndDeletionIsOne() throws Exception {
        long wall = 0;
        folder.makeDirectory("d");
        for (String text : List.of("one", "two", "three")) {
            folder.write("d/x", text);
            folder.write("other", text);
            commit(TestFolder.DEVICE, ++wall);
            folder.write("other", text + " again");
            commit(TestFolder.DEVICE, ++wall);
        }
        folder.delete("d/x");
        commit(TestFolder.DEVICE, ++wall);
        folder.write("d/x", "four");
        commit(TestFolder.DEVICE, ++wall);
        List<FileVersion> found = versions("d/x");
        assertEquals(List.of("d/x four", "d/x TOMBSTONE", "d/x three", "d/x two", "d/x one"), texts(found));
        assertEquals(5, found.stream().map(FileVersion::id).distinct().count());
        assertEquals(List.of(), versions("never"));
    }

    @Test
    void historyGoesOnOverRenames() throws Exception {
        long wall = 0;
        folder.makeDirectory("d");
        folder.write("d/first", "one");
        commit(TestFolder.DEVICE, ++wall);
        folder.write("d/first", "two");
        commit(TestFolder.DEVICE, ++wall);
        folder.move("d", "e");
        commit(TestFolder.DEVICE, ++wall);
        folder.write("e/first", "three");
        commit(TestFolder.DEVICE, ++wall);
        folder.move("e/first", "last");
        folder.write("e/first", "somebody else");
        commit(TestFolder.DEVICE, ++wall);
        assertEquals(List.of("last three", "e/first three", "e/first two", "d/first two", "d/first one"),
                texts(versions("last")));
    }

    @Test
    void versionOfAnotherDeviceCountsOnceAndClocksDoNotTurnOrderRound() throws Exception {
        folder.write("x", "one");
        commit(TestFolder.DEVICE, 5_000_000);
        commit(OTHER, 10);
        Entry one = folder.at(path("x")).orElseThrow();
        // the other device's clock is far behind
        folder.state.put(path("x"),
                new Entry(one.kind(), one.fileId(), new org.stratobox.sync.model.Content.Inline(new byte[]{'2'}), 1, 5,
                        0644, one.version().with(OTHER, 1), OTHER, 3, Optional.empty()));
        commit(OTHER, 20);
        commit(TestFolder.DEVICE, 5_000_100);
        assertEquals(List.of("x 2", "x one"), texts(versions("x")));
    }

    @Test
    void timeOnlyChangeIsNoVersion() throws Exception {
        folder.write("x", "one");
        commit(TestFolder.DEVICE, 1);
        folder.write("x", "one");
        commit(TestFolder.DEVICE, 2);
        assertEquals(List.of("x one"), texts(versions("x")));
    }

    @Test
    void stateThatCannotBeReadIsPassedOver() throws Exception {
        folder.write("x", "one");
        commit(TestFolder.DEVICE, 1);
        folder.write("x", "two");
        commit(TestFolder.DEVICE, 2);
        Capability lost = account.accountSealer().seal(ObjectType.COMMIT, new byte[]{1}).capability();
        points.add(new Snapshot.Point(TestFolder.DEVICE, 3, 3, lost));
        Timeline timeline = timeline();
        assertEquals(List.of("x two", "x one"),
                texts(new Versions(account.reader(), timeline.chains(FOLDER)).of(path("x"))));
        assertEquals(1, timeline.missing());
    }

    @Test
    void thousandCommitsCostOnlyWhatDiffers() throws Exception {
        Random random = new Random(4);
        folder.makeDirectory("deep");
        folder.makeDirectory("deep/er");
        for (int i = 0; i < 50; i++) {
            folder.write("deep/er/file" + i, "text " + i);
        }
        int expected = 0;
        for (int i = 0; i < COMMITS; i++) {
            if (i % 100 == 0) {
                folder.write("deep/er/wanted", "version " + i);
                expected++;
            }
            folder.write("noise" + random.nextInt(5), "noise " + i);
            commit(TestFolder.DEVICE, i + 1);
        }
        account.publish();
        ObjectReader reader = account.reader();
        Timeline timeline = new Timeline(reader, points);
        assertEquals(expected, new Versions(reader, timeline.chains(FOLDER)).of(path("deep/er/wanted")).size());
    }

    @Test
    void folderAtAMomentIsTheJoinOfWhatEachDeviceHadPublished() throws Exception {
        folder.write("x", "one");
        commit(TestFolder.DEVICE, 100);
        folder.write("x", "two");
        commit(TestFolder.DEVICE, 200);
        folder.state.put(path("y"), folder.at(path("x")).orElseThrow().withVersion(VersionVector.of(OTHER, 1)));
        commit(OTHER, 300);
        Timeline timeline = timeline();
        assertEquals(List.of(), timeline.trees(FOLDER, Optional.of(99L)));
        for (Map.Entry<Long, String> e : Map.of(100L, "{x=one}", 250L, "{x=two}", 300L, "{x=two, y=two}").entrySet()) {
            Map<String, String> seen = new TreeMap<>();
            new MergedFolder(account.reader(), new StateJoin(new ConflictNames(Map.of())))
                    .open(timeline.trees(FOLDER, Optional.of(e.getKey()))).<RuntimeException>forEach(
                            List.of(RelativePath.ROOT),
                            (p, entry) -> seen.put(p.text(), texts(List.of(new FileVersion(p, entry))).getFirst()
                                    .substring(p.text().length() + 1)));
            assertEquals(e.getValue(), seen.toString());
        }
    }

    @Test
    void deletedEntriesAreFoundWithWhatTheyWere() throws Exception {
        folder.makeDirectory("d");
        folder.write("d/gone", "was here");
        folder.write("moved", "lives on");
        folder.write("kept", "kept");
        commit(TestFolder.DEVICE, 1);
        folder.delete("d");
        folder.move("moved", "elsewhere");
        commit(TestFolder.DEVICE, 2);
        Timeline timeline = timeline();
        List<Capability> trees = timeline.trees(FOLDER, Optional.empty());
        FolderContents contents = new MergedFolder(account.reader(), new StateJoin(new ConflictNames(Map.of())))
                .open(trees);
        var deleted = new DeletedEntries(account.reader()).in(trees, contents, RelativePath.ROOT);
        assertEquals(List.of(path("d"), path("d/gone")), List.copyOf(deleted.keySet()));
        Map<String, Entry> before = new HashMap<>();
        new DeletedEntries(account.reader()).lastLive(deleted, timeline.chains(FOLDER))
                .forEach((p, e) -> before.put(p.text(), e));
        assertEquals(List.of("d", "d/gone"), before.keySet().stream().sorted().toList());
        assertTrue(before.values().stream().allMatch(Entry::isLive));
        assertEquals(List.of(path("d/gone")),
                List.copyOf(new DeletedEntries(account.reader()).in(trees, contents, path("d/gone")).keySet()));
    }
}
