package org.stratobox.sync.history;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.history.Reversal.Left;
import org.stratobox.sync.history.Reversal.Why;
import org.stratobox.sync.index.PassTable.PathChange;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.sync.history.TestFolder.path;

class UndoTest {
    private static final int SEEDS = 4_000;

    private final TestFolder folder = new TestFolder();

    private List<PathChange> pass(Runnable work) {
        TestFolder before = folder.copy();
        work.run();
        return folder.changesSince(before);
    }

    @Test
    void editDeletionAndCreationGoBack() throws Exception {
        folder.makeDirectory("d");
        folder.write("d/edited", "one");
        folder.write("deleted", "two");
        Map<String, String> before = folder.view();
        List<PathChange> changes = pass(() -> {
            folder.write("d/edited", "other");
            folder.delete("deleted");
            folder.makeDirectory("new");
            folder.write("new/file", "three");
        });
        Reversal reversal = folder.undo(changes);
        assertEquals(List.of(), reversal.left());
        assertEquals(before, folder.view());
    }

    @Test
    void moveGoesBackUnderItsOldIdentity() throws Exception {
        folder.write("old", "text");
        Entry was = folder.at(path("old")).orElseThrow();
        List<PathChange> changes = pass(() -> folder.move("old", "new"));
        folder.undo(changes);
        Entry now = folder.at(path("old")).orElseThrow();
        assertEquals(was.fileId(), now.fileId());
        assertTrue(now.version().covers(was.version()));
        assertEquals(Optional.of(path("old")), folder.at(path("new")).orElseThrow().moved().map(m -> m.to()));
    }

    @Test
    void movedFileThatWasEditedSinceStaysWhereItIs() throws Exception {
        folder.write("old", "text");
        List<PathChange> changes = pass(() -> folder.move("old", "new"));
        folder.write("new", "edited later");
        Map<String, String> now = folder.view();
        Reversal reversal = folder.undo(changes);
        assertEquals(List.of(new Left(path("new"), Why.CHANGED_SINCE), new Left(path("old"), Why.MOVED_AND_CHANGED)),
                reversal.left());
        assertEquals(now, folder.view());
    }

    @Test
    void directoryWithSomethingNewerStays() throws Exception {
        List<PathChange> changes = pass(() -> {
            folder.makeDirectory("d");
            folder.write("d/old", "1");
        });
        folder.write("d/newer", "2");
        Reversal reversal = folder.undo(changes);
        assertEquals(List.of(new Left(path("d"), Why.HOLDS_NEWER)), reversal.left());
        assertEquals(Set.of("d", "d/newer"), folder.view().keySet());
    }

    @Test
    void fileDoesNotComeBackBelowANewerFile() throws Exception {
        folder.makeDirectory("d");
        folder.write("d/x", "1");
        List<PathChange> changes = pass(() -> folder.delete("d/x"));
        folder.delete("d");
        folder.write("d", "a file now");
        Reversal reversal = folder.undo(changes);
        assertEquals(List.of(new Left(path("d/x"), Why.NO_DIRECTORY)), reversal.left());
        assertEquals(Set.of("d"), folder.view().keySet());
    }

    @Test
    void deletionOfTheDirectorySinceIsNoObstacle() throws Exception {
        folder.makeDirectory("d");
        folder.write("d/x", "1");
        List<PathChange> changes = pass(() -> folder.delete("d/x"));
        folder.delete("d");
        assertEquals(List.of(), folder.undo(changes).left());
        assertEquals(Set.of("d", "d/x"), folder.view().keySet());
    }

    @Test
    void whatIsNotYetOnTheDiskIsLeft() throws Exception {
        folder.write("x", "1");
        List<PathChange> changes = pass(() -> folder.write("x", "2"));
        Present unsettled = new Present() {
            @Override
            public Optional<Entry> at(RelativePath path) {
                return folder.at(path);
            }

            @Override
            public boolean isSettled(RelativePath path) {
                return false;
            }

            @Override
            public List<RelativePath> liveBelow(RelativePath path) {
                return folder.liveBelow(path);
            }
        };
        Reversal reversal = Undo.of(changes, unsettled);
        assertEquals(List.of(), reversal.wanted());
        assertEquals(List.of(new Left(path("x"), Why.NOT_SETTLED)), reversal.left());
    }

    // ---- random histories

    private static TestFolder random(Random random, int acts) {
        TestFolder folder = new TestFolder();
        for (int i = 0; i < acts; i++) {
            folder.act(random);
        }
        return folder;
    }

    private static void act(TestFolder folder, Random random, int acts) {
        for (int i = 0; i < acts; i++) {
            folder.act(random);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void undoOfTheLastPassGivesTheTreeBeforeIt(long first) throws Exception {
        for (long seed = first; seed < first + SEEDS; seed++) {
            Random random = new Random(seed);
            TestFolder folder = random(random, random.nextInt(25));
            TestFolder before = folder.copy();
            act(folder, random, 1 + random.nextInt(12));
            TestFolder after = folder.copy();
            Reversal reversal = folder.undo(folder.changesSince(before));
            assertEquals(List.of(), reversal.left(), "seed " + seed);
            assertEquals(before.view(), folder.view(), "seed " + seed);
            // and that is a pass like any other
            Reversal again = folder.undo(folder.changesSince(after));
            assertEquals(List.of(), again.left(), "seed " + seed);
            assertEquals(after.view(), folder.view(), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void nothingNewerIsTouched(long first) throws Exception {
        int undone = 0;
        int left = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            Random random = new Random(seed);
            TestFolder folder = random(random, random.nextInt(25));
            TestFolder before = folder.copy();
            act(folder, random, 1 + random.nextInt(12));
            TestFolder after = folder.copy();
            List<PathChange> changes = folder.changesSince(before);
            act(folder, random, 1 + random.nextInt(6));
            TestFolder later = folder.copy();
            Reversal reversal = folder.undo(changes);
            undone += reversal.wanted().size();
            left += reversal.left().size();
            check(seed, changes, after, later, folder);
            assertEquals(List.of(), Undo.of(changes, folder).wanted(), "seed " + seed + ": a second time");
            folder.undo(folder.changesSince(later));
            assertEquals(later.view(), folder.view(), "seed " + seed + ": undo of the undo");
        }
        assertTrue(undone > SEEDS / 2 && left > SEEDS / 2, "both happen: " + undone + ", " + left);
    }

    private static void check(long seed, List<PathChange> changes, TestFolder after, TestFolder later,
            TestFolder undone) {
        Set<RelativePath> mayChange = new HashSet<>();
        changes.forEach(c -> mayChange.add(c.path()));
        later.state.forEach((path, entry) -> {
            boolean newer = !Optional.of(entry).equals(after.at(path));
            if (newer || !mayChange.contains(path)) {
                assertEquals(entry, undone.at(path).orElseThrow(), "seed " + seed + ": " + path);
            }
            if (newer && entry.isLive()) {
                assertEquals(later.view().get(path.text()), undone.view().get(path.text()), "seed " + seed);
            }
        });
        undone.state.forEach((path, entry) -> assertFalse(
                entry.isLive() && entry.kind() != EntryKind.DIRECTORY && !undone.liveBelow(path).isEmpty(),
                "seed " + seed + ": something below the file " + path));
    }
}
