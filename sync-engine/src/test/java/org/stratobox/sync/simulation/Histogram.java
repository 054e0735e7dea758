package org.stratobox.sync.simulation;

import java.util.List;

import org.stratobox.sync.simulation.world.Tally;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A simulation proves nothing about what never happened in it.
final class Histogram {
    private static final List<String> EXPECTED = List.of("kill", "power cut", "node dropped", "node lost answer",
            "node delayed", "node corrupt", "node stale list", "node partial list", "node stale read", "node crash",
            "node full", "disk full");

    private Histogram() {}

    /// @param tally of many runs
    static void check(Tally tally) {
        List<String> never = EXPECTED.stream().filter(what -> tally.count(what) == 0).toList();
        assertEquals(List.of(), never, () -> "never happened; what did: " + tally.counts());
        List<SimUser.Act> idle = SimUser.acts().filter(act -> tally.count("user " + act) == 0).toList();
        assertEquals(List.of(), idle, "no user ever did this");
    }
}
