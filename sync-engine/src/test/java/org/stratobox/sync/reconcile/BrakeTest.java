package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BrakeTest {
    private final Brake brake = new Brake(Brake.Limits.USUAL);

    private static Plan plan(String base, String state) {
        FolderState known = Trees.tree(base, 2);
        FolderState wanted = Trees.after(known, state);
        List<Difference> all = new ArrayList<>();
        wanted.entries().forEach((path, entry) -> {
            if (!known.get(path).equals(wanted.get(path))) {
                all.add(new Difference(path, known.get(path), wanted.get(path)));
            }
        });
        return new Planner().plan(all, Surroundings.of(known, wanted), Caution.NONE);
    }

    private static String many(String form, int count) {
        List<String> all = new ArrayList<>();
        for (int i = 100; i < 100 + count; i++) {
            all.add(form.replace("*", "" + i));
        }
        return String.join("|", all);
    }

    @Test
    void allowedIsTheLessOfBothButNeverBelowTheFloor() {
        assertEquals(50, Brake.Limits.USUAL.allowed(100_000));
        assertEquals(20, Brake.Limits.USUAL.allowed(100));
        assertEquals(10, Brake.Limits.USUAL.allowed(4));
    }

    @Test
    void inboundLetsGoWhenAsManyAsAllowedAreDeleted() {
        Plan plan = plan(many("f*=X*#*", 10), many("-f*", 10));
        assertEquals(new Held.Split(plan, Optional.empty(), List.of()), brake.inbound(plan, 10, Set.of()));
    }

    @Test
    void inboundHoldsDeletionsAndWhatDependsOnThemWhenThereAreMore() {
        Plan plan = plan("d/#1|e=E#2|g=G#3|" + many("d/f*=X*#*", 11),
                "-d|n=N#4|e=E2#2|-g|h=G#3|" + many("-d/f*", 11));
        Held.Split split = brake.inbound(plan, 13, Set.of());
        assertEquals("move g to h, put e, put n", Trees.text(split.go()));
        Held held = split.held().orElseThrow();
        assertEquals(11, held.deleted().size());
        assertEquals(List.of(), held.replaced());
        assertEquals(Map.of(Entries.B, 11), held.perDevice());
        assertEquals(12, split.waiting().size());
    }

    @Test
    void inboundHoldsNothingWhenManyFilesAreEditedOrRenamed() {
        assertTrue(brake.inbound(plan(many("f*=X*#*", 60), many("f*=Y*#*^", 60)), 60, Set.of()).held().isEmpty());
        assertTrue(brake.inbound(plan(many("f*=X*#*", 60), many("-f*|g*=X*#*", 60)), 60, Set.of()).held().isEmpty());
    }

    @Test
    void inboundHoldsFilesInWhosePlaceOthersCome() {
        Held.Split split = brake.inbound(plan(many("f*=X*#*", 60), many("f*=Y*#9*", 60)), 60, Set.of());
        assertEquals(60, split.held().orElseThrow().replaced().size());
        assertTrue(split.go().isEmpty());
    }

    /// Its place is taken by a file that is held as well, so nothing of the ring may move.
    @Test
    void inboundHoldsBothHalvesOfWhatBelongsTogether() {
        Plan plan = plan(many("f*=X*#*|g*=Y*#5*", 11) + "|q=Q#1|r=R#2", many("f*=Y*#5*^|-g*", 11) + "|q=R#2|r=Q#1");
        Held.Split split = brake.inbound(plan, 24, Set.of());
        assertEquals("park q, move r to q, unpark q to r", Trees.text(split.go()));
        assertEquals(11, split.held().orElseThrow().count());
    }

    @Test
    void inboundLetsExactlyTheReleasedSetThrough() {
        Plan plan = plan(many("f*=X*#*", 60), many("-f*", 60));
        Held.Id id = brake.inbound(plan, 60, Set.of()).held().orElseThrow().decision();
        assertTrue(brake.inbound(plan, 60, Set.of(id)).held().isEmpty());
        Plan more = plan(many("f*=X*#*", 61), many("-f*", 61));
        assertNotEquals(id, brake.inbound(more, 61, Set.of(id)).held().orElseThrow().decision());
        assertEquals(id, brake.inbound(plan, 9_000, Set.of()).held().orElseThrow().decision());
    }

    @Test
    void outboundHoldsWhenTooManyFilesAreGoneAndCountsNoDirectories() {
        FolderState base = Trees.tree(many("d*/#*", 30) + "|" + many("f*=X*#*", 11), 2);
        List<Difference> gone = new ArrayList<>();
        base.entries().forEach((path, e) -> gone.add(new Difference(path, base.get(path), Optional.empty())));
        Held held = brake.outbound(gone, 11, Set.of()).orElseThrow();
        assertEquals(11, held.count());
        assertFalse(held.deleted().contains(new RelativePath("d100")));
        assertTrue(brake.outbound(gone, 11, Set.of(held.decision())).isEmpty());
        assertTrue(brake.outbound(gone.subList(0, 5), 11, Set.of()).isEmpty());
    }

    /// Whatever is held, the rest can be carried out and parks nothing for good.
    @Test
    void inboundLeavesAPlanThatCanBeDoneForRandomHolds() {
        Plan plan = plan("a=A#1|b=B#2|c=C#3|d/#4|d/x=X#5|e=E#6|g=G#7", "a=C#3|b=A#1|c=B#2|d=E#6|-d/x|e/#8|e/y=X#5|-g");
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            List<Integer> hold = new ArrayList<>();
            for (int n = 0; n < plan.steps().size(); n++) {
                if (random.nextInt(5) == 0) {
                    hold.add(n);
                }
            }
            Held why = new Held(new Held.Id(new Digest256(0, 0, 0, 0)), List.of(), List.of(),
                    Map.of(), 7);
            Held.Split split = HeldBack.split(plan, why, hold);
            ModelDisk disk = new ModelDisk(false);
            Trees.tree("a=A#1|b=B#2|c=C#3|d/#4|d/x=X#5|e=E#6|g=G#7", 2).entries().forEach((path, e) -> {
                disk.base.put(path, e);
                disk.put(path, ModelDisk.Thing.of(e));
            });
            split.go().steps().forEach(s -> assertTrue(disk.execute(s.step()), s.toString()));
            assertTrue(disk.endOfPass(), "held " + hold);
            assertEquals(plan.steps().size(), split.go().steps().size() + split.waiting().size());
        }
    }
}
