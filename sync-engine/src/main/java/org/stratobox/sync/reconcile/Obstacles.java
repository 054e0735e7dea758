package org.stratobox.sync.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// Finds everything that cannot be done now because of what must not be touched.
final class Obstacles {
    private final Map<Action, List<Action>> dependents = new HashMap<>();
    private final Deque<Action> open = new ArrayDeque<>();

    private Obstacles() {}

    /// Gives an obstacle to every action that has to wait.
    ///
    /// @param actions all
    /// @param dirt what must not be touched
    /// @return the paths that wait
    static List<Postponed> spread(List<Action> actions, Dirt dirt) {
        Obstacles obstacles = new Obstacles();
        for (Action action : actions) {
            if (action.obstacle == null) {
                action.obstacle = dirty(action, dirt);
            }
            if (action.obstacle != null) {
                obstacles.open.add(action);
            }
        }
        if (obstacles.open.isEmpty()) {
            return List.of();
        }
        actions.forEach(obstacles::register);
        obstacles.spread();
        return postponed(actions);
    }

    private static @Nullable Obstacle dirty(Action action, Dirt dirt) {
        Node node = action.node;
        RelativePath changed = action.kind == Action.Kind.REMOVE && node.isHere(EntryKind.DIRECTORY)
                ? dirt.atOrBelow(node.path)
                : dirt.isAt(node.path) ? node.path : null;
        return changed == null ? null : new Obstacle.NotCaptured(changed);
    }

    private void register(Action action) {
        for (Action need : action.needs) {
            dependents.computeIfAbsent(need, n -> new ArrayList<>(2)).add(action);
        }
    }

    private void spread() {
        while (!open.isEmpty()) {
            Action stopped = open.remove();
            dependents.getOrDefault(stopped, List.of()).forEach(d -> stop(d, stopped));
            // a file that cannot arrive does not leave, and nothing makes room for what does not come
            if (stopped.partner != null) {
                stop(stopped.partner, stopped);
            }
            if (stopped.node.leave != null && stopped.node.leave.partner == stopped) {
                stop(stopped.node.leave, stopped);
            }
        }
    }

    private void stop(Action action, Action because) {
        if (action.obstacle == null) {
            action.obstacle = new Obstacle.WaitsFor(because.node.path);
            open.add(action);
        }
    }

    private static List<Postponed> postponed(List<Action> actions) {
        SortedMap<RelativePath, Postponed> all = new TreeMap<>();
        for (Action action : actions) {
            if (action.obstacle != null) {
                all.merge(action.node.path, new Postponed(action.node.path, action.obstacle),
                        (a, b) -> a.obstacle() instanceof Obstacle.WaitsFor ? b : a);
            }
        }
        return List.copyOf(all.values());
    }
}
