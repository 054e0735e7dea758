package org.stratobox.sync.simulation.mesh;

import org.stratobox.sync.simulation.world.Chance;

/// How likely each thing goes wrong on the way to a node and on it.
///
/// @param dropped the request is lost before it has an effect
/// @param lostAnswer it has its effect and the answer is lost
/// @param delayed it takes its time
/// @param corrupt bytes of an answer are wrong
/// @param staleList a list lacks the newest objects
/// @param partialList a list lacks any object
/// @param staleRead an object that is there is said to be absent
/// @param crash the node goes away for a while
/// @param full the node takes nothing for a while
/// @param rollBack the node is back at an older state
public record Weather(double dropped, double lostAnswer, double delayed, double corrupt, double staleList,
        double partialList, double staleRead, double crash, double full, double rollBack) {
    /// Nothing goes wrong.
    public static final Weather FINE = new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// @param chance decides which kinds go wrong, and how much
    /// @return a weather
    public static Weather of(Chance chance) {
        if (chance.happens(0.3)) {
            return FINE;
        }
        return new Weather(some(chance, 0.08), some(chance, 0.08), some(chance, 0.2), some(chance, 0.05),
                some(chance, 0.2), some(chance, 0.1), some(chance, 0.05), some(chance, 0.02), some(chance, 0.02), 0);
    }

    private static double some(Chance chance, double most) {
        return chance.happens(0.4) ? most * chance.below(100) / 100 : 0;
    }

    /// @param probability of each request
    /// @return this weather in which a node may fall back to an older state
    public Weather withRollBack(double probability) {
        return new Weather(dropped, lostAnswer, delayed, corrupt, staleList, partialList, staleRead, crash, full,
                probability);
    }
}
