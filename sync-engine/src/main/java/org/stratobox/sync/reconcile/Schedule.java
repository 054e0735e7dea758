package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/// Puts actions in order and makes steps of them. Everything an action needs is visited before it. A file that has to leave its
/// place is moved where it belongs if that is possible at that moment, else parked: so chains are renamed from their end, and
/// a ring costs one parked file.
///
/// That always comes to an end: with every file parked, what arrives needs only what leaves and what makes a directory nearer
/// to the top.
final class Schedule {
    /// So deep a chain of needs is cut by parking, to keep the stack small.
    private static final int DEEPEST = 300;

    private static final Comparator<Action> PREFERRED = Comparator.comparing((Action a) -> a.kind)
            .thenComparingInt(a -> a.urgency).thenComparing(Schedule::byPath);

    private final List<Plan.Ordered> steps = new ArrayList<>();

    private Schedule() {}

    /// @param actions those without an obstacle
    /// @return steps, each after what it needs
    static List<Plan.Ordered> of(List<Action> actions) {
        Schedule schedule = new Schedule();
        List<Action> open = new ArrayList<>(actions);
        open.removeIf(a -> a.kind == Action.Kind.LEAVE);
        open.forEach(a -> a.urgency = urgency(a));
        open.sort(PREFERRED);
        while (!open.isEmpty()) {
            int before = open.size();
            open.forEach(schedule::fromTheEnd);
            open.removeIf(Action::isDone);
            if (open.size() == before) {
                throw new IllegalStateException("steps that wait for one another");
            }
        }
        return schedule.steps;
    }

    /// Conflict copies before anything else that is fetched, small files before large ones.
    private static int urgency(Action action) {
        if (action.kind != Action.Kind.PUT || action.node.copyOf != null || Steps.isConflictCopy(action)) {
            return 0;
        }
        return 64 - Long.numberOfLeadingZeros(action.node.shown.orElseThrow().size());
    }

    private static int byPath(Action a, Action b) {
        int order = a.node.path.compareTo(b.node.path);
        return a.kind.compareTo(Action.Kind.REMOVE) >= 0 ? -order : a.kind == Action.Kind.CARRY ? 0 : order;
    }

    /// A long chain of renames starts with the one whose new name is free.
    private void fromTheEnd(Action first) {
        if (first.kind != Action.Kind.MOVE) {
            visit(first, 0);
            return;
        }
        List<Action> chain = new ArrayList<>();
        Set<Action> seen = new HashSet<>();
        Action at = first;
        while (at != null && !at.isDone() && seen.add(at)) {
            chain.add(at);
            at = successor(at);
        }
        chain.reversed().forEach(a -> visit(a, 0));
    }

    private static @Nullable Action successor(Action move) {
        Action leave = move.node.leave;
        return leave != null && leave.kind == Action.Kind.LEAVE ? leave.partner : null;
    }

    /// @return whether it is done now
    private boolean visit(Action action, int depth) {
        if (action.isDone()) {
            return true;
        }
        if (action.busy || depth > DEEPEST) {
            return false;
        }
        if (action.kind == Action.Kind.LEAVE) {
            return leave(action, depth);
        }
        action.busy = true;
        boolean ready = visitAll(action.needs, depth) && (action.kind != Action.Kind.MOVE
                || visitAll(leaveOf(action).needs, depth));
        action.busy = false;
        if (ready && !action.isDone()) {
            emit(action);
        }
        return ready;
    }

    private boolean visitAll(List<Action> needs, int depth) {
        for (Action need : needs) {
            if (!visit(need, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean leave(Action leave, int depth) {
        Action move = leave.partner;
        if (move != null && visit(move, depth + 1)) {
            return true;
        }
        if (leave.isDone()) {
            return true;
        }
        leave.busy = true;
        boolean ready = visitAll(leave.needs, depth);
        leave.busy = false;
        if (ready && !leave.isDone()) {
            leave.parked = true;
            leave.index = add(Steps.park(leave), leave.needs);
        }
        return ready;
    }

    private void emit(Action action) {
        if (action.kind != Action.Kind.MOVE) {
            action.index = add(Steps.of(action), action.needs);
            return;
        }
        Action leave = leaveOf(action);
        List<Action> needs = new ArrayList<>(action.needs);
        if (leave.parked) {
            needs.add(leave);
            action.index = add(Steps.unpark(action), needs);
            if (action.source().shown.isEmpty()) {
                add(Steps.forget(action.source()), List.of(action));
            }
        } else {
            needs.addAll(leave.needs);
            action.index = add(Steps.move(action), needs);
            leave.index = action.index;
        }
    }

    private static Action leaveOf(Action move) {
        if (move.partner == null) {
            throw new IllegalStateException("a move without a start");
        }
        return move.partner;
    }

    private int add(Step step, List<Action> needs) {
        Set<Integer> indices = new TreeSet<>();
        needs.forEach(n -> indices.add(n.index));
        steps.add(new Plan.Ordered(step, List.copyOf(indices)));
        return steps.size() - 1;
    }
}
