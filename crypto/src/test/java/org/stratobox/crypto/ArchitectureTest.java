package org.stratobox.crypto;

import org.junit.jupiter.api.Test;
import org.stratobox.architecture.ArchitectureRules;

class ArchitectureTest {
    @Test
    void everyClassKeepsTheRulesOfTheArchitecture() {
        ArchitectureRules.check();
    }
}
