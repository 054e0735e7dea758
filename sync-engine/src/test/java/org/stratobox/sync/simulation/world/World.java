package org.stratobox.sync.simulation.world;

/// Everything that follows from one seed.
///
/// @param chance decides
/// @param time passes
/// @param scheduler runs the threads
/// @param trace remembers what happened
/// @param tally counts it
public record World(Chance chance, VirtualTime time, Scheduler scheduler, Trace trace, Tally tally) {
    /// @param seed decides everything
    /// @param isTraceKept whether the trace can be read afterwards
    /// @return a world in which nothing has happened
    public static World of(long seed, boolean isTraceKept) {
        Chance chance = new Chance(seed);
        VirtualTime time = new VirtualTime();
        return new World(chance, time, new Scheduler(chance.fork(), time), new Trace(isTraceKept), new Tally());
    }
}
