package org.stratobox.sync.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.reconcile.Step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What others do to files that are not on this disk.
class ChosenPathsTest {
    private static final FolderId FOLDER = new FolderId(new Id16(1, 1));
    private static final DeviceId HERE = new DeviceId(new Id16(3, 3));
    private static final DeviceId THERE = new DeviceId(new Id16(4, 4));

    @TempDir
    Path base;

    @SuppressWarnings("NullAway.Init") // before each test
    private SyncIndex index;
    @SuppressWarnings("NullAway.Init") // before each test
    private ChosenPaths chosen;

    @BeforeEach
    void open() throws IndexException {
        index = SqliteIndex.open(base.resolve("index.db"), LocalKey.of(Secret.takeOwnership(new byte[32])));
        chosen = new ChosenPaths(index, FOLDER);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static RelativePath path(String text) {
        return new RelativePath(text);
    }

    private static Entry entry(EntryKind kind, String content, long there, Optional<Moved> moved) {
        VersionVector version = VersionVector.of(HERE, 1);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Entry(kind, new FileId(new Id16(9, content.hashCode())),
                kind == EntryKind.FILE ? new Content.Inline(bytes) : new Content.None(),
                kind == EntryKind.FILE ? bytes.length : 0, 77, 0644, there > 0 ? version.with(THERE, there) : version,
                HERE, 88, moved);
    }

    private long put(long directory, String name, Entry entry) throws IndexException {
        return index.entries().put(directory, TreeEntry.of(name, entry), Evidence.ABSENT);
    }

    /// A file that was here and was freed.
    private long freed(long directory, String name) throws IndexException {
        Entry file = entry(EntryKind.FILE, name, 0, Optional.empty());
        long row = put(directory, name, file);
        index.entries().putBase(row, Optional.of(Step.goneUnderOldVector(file)), Evidence.ABSENT);
        return row;
    }

    private boolean isLeftOut(String text) throws IndexException {
        EntryIndex entries = index.entries();
        return OnlineOnly.load(index, FOLDER).test(path(text),
                entries.known(entries.locate(FOLDER, path(text)).orElseThrow()));
    }

    private void deleteElsewhere(long directory, String name, Optional<Moved> moved) throws IndexException {
        index.entries().putState(directory, name, entry(EntryKind.TOMBSTONE, name, 1, moved));
    }

    @Test
    void fileDeletedElsewhereNeedsNoWorkHereAndEndsTheChoice() throws Exception {
        long root = index.entries().root(FOLDER);
        long row = freed(root, "x");
        index.selection().add(FOLDER, path("x"));
        assertTrue(isLeftOut("x"));
        deleteElsewhere(root, "x", Optional.empty());
        chosen.follow();
        assertTrue(index.entries().known(row).isSettled());
        assertEquals(List.of(), index.selection().all(FOLDER));
    }

    @Test
    void choiceFollowsAFileThatIsRenamedElsewhere() throws Exception {
        long root = index.entries().root(FOLDER);
        freed(root, "old");
        index.selection().add(FOLDER, path("old"));
        Entry was = entry(EntryKind.FILE, "old", 0, Optional.empty());
        deleteElsewhere(root, "old",
                Optional.of(new Moved(path("new"), was.version(), was.content().identity())));
        index.entries().putState(root, "new", entry(EntryKind.FILE, "old", 1, Optional.empty()));
        chosen.follow();
        assertEquals(List.of(path("new")), index.selection().all(FOLDER));
        assertTrue(isLeftOut("new"));
        chosen.follow();
        assertEquals(List.of(path("new")), index.selection().all(FOLDER));
    }

    @Test
    void directoryThatStillHoldsSomethingStaysChosen() throws Exception {
        long root = index.entries().root(FOLDER);
        long d = put(root, "d", entry(EntryKind.DIRECTORY, "d", 0, Optional.empty()));
        freed(d, "x");
        freed(d, "y");
        index.selection().add(FOLDER, path("d"));
        deleteElsewhere(d, "x", Optional.empty());
        index.entries().putState(d, "new", entry(EntryKind.FILE, "new", 1, Optional.empty()));
        chosen.follow();
        assertEquals(List.of(path("d")), index.selection().all(FOLDER));
        assertTrue(isLeftOut("d/new"), "what others add to it is not wanted here either");
        assertTrue(isLeftOut("d/y"));
    }

    @Test
    void fileThatIsHereAtAChosenPathIsNotLeftOut() throws Exception {
        long root = index.entries().root(FOLDER);
        put(root, "x", entry(EntryKind.FILE, "x", 0, Optional.empty()));
        index.selection().add(FOLDER, path("x"));
        index.entries().putState(root, "x", entry(EntryKind.FILE, "newer", 1, Optional.empty()));
        assertFalse(isLeftOut("x"), "or the disk would show an old version for ever");
    }

    @Test
    void wantingOneFileOfAChosenDirectoryKeepsTheOthersAway() throws Exception {
        long root = index.entries().root(FOLDER);
        long d = put(root, "d", entry(EntryKind.DIRECTORY, "d", 0, Optional.empty()));
        long e = put(d, "e", entry(EntryKind.DIRECTORY, "e", 0, Optional.empty()));
        index.entries().putBase(d, Optional.empty(), Evidence.ABSENT);
        index.entries().putBase(e, Optional.empty(), Evidence.ABSENT);
        freed(d, "x");
        freed(e, "y");
        freed(e, "z");
        index.selection().add(FOLDER, path("d"));
        chosen.keepHere(path("d/e/y"));
        assertEquals(List.of(path("d/e/z"), path("d/x")), index.selection().all(FOLDER));
        chosen.keepHere(path("d"));
        assertEquals(List.of(), index.selection().all(FOLDER));
    }
}
