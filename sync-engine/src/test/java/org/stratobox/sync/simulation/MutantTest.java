package org.stratobox.sync.simulation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertFalse;

/// The simulation sees mistakes: every mutant is caught within so many seeds.
class MutantTest {
    private static final long MOST_SEEDS = 3_000;

    /// An unreadable directory that counts as empty is left out: the worlds have too few unreadable directories to show it.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"NONE", "ERRORS_ARE_ABSENCE"})
    void everyMutantIsCaught(Mutant mutant) throws InterruptedException {
        Campaign.Summary summary = new Campaign(mutant).play(1, MOST_SEEDS, 1);
        assertFalse(summary.bad().isEmpty(), () -> mutant + " survived " + MOST_SEEDS + " seeds");
    }
}
