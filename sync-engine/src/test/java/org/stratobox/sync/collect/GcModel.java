package org.stratobox.sync.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The protocol of `format.md` 3.10 as a state space that is searched completely: one content with its usual address and a
/// second one it gets when it is sealed anew; a writer whose user deletes it and adds it again, who may fall asleep for
/// weeks; a second device that merges what the writer publishes; a collector with an old view of both.
final class GcModel {
    /// A part of the protocol that can be left out, to see that it is needed.
    enum Rule {
        /// Delete only what every device has acknowledged.
        ACKNOWLEDGE,
        /// Content that is a candidate is sealed under another address.
        SEAL_ANEW,
        /// Nothing is deleted after the plan has ended.
        NOTHING_AFTER_DONE,
        /// Who wakes up after weeks looks whether what it knows is still there.
        LOOK_AFTER_SLEEP,
        /// Every device must have seen the acknowledgements of the others.
        SEEN_BY_ALL
    }

    /// What a device's state or head names.
    enum Ref {
        NOTHING, USUAL, OTHER
    }

    /// What a device knows of the plan.
    enum Plan {
        NONE, OPEN, DONE
    }

    /// @param state what is on its disk
    /// @param head what its newest published head names
    /// @param headAcks whether that head acknowledges the plan
    /// @param plan what it knows of the plan
    record Device(Ref state, Ref head, boolean headAcks, Plan plan) {
        Device with(Ref newState) {
            return new Device(newState, head, headAcks, plan);
        }

        Device publish() {
            return new Device(state, state, plan == Plan.OPEN, plan);
        }

        Device knows(Plan newPlan) {
            return new Device(state, head, headAcks, newPlan);
        }
    }

    /// @param writer the device whose user acts
    /// @param writerKnows whether its index says that the usual address is stored
    /// @param asleep whether it is away for weeks
    /// @param merger the device that merges the writer's heads
    /// @param mergerSawAck whether the newest head it merged acknowledged the plan, or was the last word of a sleeper
    /// @param headSawAck the same when it published last
    /// @param plan of the collector
    /// @param view the heads of both as the collector read them last
    /// @param usual whether the usual address is stored
    /// @param other whether the other address is stored
    record World(Device writer, boolean writerKnows, boolean asleep, Device merger, boolean mergerSawAck,
            boolean headSawAck, Plan plan, View view, boolean usual, boolean other) {
        /// A head names something that is not there.
        boolean isLoss() {
            return isMissing(writer.head) || isMissing(merger.head);
        }

        private boolean isMissing(Ref ref) {
            return (ref == Ref.USUAL && !usual) || (ref == Ref.OTHER && !other);
        }

        World writer(Device changed) {
            return new World(changed, writerKnows, asleep, merger, mergerSawAck, headSawAck, plan, view, usual, other);
        }

        World writerKnows(boolean knows) {
            return new World(writer, knows, asleep, merger, mergerSawAck, headSawAck, plan, view, usual, other);
        }

        World asleep(boolean now) {
            return new World(writer, writerKnows, now, merger, mergerSawAck, headSawAck, plan, view, usual, other);
        }

        World merger(Device changed, boolean saw, boolean headSaw) {
            return new World(writer, writerKnows, asleep, changed, saw, headSaw, plan, view, usual, other);
        }

        World plan(Plan next) {
            return new World(writer, writerKnows, asleep, merger, mergerSawAck, headSawAck, next, view, usual, other);
        }

        World view(View next) {
            return new World(writer, writerKnows, asleep, merger, mergerSawAck, headSawAck, plan, next, usual, other);
        }

        World stored(boolean usualThere, boolean otherThere) {
            return new World(writer, writerKnows, asleep, merger, mergerSawAck, headSawAck, plan, view, usualThere,
                    otherThere);
        }
    }

    /// @param writer what the writer's head names
    /// @param writerAcks whether it acknowledges
    /// @param writerAsleep whether it was older than 21 days when it was read; counts only if the plan was there already, so that
    ///        whoever wakes after the reading finds the plan
    /// @param merger what the merger's head names
    /// @param mergerAcks whether it acknowledges, having seen the writer's acknowledgement if that is asked for
    record View(Ref writer, boolean writerAcks, boolean writerAsleep, Ref merger, boolean mergerAcks) {}

    private final Set<Rule> rules;
    private final boolean withMerger;

    GcModel(Set<Rule> rules, boolean withMerger) {
        this.rules = rules.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(rules);
        this.withMerger = withMerger;
    }

    /// What a search found.
    ///
    /// @param states how many there are
    /// @param loss steps to a loss, if there is one
    record Result(int states, Optional<List<String>> loss) {}

    Result search() {
        Device start = new Device(Ref.USUAL, Ref.USUAL, false, Plan.NONE);
        Device second = withMerger ? start : new Device(Ref.NOTHING, Ref.NOTHING, false, Plan.NONE);
        World first = new World(start, true, false, second, false, false, Plan.NONE,
                new View(Ref.USUAL, false, false, Ref.USUAL, false), true, false);
        Map<World, String> how = new HashMap<>();
        Map<World, World> from = new HashMap<>();
        Deque<World> open = new ArrayDeque<>(List.of(first));
        how.put(first, "start");
        while (!open.isEmpty()) {
            World world = open.remove();
            if (world.isLoss()) {
                return new Result(how.size(), Optional.of(trace(world, how, from)));
            }
            for (Map.Entry<String, World> next : steps(world).entrySet()) {
                if (how.putIfAbsent(next.getValue(), next.getKey()) == null) {
                    from.put(next.getValue(), world);
                    open.add(next.getValue());
                }
            }
        }
        return new Result(how.size(), Optional.empty());
    }

    private static List<String> trace(World loss, Map<World, String> how, Map<World, World> from) {
        Deque<String> steps = new ArrayDeque<>();
        for (World at = loss; from.containsKey(at); at = from.getOrDefault(at, at)) {
            steps.addFirst(how.getOrDefault(at, ""));
        }
        return List.copyOf(steps);
    }

    private Map<String, World> steps(World world) {
        Map<String, World> steps = new LinkedHashMap<>();
        if (world.asleep) {
            steps.put("writer wakes", wake(world));
        } else {
            writerSteps(world, steps);
        }
        if (withMerger) {
            mergerSteps(world, steps);
        }
        collectorSteps(world, steps);
        return steps;
    }

    private void writerSteps(World world, Map<String, World> steps) {
        Device writer = world.writer;
        steps.put("writer sleeps", world.asleep(true));
        if (writer.state != Ref.NOTHING) {
            steps.put("user deletes", world.writer(writer.with(Ref.NOTHING)));
        } else {
            steps.put("user adds", add(world));
        }
        steps.put("writer publishes", world.writer(writer.publish()));
        if (world.plan != Plan.NONE && writer.plan == Plan.NONE) {
            steps.put("writer sees the plan", world.writer(writer.knows(world.plan)).writerKnows(world.usual
                    && world.writerKnows && world.plan == Plan.OPEN));
        }
        if (world.plan == Plan.DONE && writer.plan == Plan.OPEN) {
            steps.put("writer sees the end", world.writer(writer.knows(Plan.DONE)).writerKnows(world.usual));
        }
    }

    /// Unless the index knows the usual address, the content is uploaded.
    private World add(World world) {
        if (world.writer.plan == Plan.OPEN && rules.contains(Rule.SEAL_ANEW)) {
            return world.writer(world.writer.with(Ref.OTHER)).stored(world.usual, true);
        }
        World added = world.writer(world.writer.with(Ref.USUAL));
        return world.writerKnows ? added : added.stored(true, world.other).writerKnows(true);
    }

    private World wake(World world) {
        World awake = world.asleep(false);
        if (!rules.contains(Rule.LOOK_AFTER_SLEEP)) {
            return awake;
        }
        Device writer = awake.writer.knows(world.plan);
        awake = awake.writer(writer).writerKnows(world.usual);
        boolean relies = writer.state == Ref.USUAL && writer.head != Ref.USUAL;
        if (!relies) {
            return awake;
        }
        return add(awake.writer(writer.with(Ref.NOTHING)));
    }

    private void mergerSteps(World world, Map<String, World> steps) {
        Device merger = world.merger;
        steps.put("merger merges",
                world.merger(merger.with(world.writer.head),
                        world.writer.headAcks || (world.asleep && world.plan == Plan.OPEN), world.headSawAck));
        steps.put("merger publishes", world.merger(merger.publish(), world.mergerSawAck, world.mergerSawAck));
        if (world.plan != merger.plan) {
            steps.put("merger sees the plan",
                    world.merger(merger.knows(world.plan), world.mergerSawAck, world.headSawAck));
        }
    }

    private void collectorSteps(World world, Map<String, World> steps) {
        View view = world.view;
        boolean seen = !rules.contains(Rule.SEEN_BY_ALL) || world.headSawAck;
        steps.put("collector reads heads", world.view(new View(world.writer.head, world.writer.headAcks,
                world.asleep && world.plan == Plan.OPEN,
                withMerger ? world.merger.head : Ref.NOTHING, !withMerger || (world.merger.headAcks && seen))));
        boolean unused = view.writer != Ref.USUAL && view.merger != Ref.USUAL;
        if (world.plan == Plan.NONE && unused) {
            steps.put("collector plans", world.plan(Plan.OPEN));
        }
        boolean agreed = !rules.contains(Rule.ACKNOWLEDGE)
                || ((view.writerAcks || view.writerAsleep) && view.mergerAcks);
        boolean mayDelete = world.plan == Plan.OPEN
                || (world.plan == Plan.DONE && !rules.contains(Rule.NOTHING_AFTER_DONE));
        if (mayDelete && agreed && unused && world.usual) {
            steps.put("collector deletes", world.stored(false, world.other));
        }
        if (world.plan == Plan.OPEN) {
            steps.put("collector ends", world.plan(Plan.DONE));
        }
    }
}
