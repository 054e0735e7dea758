package org.stratobox.sync.reconcile;

import java.util.List;

/// What brings a disk from base to what the state shows, in an order in which it can be done. Immutable, comparable,
/// printable.
///
/// The order of the list is the one to prefer: rebinding, renames and directories, small files before large ones, deletions
/// from the bottom up, attributes of directories. Any other order is right, too, as long as a step comes after all it needs;
/// a step of which a need was not done is not to be tried.
///
/// @param steps each after everything it needs
/// @param postponed what differs and is left as it is, in the order of paths
public record Plan(List<Ordered> steps, List<Postponed> postponed) {
    private static final Plan EMPTY = new Plan(List.of(), List.of());

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if a step needs a later one
    public Plan {
        steps = List.copyOf(steps);
        postponed = List.copyOf(postponed);
        for (int i = 0; i < steps.size(); i++) {
            for (int need : steps.get(i).needs()) {
                if (need < 0 || need >= i) {
                    throw new IllegalArgumentException("a step before what it needs");
                }
            }
        }
    }

    /// @return the plan that does nothing
    public static Plan empty() {
        return EMPTY;
    }

    /// @return whether there is nothing to do; something may be postponed all the same
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /// A step and what must be done before.
    ///
    /// @param step what to do
    /// @param needs places, in the plan, of steps that must have been done, ascending
    public record Ordered(Step step, List<Integer> needs) {
        /// Copies the list.
        public Ordered {
            needs = List.copyOf(needs);
        }
    }
}
