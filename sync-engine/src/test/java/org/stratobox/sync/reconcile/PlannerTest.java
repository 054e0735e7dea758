package org.stratobox.sync.reconcile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Rows of the matrix of `sync.md` 7 that a planner decides, in the words of [Trees], and more.
class PlannerTest {
    private final Planner planner = new Planner();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "26 fresh join;'';d/#5|d/x=X#1|y=Y#2|l->t;mkdir d, link l, put d/x, put y, set d",
        "27 same files;a=X#1|d/#5;a=X#1^|d/#5^;rebind a, rebind d",
        "29 edit;a=X#1;a=Y#1;put a",
        "30 conflict;a=L#1;a=W#1|a (conflict from B, 2026-11-20 14.02, 3fa9)=L#1;put a (conflict from B, 2026-11-20 14.02, 3fa9) like a, put a",
        "30b conflict of two births;a=L#1;a=W#2|a (conflict from B, 2026-11-20 14.02, 3fa9)=L#1;move a to a (conflict from B, 2026-11-20 14.02, 3fa9), put a",
        "30c conflict elsewhere;a=O#1;a=W#1|a (conflict from B, 2026-11-20 14.02, 3fa9)=L#1;put a (conflict from B, 2026-11-20 14.02, 3fa9), put a",
        "32 delete and edit;-a;a=X#1;put a",
        "33 rename and edit;a=X#1;-a|b=Y#1;move a to b, put b",
        "33b rename;a=X#1;-a|b=X#1;move a to b",
        "34 rename dir, add inside;d/#5|d/x=X#1|d/new=N#2;-d|-d/x|e/#5|e/x=X#1;mkdir e, move d/x to e/x, set e",
        "35 two renames;a=X#1;-a|b=X#1|c=X#1;move a to b, put c",
        "37 swap;x=X#1|y=Y#2;x=Y#2|y=X#1;park x, move y to x, unpark x to y",
        "ring;a=A#1|b=B#2|c=C#3;a=C#3|b=A#1|c=B#2;park b, move a to b, move c to a, unpark b to c",
        "chain;a=A#1|b=B#2;-a|b=A#1|c=B#2;move b to c, move a to b",
        "mv over;a=A#1|b=B#2;-a|b=A#1;rm b, move a to b",
        "38 file and dir;n=F#1;n/#5|n/z=Z#2|n (conflict from B, 2026-11-20 14.02, 3fa9)=F#1;move n to n (conflict from B, 2026-11-20 14.02, 3fa9), mkdir n, put n/z, set n",
        "42 recreate;a=X#1;a=Y#2;put a",
        "44 exec;a=X#1;a=X#1!;set a",
        "deletes;d/#5|d/x=X#1|d/s/#6|d/s/y=Y#2|z=Z#3;-d|-d/x|-d/s|-d/s/y|-z;rm z, rm d/x, rm d/s/y, rmdir d/s, rmdir d",
        "into itself;a=X#1;a/#5|a/b=X#1;park a, mkdir a, unpark a to a/b, set a",
        "out of itself;a/#5|a/b=X#1;a=X#1|-a/b;park a/b, rmdir a, unpark a/b to a, rebind a/b",
        "dir to file;a/#5|a/b=X#1;a=Y#2|-a/b;rm a/b, rmdir a, put a",
        "file to dir;a=X#1;a/#5|a/b=Y#2;rm a, mkdir a, put a/b, set a",
        "rename dir;d/#5|d/x=X#1|d/s/#6|d/s/y=Y#2;-d|-d/x|-d/s|-d/s/y|e/#5|e/x=X#1|e/s/#6|e/s/y=Y#2;move d to e with 3",
        "T052;d/#5|d/x=X#1|d/y=Y#2|d/z=Z#3;-d|-d/x|-d/y|-d/z|e/#5|e/x=X2#1|e/y=Y#2|e/n=N#4;move d to e with 3, put e/n, put e/x, rm e/z",
        "T059;d/#5|d/x=X#1;d/#6|d/new=N#2|-d/x|e/#5|e/x=X#1;rebind d, mkdir e, move d/x to e/x, put d/new, set e",
        "T064;d/#5|d/c=C#1|d/s=S#2;-d|-d/c|-d/s|e/#5|k=C#1;move d to e with 2, move e/c to k, rm e/s",
        "T065;foo/#1|foo/x=X#2|foobar=B#3|foo bar=C#4|foo.txt=D#5;-foo|-foo/x;rm foo/x, rmdir foo",
        "ring of dirs;a/#1|a/x=A#4|b/#2|b/x=B#5|c/#3|c/x=C#6;a/#3|a/x=C#6|b/#1|b/x=A#4|c/#2|c/x=B#5;rebind a, rebind b, rebind c, park b/x, move a/x to b/x, move c/x to a/x, unpark b/x to c/x",
        "dir swap file;p/#1|p/s/#2|p/s/f=F#3|q=Q#4;p=Q#4|-p/s|-p/s/f|q/#5|q/s/#2|q/s/f=F#3;park q, mkdir q, move p/s to q/s with 1, rmdir p, unpark q to p, set q",
        "unknown id dir;d/#5|d/x=X#1;-d|-d/x|e/#9|e/x=X#1;move d to e with 1",
        "shown;-d;d/x=X#1;mkdir d, put d/x"})
    void planBringsTheDiskToTheState(String name, String base, String state, String expected) {
        FolderState known = Trees.tree(base, 2);
        FolderState wanted = Trees.after(known, state);
        ModelDisk disk = disk(known, false);
        Plan plan = planner.plan(disk.differences(wanted), disk.around(wanted), Caution.NONE);
        assertEquals(expected, Trees.text(plan));
        assertEquals(List.of(), Trees.postponed(plan));
        plan.steps().forEach(s -> assertTrue(disk.execute(s.step()), s.toString()));
        assertTrue(disk.endOfPass());
        assertTrue(planner.plan(disk.differences(wanted), disk.around(wanted), Caution.NONE).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "dirty;a=A#1|b=B#2;-a|b=B2#2;a;put b;[a NotCaptured]",
        "dirty chain;a=A#1|b=B#2|c=C#3;-a|b=A#1|c=B#2|d=C#3;d;'';[a WaitsFor, b WaitsFor, c WaitsFor, d NotCaptured]",
        "dirty swap;x=X#1|y=Y#2|z=Z#3;x=Y#2|y=X#1|z=Q#3;x;put z;[x NotCaptured, y WaitsFor]",
        "dirty in dir;d/#5|d/x=X#1;-d|-d/x|e/#5|e/x=X#1;d/new;mkdir e, move d/x to e/x, set e;[d NotCaptured]",
        "dirty in removed;d/#5|d/x=X#1;-d|-d/x;d/new;rm d/x;[d NotCaptured]"})
    void planLeavesAloneWhatIsNotCaptured(String name, String base, String state, String dirty, String expected,
            String postponed) {
        check(false, base, state, dirty, expected, postponed);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "case;readme=X#1;-readme|README=X#1;'';move readme to README same name;[]",
        "case dir;docs/#5|docs/x=X#1;-docs|-docs/x|Docs/#5|Docs/x=X#1;'';move docs to Docs with 1 same name;[]",
        "case dir dirty;docs/#5|docs/x=X#1;-docs|-docs/x|Docs/#5|Docs/x=X#1;Docs/y;park docs/x, rmdir docs, mkdir Docs, unpark docs/x to Docs/x, rebind docs/x, set Docs;[]",
        "twins;File=F#1;file=G#2;'';'';[file NameClash]",
        "twins new;'';file=G#2|File=F#1;'';put File;[file NameClash]",
        "twin dirs;Docs/#1;docs/#2|docs/x=X#3;'';'';[docs NameClash, docs/x WaitsFor]",
        "delete then create;File=F#1;-File|file=G#2;'';rm File, put file;[]"})
    void planKnowsThatTheDiskTakesTwoNamesForOne(String name, String base, String state, String dirty, String expected,
            String postponed) {
        check(true, base, state, dirty, expected, postponed);
    }

    private void check(boolean folding, String base, String state, String dirty, String expected, String postponed) {
        FolderState known = Trees.tree(base, 2);
        FolderState wanted = Trees.after(known, state);
        ModelDisk disk = disk(known, folding);
        Set<RelativePath> paths = new HashSet<>();
        for (String path : dirty.isEmpty() ? new String[0] : dirty.split("\\|", -1)) {
            paths.add(new RelativePath(path));
        }
        Plan plan = planner.plan(disk.differences(wanted), disk.around(wanted), Caution.of(paths));
        assertEquals(expected, Trees.text(plan));
        assertEquals(postponed, Trees.postponed(plan).toString());
        plan.steps().forEach(s -> assertTrue(disk.execute(s.step()), s.toString()));
    }

    private static ModelDisk disk(FolderState known, boolean folding) {
        ModelDisk disk = new ModelDisk(folding);
        known.entries().forEach((path, entry) -> {
            disk.base.put(path, entry);
            if (entry.isLive()) {
                disk.put(path, ModelDisk.Thing.of(entry));
            }
        });
        return disk;
    }

    private Plan plan(FolderState base, FolderState state) {
        ModelDisk disk = disk(base, false);
        return planner.plan(disk.differences(state), disk.around(state), Caution.NONE);
    }

    @Test
    void planKeepsTheOldVectorWhenTheFirstOfTwoStepsIsDone() {
        FolderState base = Trees.tree("a/#5", 2);
        Plan plan = plan(base, Trees.after(base, "a=X#1^"));
        Site first = plan.steps().getFirst().step().sites().getFirst();
        assertEquals(base.get(RelativePath.ROOT.child("a")).map(Entry::version), first.becomes().map(Entry::version));
        assertInstanceOf(Reason.MakesRoom.class, plan.steps().getFirst().step().reason());
        assertEquals(List.of(0), plan.steps().get(1).needs());
    }

    @Test
    void planPostponesWhenTheStateHasNotHeardOfBase() {
        FolderState base = Trees.tree("a=X#1|d/#2|d/y=Y#3", 9);
        FolderState state = Trees.tree("-a|-d|-d/y", 2);
        Plan plan = plan(base, state);
        assertTrue(plan.isEmpty());
        assertEquals(List.of("a NotJoined", "d NotJoined", "d/y NotJoined"), Trees.postponed(plan));
        assertEquals(List.of("a NotJoined"), Trees.postponed(plan(Trees.tree("a=X#1", 9), FolderState.empty())));
    }

    @Test
    void planShowsADirectoryUnderTheVectorOfItsTombstone() {
        FolderState base = Trees.tree("d/#5|d/x=X#1", 2);
        FolderState state = Trees.after(base, "-d^");
        ModelDisk disk = disk(base, false);
        Plan plan = planner.plan(disk.differences(state), disk.around(state), Caution.NONE);
        assertEquals("rebind d", Trees.text(plan));
        plan.steps().forEach(s -> assertTrue(disk.execute(s.step())));
        assertTrue(planner.plan(disk.differences(state), disk.around(state), Caution.NONE).isEmpty());
        FolderState empty = Trees.after(state, "-d/x^");
        assertEquals("rm d/x, rmdir d",
                Trees.text(planner.plan(disk.differences(empty), disk.around(empty), Caution.NONE)));
    }

    @Test
    void planMovesOneByOneWhenTheDirectoryDoesNotMoveInOnePiece() {
        FolderState base = Trees.tree("d/#5|d/x=X#1", 2);
        FolderState state = Trees.after(base, "-d|-d/x|e/#5|e/x=X#1");
        ModelDisk disk = disk(base, false);
        Caution caution = new Caution(Set.of(), Set.of(new RelativePath("d")));
        assertEquals("mkdir e, move d/x to e/x, rmdir d, set e",
                Trees.text(planner.plan(disk.differences(state), disk.around(state), caution)));
    }

    @Test
    void planCutsLongChainsWithoutAnyStackWhenTheyFormARing() {
        Map<RelativePath, Entry> base = new HashMap<>();
        Map<RelativePath, Entry> state = new HashMap<>();
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            base.putAll(Trees.tree("f" + i + "=X" + i + "#" + (i + 10), 2).entries());
            state.putAll(Trees.tree("f" + (i + 1) % count + "=X" + i + "#" + (i + 10), 3).entries());
        }
        ModelDisk disk = disk(new FolderState(base), false);
        FolderState wanted = new FolderState(state);
        Plan plan = planner.plan(disk.differences(wanted), disk.around(wanted), Caution.NONE);
        plan.steps().forEach(s -> assertTrue(disk.execute(s.step())));
        assertEquals(1, plan.steps().stream().filter(s -> s.step() instanceof Step.Park).count());
    }

    @Test
    void planRefusesAPathThatIsThereTwice() {
        Difference twice = new Difference(new RelativePath("a"), Optional.empty(), Optional.empty());
        Surroundings around = Surroundings.of(FolderState.empty(), FolderState.empty());
        assertThrows(IllegalArgumentException.class,
                () -> planner.plan(List.of(twice, twice), around, Caution.NONE));
    }
}
