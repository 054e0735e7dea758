package org.stratobox.sync.index.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PassTable;
import org.stratobox.sync.index.PassTable.Cause;
import org.stratobox.sync.index.PassTable.Counts;
import org.stratobox.sync.index.PassTable.Filter;
import org.stratobox.sync.index.PassTable.Pass;
import org.stratobox.sync.index.PassTable.PathChange;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SqlitePassesTest {
    private static final FolderId FOLDER = new FolderId(new Id16(1, 1));
    private static final FolderId OTHER = new FolderId(new Id16(2, 2));
    private static final DeviceId DEVICE = new DeviceId(new Id16(3, 3));
    private static final long DAY = 86_400_000L;

    @TempDir
    Path base;

    private SyncIndex index;
    private PassTable passes;

    @BeforeEach
    void open() throws IndexException {
        index = SqliteIndexTest.open(base);
        passes = index.passes();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static Optional<Entry> file(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Optional.of(new Entry(EntryKind.FILE, new FileId(new Id16(9, 9)), new Content.Inline(bytes),
                bytes.length, 77, 0644, VersionVector.of(DEVICE, 5), DEVICE, 88, Optional.empty()));
    }

    private static Optional<Entry> gone() {
        return Optional.of(new Entry(EntryKind.TOMBSTONE, new FileId(new Id16(9, 9)), new Content.None(), 0, 0, 0,
                VersionVector.of(DEVICE, 6), DEVICE, 99, Optional.empty()));
    }

    private static PathChange change(String path, Optional<Entry> before, Optional<Entry> after) {
        return new PathChange(new RelativePath(path), before, after);
    }

    private static Filter newest(int limit) {
        return new Filter(Optional.empty(), EnumSet.allOf(Cause.class), RelativePath.ROOT, 0, limit);
    }

    private long pass(long wall, int changes) throws IndexException {
        long id = passes.begin(Pass.of(wall, FOLDER, Cause.LOCAL));
        for (int i = 0; i < changes; i++) {
            passes.add(id, change("file " + i, Optional.empty(), file("x")));
        }
        return id;
    }

    @Test
    void passIsReadBackWithItsChangesInOrder() throws Exception {
        long id = passes.begin(Pass.of(1_000, FOLDER, Cause.DEVICE).from(DEVICE));
        passes.add(id, change("d/ü.txt", file("one"), file("two")));
        passes.add(id, change("b", file("one"), gone()));
        passes.add(id, change("a", Optional.empty(), file("three")));
        index.close();
        open();
        assertEquals(List.of(new Pass(id, 1_000, FOLDER, Cause.DEVICE, Optional.of(DEVICE), Optional.empty(),
                new Counts(1, 1, 1), true)), passes.list(newest(10)));
        assertEquals(List.of(change("a", Optional.empty(), file("three")), change("b", file("one"), gone()),
                change("d/ü.txt", file("one"), file("two"))), passes.changes(id));
    }

    @Test
    void undoNamesThePassItUndoes() throws Exception {
        long id = passes.begin(Pass.of(5, FOLDER, Cause.UNDO).undoing(3));
        assertEquals(Optional.of(3L), passes.find(id).orElseThrow().undone());
        assertEquals(Optional.empty(), passes.find(id + 1));
    }

    @Test
    void pathChangedTwiceKeepsWhatItWasAtFirst() throws Exception {
        long id = passes.begin(Pass.of(1_000, FOLDER, Cause.LOCAL));
        passes.add(id, change("x", file("one"), file("two")));
        passes.add(id, change("x", file("two"), gone()));
        passes.add(id, change("y", gone(), file("new")));
        passes.add(id, change("y", file("new"), gone()));
        passes.add(id, change("z", Optional.empty(), gone()));
        assertEquals(List.of(change("x", file("one"), gone())), passes.changes(id));
        assertEquals(new Counts(0, 0, 1), passes.find(id).orElseThrow().counts());
    }

    @Test
    void changeOfARolledBackTransactionWasNeverMade() throws Exception {
        long id = pass(1_000, 1);
        assertThrows(IndexException.class, () -> index.transact(() -> {
            passes.add(id, change("later", Optional.empty(), file("x")));
            throw new IndexException(IndexException.Reason.FAILED, "scripted");
        }));
        assertEquals(1, passes.changes(id).size());
        assertEquals(new Counts(1, 0, 0), passes.find(id).orElseThrow().counts());
    }

    @Test
    void filterChoosesFolderCauseTimeAndPath() throws Exception {
        long first = pass(1_000, 3);
        long second = passes.begin(Pass.of(2_000, OTHER, Cause.DEVICE));
        passes.add(second, change("d/x", Optional.empty(), file("x")));
        long third = pass(3_000, 1);
        assertEquals(List.of(third, second, first), ids(newest(10)));
        assertEquals(List.of(third, second), ids(newest(2)));
        assertEquals(List.of(second), ids(new Filter(Optional.of(OTHER), EnumSet.allOf(Cause.class),
                RelativePath.ROOT, 0, 9)));
        assertEquals(List.of(third, first), ids(new Filter(Optional.empty(), Set.of(Cause.LOCAL), RelativePath.ROOT,
                0, 9)));
        assertEquals(List.of(third, second), ids(new Filter(Optional.empty(), EnumSet.allOf(Cause.class),
                RelativePath.ROOT, 2_000, 9)));
        assertEquals(List.of(second), ids(new Filter(Optional.empty(), EnumSet.allOf(Cause.class),
                new RelativePath("d"), 0, 9)));
        assertEquals(List.of(first), ids(new Filter(Optional.empty(), EnumSet.allOf(Cause.class),
                new RelativePath("file 2"), 0, 9)));
    }

    private List<Long> ids(Filter filter) throws IndexException {
        return passes.list(filter).stream().map(Pass::id).toList();
    }

    @Test
    void pruningForgetsWhatIsOldOrTooMuchButNeverTheNewest() throws Exception {
        long old = pass(DAY, 2);
        long third = pass(90 * DAY, 5);
        long second = pass(100 * DAY, 5);
        long newest = pass(101 * DAY, 5);
        passes.prune(2 * DAY, 100);
        assertEquals(List.of(newest, second, third), ids(newest(9)));
        passes.prune(0, 10);
        assertEquals(List.of(newest, second), ids(newest(9)));
        passes.prune(200 * DAY, 1);
        assertEquals(List.of(newest), ids(newest(9)));
        assertEquals(List.of(), passes.changes(old));
        assertEquals(5, passes.changes(newest).size());
        assertTrue(pass(1, 1) > newest, "an id is never used again");
    }

    @Test
    void fileOfTheIndexShowsNoNames() throws Exception {
        long id = passes.begin(Pass.of(1_000, FOLDER, Cause.LOCAL));
        passes.add(id, change("very-secret-name", Optional.empty(), file("very-secret-text")));
        index.close();
        try (var files = Files.list(base)) {
            for (Path file : files.toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("very-secret"));
            }
        }
        open();
    }
}
