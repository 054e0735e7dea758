package org.stratobox.sync.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.model.RelativePath;

/// Takes steps out of a plan, with all that depends on them, so that the rest can be carried out alone.
final class HeldBack {
    private final Plan plan;
    private final boolean[] held;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final List<List<Integer>> dependents = new ArrayList<>();
    /// Steps that only make room, by the path at which what they make room for arrives.
    private final Map<RelativePath, Integer> removals = new HashMap<>();
    private final Map<RelativePath, Integer> parks = new HashMap<>();

    private HeldBack(Plan plan) {
        this.plan = plan;
        this.held = new boolean[plan.steps().size()];
        for (int i = 0; i < held.length; i++) {
            dependents.add(new ArrayList<>(0));
            Step step = plan.steps().get(i).step();
            for (int need : plan.steps().get(i).needs()) {
                dependents.get(need).add(i);
            }
            if (step instanceof Step.Park) {
                parks.put(step.path(), i);
            } else if (step instanceof Step.Remove && step.isInterim()) {
                removals.put(step.path(), i);
            }
        }
    }

    static Held.Split split(Plan plan, Held why, Collection<Integer> steps) {
        HeldBack back = new HeldBack(plan);
        steps.forEach(back::hold);
        while (!back.open.isEmpty()) {
            back.spread(back.open.remove());
        }
        return back.split(why);
    }

    private void hold(Integer index) {
        if (!held[index]) {
            held[index] = true;
            open.add(index);
        }
    }

    private void spread(int index) {
        dependents.get(index).forEach(this::hold);
        Step step = plan.steps().get(index).step();
        // nothing leaves for a place it cannot reach, and nothing makes room for what does not come
        Integer park = step instanceof Step.Unpark unpark ? parks.get(unpark.from()) : null;
        Integer removal = removals.get(step.path());
        if (park != null) {
            hold(park);
        }
        if (removal != null) {
            hold(removal);
        }
    }

    private Held.Split split(Held why) {
        int[] now = new int[held.length];
        List<Plan.Ordered> go = new ArrayList<>();
        List<Step> waiting = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            Plan.Ordered step = plan.steps().get(i);
            if (held[i]) {
                waiting.add(step.step());
            } else {
                now[i] = go.size();
                go.add(new Plan.Ordered(step.step(), step.needs().stream().map(need -> now[need]).toList()));
            }
        }
        return new Held.Split(new Plan(go, plan.postponed()), Optional.of(why), waiting);
    }
}
