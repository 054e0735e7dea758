package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// One seed: two trees that were equal and then went different ways, a disk that shows one of them, and a planner that is to
/// bring it to what both together mean, while steps fail and the user goes on working. An [AssertionError] says what is wrong.
final class PlannerSimulation {
    /// The planner under test, or one that was spoilt.
    interface Planning {
        Plan plan(Collection<Difference> differences, Surroundings around, Caution caution);
    }

    private static final StateJoin JOIN = new StateJoin(new ConflictNames(Map.of()));

    private final Random random;
    private final Planning planning;
    private final ModelUser user;
    private final long[] counterHere = {0};
    private final long[] counterThere = {0};
    private ModelDisk disk;
    private FolderState state = FolderState.empty();
    private long clock;
    /// What happened, for whoever looks into a seed.
    final List<Object> trace = new ArrayList<>();

    PlannerSimulation(long seed, Planning planning) {
        this.random = new Random(seed);
        this.planning = planning;
        this.user = new ModelUser(random);
        this.disk = ModelDisk.showing(state);
    }

    /// @param trouble whether steps fail and the user works on
    void run(boolean trouble) {
        remoteWork(4 + random.nextInt(14));
        disk = ModelDisk.showing(state);
        if (random.nextInt(3) == 0) {
            local(1 + random.nextInt(4));
        }
        FolderState mine = capture();
        remoteWork(1 + random.nextInt(12));
        state = JOIN.join(state, mine);
        if (trouble) {
            for (int i = 0; i < 6; i++) {
                troubledRound();
            }
            state = JOIN.join(state, capture());
        }
        calmRound();
        Plan again = plan(Caution.NONE);
        check(again.isEmpty(), "a second plan is not empty: " + again);
        check(again.postponed().isEmpty(), "something was postponed for no reason");
        showsTheState();
        nothingIsLost();
    }

    private FolderState capture() {
        FolderState captured = disk.capture(Entries.A, counterHere, ++clock * 60_000);
        trace.add("captured " + captured.entries());
        return captured;
    }

    private void local(int count) {
        for (int i = 0; i < count; i++) {
            user.acts(disk);
        }
    }

    /// Another device that shows the state, works, and publishes.
    private void remoteWork(int count) {
        ModelDisk other = ModelDisk.showing(state);
        for (int i = 0; i < count; i++) {
            user.acts(other);
            if (random.nextInt(4) == 0) {
                publish(other);
            }
        }
        publish(other);
    }

    private void publish(ModelDisk other) {
        FolderState captured = other.capture(Entries.B, counterThere, ++clock * 60_000);
        trace.add("heard " + captured.entries());
        state = JOIN.join(state, captured);
    }

    private Plan plan(Caution caution) {
        List<Difference> differences = new ArrayList<>(disk.differences(state));
        Collections.shuffle(differences, random);
        return planning.plan(differences, disk.around(state), caution);
    }

    private void troubledRound() {
        if (random.nextInt(3) == 0) {
            remoteWork(1 + random.nextInt(3));
        }
        boolean captured = random.nextInt(3) > 0;
        if (captured) {
            state = JOIN.join(state, capture());
        }
        Set<RelativePath> dirty = new HashSet<>(disk.changedByUser);
        Plan plan = plan(Caution.of(dirty));
        for (Plan.Ordered step : plan.steps()) {
            check(step.step().sites().stream().noneMatch(s -> dirty.contains(s.path())), "touches what is dirty");
        }
        double failing = random.nextDouble() * 0.6;
        double working = random.nextInt(2) * 0.3;
        execute(plan, failing, working);
        disk.endOfPass();
    }

    /// With nobody in the way everything is done in one pass, in any order that the needs allow.
    private void calmRound() {
        Plan plan = plan(Caution.NONE);
        check(plan.steps().size() < 2000, "a plan without end");
        keepsShownContents(plan);
        int done = execute(plan, 0, 0);
        check(done == plan.steps().size(), "not everything was done: " + plan);
        check(disk.endOfPass(), "something stayed parked");
    }

    private int execute(Plan plan, double failing, double working) {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            open.add(i);
        }
        Set<Integer> done = new HashSet<>();
        boolean inOrder = random.nextBoolean();
        for (List<Integer> ready = ready(plan, open, done); !ready.isEmpty(); ready = ready(plan, open, done)) {
            int next = ready.get(inOrder ? 0 : random.nextInt(ready.size()));
            open.removeIf(i -> i == next);
            if (random.nextDouble() < working) {
                user.acts(disk);
            }
            if (random.nextDouble() >= failing && disk.execute(plan.steps().get(next).step())) {
                done.add(next);
                trace.add(plan.steps().get(next).step());
            }
        }
        return done.size();
    }

    private static List<Integer> ready(Plan plan, List<Integer> open, Set<Integer> done) {
        return open.stream().filter(i -> done.containsAll(plan.steps().get(i).needs())).toList();
    }

    /// Where the bytes are on this disk and belong on it, they never leave it, in the order of the plan: a conflict copy is
    /// there before its main file is replaced, a moved file is moved.
    private void keepsShownContents(Plan plan) {
        for (int i = 0; i < plan.steps().size(); i++) {
            if (plan.steps().get(i).step() instanceof Step.PutFile put && put.copyOf().isPresent()) {
                Entry source = disk.base.getOrDefault(put.copyOf().get(), put.site().becomes().orElseThrow());
                check(disk.base.containsKey(put.copyOf().get())
                        && source.sameContent(put.site().becomes().orElseThrow()), "copies another file");
                int copied = i;
                plan.steps().subList(0, i).forEach(earlier -> check(
                        earlier.step().sites().stream().noneMatch(s -> s.path().equals(put.copyOf().get())
                                && s.becomes().filter(b -> b.sameContent(source)).isEmpty()),
                        "main file replaced before its copy " + copied));
            }
        }
    }

    private void showsTheState() {
        Map<RelativePath, String> wanted = new TreeMap<>();
        state.shown().forEach((path, e) -> wanted.put(path, e.map(PlannerSimulation::text).orElse("DIRECTORY")));
        Map<RelativePath, String> there = new TreeMap<>();
        disk.things().forEach((path, t) -> there.put(path, t.kind() == EntryKind.DIRECTORY
                ? "DIRECTORY"
                : t.content().identity().hex() + (t.kind() == EntryKind.FILE ? t.executable() + "" + t.mtime() : "")));
        check(wanted.equals(there), "disk " + there + " is not the state " + wanted);
        for (RelativePath path : there.keySet()) {
            VersionVector known = state.get(path).map(Entry::version).orElse(VersionVector.empty());
            check(Optional.of(known).equals(Optional.ofNullable(disk.base.get(path)).map(Entry::version)),
                    "base is behind");
        }
    }

    private static String text(Entry e) {
        return e.kind() == EntryKind.DIRECTORY
                ? "DIRECTORY"
                : e.content().identity().hex()
                        + (e.kind() == EntryKind.FILE ? e.isExecutable() + "" + e.mtimeMillis() : "");
    }

    private void nothingIsLost() {
        Set<Content> lost = new HashSet<>(user.written);
        lost.removeAll(user.givenUp);
        disk.things().values().forEach(t -> lost.remove(t.content()));
        check(lost.isEmpty(), "lost " + lost);
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new AssertionError(otherwise);
        }
    }
}
