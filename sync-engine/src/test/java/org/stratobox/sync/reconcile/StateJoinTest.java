package org.stratobox.sync.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.sync.reconcile.Entries.A;
import static org.stratobox.sync.reconcile.Entries.B;
import static org.stratobox.sync.reconcile.Entries.C;
import static org.stratobox.sync.reconcile.Entries.directory;
import static org.stratobox.sync.reconcile.Entries.executable;
import static org.stratobox.sync.reconcile.Entries.file;
import static org.stratobox.sync.reconcile.Entries.movedAway;
import static org.stratobox.sync.reconcile.Entries.path;
import static org.stratobox.sync.reconcile.Entries.state;
import static org.stratobox.sync.reconcile.Entries.tombstone;
import static org.stratobox.sync.reconcile.Entries.vv;

/// Each row of the table of `sync.md` 1.
class StateJoinTest {
    private static final long WALL = 1_795_183_320_000L; // 2026-11-20 14:02 UTC
    private final StateJoin join = new StateJoin(new ConflictNames(Map.of(A, "desk", B, "laptop", C, "phone")));

    private FolderState both(FolderState a, FolderState b) {
        FolderState ab = join.join(a, b);
        assertEquals(ab, join.join(b, a), "the order must not matter");
        assertEquals(ab, join.join(ab, a), "joining again must not matter");
        assertEquals(ab, join.join(b, ab), "joining again must not matter");
        return ab;
    }

    private static Entry at(FolderState state, String path) {
        return state.get(path(path)).orElseThrow();
    }

    private static Set<String> live(FolderState state) {
        return state.entries().entrySet().stream().filter(e -> e.getValue().isLive()).map(e -> e.getKey().text())
                .collect(Collectors.toSet());
    }

    @Test
    void joinKeepsWhatOnlyOneSideKnows() {
        Entry x = file("x", vv(A, 1), A, WALL);
        Entry y = tombstone(vv(B, 1), B, WALL);
        assertEquals(state("x", x, "y", y), both(state("x", x), state("y", y)));
    }

    @Test
    void joinTakesTheCoveringVersionEvenIfItsClockIsBehind() {
        Entry old = file("old", vv(A, 1), A, WALL);
        Entry edit = file("new", vv(A, 1, B, 1), B, WALL - 1_000_000);
        assertEquals(state("x", edit), both(state("x", old), state("x", edit)));
    }

    @Test
    void joinTakesACoveringTombstone() {
        Entry gone = tombstone(vv(A, 1, B, 1), B, WALL);
        assertEquals(state("x", gone), both(state("x", file("x", vv(A, 1), A, WALL)), state("x", gone)));
    }

    @Test
    void joinOfEqualValuesHasTheJoinedVectorAndTheNewerTime() {
        FolderState both = both(state("x", file("same", vv(A, 1), A, 5)), state("x", file("same", vv(B, 1), B, 9)));
        assertEquals(Set.of("x"), live(both));
        assertEquals(vv(A, 1, B, 1), at(both, "x").version());
        assertEquals(9, at(both, "x").mtimeMillis());
    }

    @Test
    void joinOfTwoExecuteBitsTakesTheNewestWallTimeAndMakesNoCopy() {
        FolderState both = both(state("x", executable(file("same", vv(A, 1), A, 5))),
                state("x", file("same", vv(B, 1), B, 9)));
        assertEquals(Set.of("x"), live(both));
        assertFalse(at(both, "x").isExecutable());
    }

    @Test
    void joinLetsAConcurrentEditWinOverADelete() {
        FolderState both = both(state("x", file("edit", vv(A, 2), A, 1)), state("x", tombstone(vv(A, 1, B, 1), B, 9)));
        assertEquals(Set.of("x"), live(both));
        assertEquals(vv(A, 2, B, 1), at(both, "x").version());
    }

    @Test
    void joinOfDifferentFilesKeepsTheNewerUnderItsNameAndTheOtherAsCopy() {
        Entry loser = file("loser", vv(A, 1), A, WALL);
        FolderState both = both(state("d/x.txt", loser), state("d/x.txt", file("winner", vv(B, 1), B, WALL + 1)));
        String digits = loser.content().identity().hex().substring(0, 4);
        String copy = "d/x (conflict from desk, 2026-11-20 14.02, " + digits + ").txt";
        assertEquals(Set.of("d/x.txt", copy), live(both));
        assertEquals(loser, at(both, copy).withVersion(loser.version()));
        assertFalse(vv(A, 9, B, 9).covers(at(both, copy).version()), "its author has not seen it");
        assertEquals(vv(A, 1, B, 1), at(both, "d/x.txt").version());
        assertEquals(B, at(both, "d/x.txt").author());
    }

    @Test
    void joinOfThreeConcurrentVersionsDoesNotDependOnTheOrder() {
        FolderState a = state("x", file("a", vv(A, 1), A, WALL));
        FolderState b = state("x", file("b", vv(B, 1), B, WALL + 1));
        FolderState c = state("x", file("c", vv(C, 1), C, WALL + 2));
        FolderState all = both(a, both(b, c));
        assertEquals(all, both(both(a, b), c));
        assertEquals(all, both(both(a, c), b));
        assertEquals(3, live(all).size());
    }

    @Test
    void joinKeepsTheDirectoryWhereAFileHasTheSameName() {
        FolderState both = both(state("x", file("f", vv(A, 1), A, WALL + 9)), state("x", directory(vv(B, 1), B, WALL)));
        assertEquals(EntryKind.DIRECTORY, at(both, "x").kind());
        assertEquals(2, live(both).size());
    }

    @Test
    void joinTreatsEqualVectorsWithDifferentValuesAsConcurrent() {
        FolderState both = both(state("x", file("f", vv(A, 1), A, WALL)), state("x", directory(vv(A, 1), A, WALL)));
        assertEquals(EntryKind.DIRECTORY, at(both, "x").kind());
        assertEquals(2, live(both).size());
    }

    @Test
    void joinMovesAFileAwayFromAboveALiveEntry() {
        FolderState both = both(state("x", file("f", vv(A, 1), A, WALL)), state("x/y/z", file("g", vv(B, 1), B, WALL)));
        assertEquals(EntryKind.DIRECTORY, at(both, "x").kind());
        assertEquals(vv(A, 1), at(both, "x").version());
        assertEquals(3, live(both).size());
        assertTrue(both.shown().containsKey(path("x/y")));
        assertEquals(Optional.empty(), both.shown().get(path("x/y")));
    }

    @Test
    void shownHoldsADeletedDirectoryOnlyWhileSomethingLivesInIt() {
        FolderState both = both(state("d", tombstone(vv(A, 2), A, WALL), "d/x", file("x", vv(B, 1), B, WALL)),
                state("d", directory(vv(A, 1), A, 1)));
        assertEquals(Set.of(path("d"), path("d/x")), both.shown().keySet());
        assertEquals(Optional.empty(), both.shown().get(path("d")));
        FolderState gone = both(both, state("d/x", tombstone(vv(B, 2), B, WALL)));
        assertEquals(Set.of(), gone.shown().keySet());
    }

    @Test
    void joinDoesNotMakeACopyAgainThatWasDeleted() {
        FolderState a = state("x", file("a", vv(A, 1), A, WALL));
        FolderState b = state("x", file("b", vv(B, 1), B, WALL + 1));
        FolderState c = state("x", file("c", vv(C, 1), C, WALL - 1));
        FolderState ab = both(a, b);
        RelativePath copy = ab.entries().keySet().stream().filter(p -> !p.equals(path("x"))).findAny().orElseThrow();
        Entry gone = tombstone(at(ab, copy.text()).version().with(B, 2), B, WALL + 5);
        FolderState deleted = ab.with(Map.of(copy, gone));
        FolderState elsewhere = both(both(a, c), b);
        assertEquals(gone, at(both(deleted, elsewhere), copy.text()));
    }

    @Test
    void joinLetsAnEditFollowTheMovedFile() {
        Entry was = file("base", vv(A, 1), A, WALL);
        Entry moved = file("base", vv(B, 2), B, WALL + 1);
        FolderState mover = state("old", movedAway(was, "new", vv(A, 1, B, 1), B, WALL + 1), "new", moved);
        FolderState editor = state("old", file("edit", vv(A, 2), A, WALL + 2));
        FolderState both = both(mover, editor);
        assertEquals(Set.of("new"), live(both));
        assertEquals(file("edit", vv(A, 2), A, 0).content(), at(both, "new").content());
        assertEquals(vv(A, 2, B, 2), at(both, "new").version());
        assertEquals(vv(A, 2, B, 1), at(both, "old").version());
    }

    @Test
    void joinLeavesAnEditAtItsOldNameWhenTheMovedFileWasEditedToo() {
        Entry was = file("base", vv(A, 1), A, WALL);
        Entry moved = file("edited there", vv(B, 3), B, WALL + 1);
        FolderState mover = state("old", movedAway(was, "new", vv(A, 1, B, 1), B, WALL + 1), "new", moved);
        FolderState both = both(mover, state("old", file("edit", vv(A, 2), A, WALL + 2)));
        assertEquals(Set.of("old", "new"), live(both));
    }

    @Test
    void joinLeavesAnEditOfAnOlderVersionAtItsOldName() {
        Entry was = file("newer base", vv(A, 1, B, 1), B, WALL);
        FolderState mover = state("old", movedAway(was, "new", vv(A, 1, B, 2), B, WALL + 1), "new",
                file("newer base", vv(B, 3), B, WALL + 1));
        FolderState both = both(mover, state("old", file("edit of the older base", vv(A, 2), A, WALL + 2)));
        assertEquals(Set.of("old", "new"), live(both));
        assertEquals(was.content(), at(both, "new").content());
    }
}
