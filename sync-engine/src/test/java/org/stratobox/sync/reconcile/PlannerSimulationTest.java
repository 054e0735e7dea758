package org.stratobox.sync.reconcile;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many seeds of [PlannerSimulation]; a failure names its seed.
class PlannerSimulationTest {
    private static final int SEEDS = 10_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void diskComesToShowTheStateAndLosesNothing(boolean trouble) {
        Planner planner = new Planner();
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new PlannerSimulation(seed, planner::plan).run(trouble);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " trouble " + trouble + ": " + e.getMessage(), e);
            }
        }
    }
}
