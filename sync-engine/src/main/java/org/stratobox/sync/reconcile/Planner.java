package org.stratobox.sync.reconcile;

import java.util.Collection;
import java.util.List;

/// Plans how a disk comes to show the merged state (`sync.md` 2, `sync-disk.md` 3.3). Pure: the same differences give the
/// same plan. Time and memory grow linearly with the differences.
///
/// A plan that was carried out completely leaves no difference but the postponed ones; one that was carried out in part leaves
/// a disk and a base from which the next plan goes on.
public final class Planner {
    /// Holds nothing.
    public Planner() {}

    /// @param differences all paths of a folder whose base and state differ, in any order. All: a directory of base that the
    /// state does not hold is moved or removed on the strength of having everything below it here
    /// @param around the rest of the folder
    /// @param caution what must not be touched
    /// @return what to do
    public Plan plan(Collection<Difference> differences, Surroundings around, Caution caution) {
        if (differences.isEmpty()) {
            return Plan.empty();
        }
        Nodes nodes = new Nodes(differences, around);
        Dirt dirt = new Dirt(caution);
        List<Action> carries = new DirectoryMoves(nodes, dirt).decide();
        FileMoves.decide(nodes.all());
        List<Action> actions = new Wiring(around).wire(nodes.all(), carries);
        List<Postponed> postponed = Obstacles.spread(actions, dirt);
        actions.removeIf(a -> a.obstacle != null);
        return new Plan(Schedule.of(actions), postponed);
    }
}
