package org.stratobox.sync.collect;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratobox.sync.collect.GcModel.Rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GcModelTest {
    private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);

    private static GcModel without(Rule left, boolean withMerger) {
        Set<Rule> rules = EnumSet.copyOf(ALL);
        rules.remove(left);
        return new GcModel(rules, withMerger);
    }

    @Test
    void nothingThatAHeadNamesIsEverDeleted() {
        GcModel.Result one = new GcModel(ALL, false).search();
        assertEquals(Optional.empty(), one.loss());
        assertTrue(one.states() > 100, () -> "only " + one.states() + " states");
        GcModel.Result two = new GcModel(ALL, true).search();
        assertEquals(Optional.empty(), two.loss());
        assertTrue(two.states() > one.states() * 4, () -> "only " + two.states() + " states");
    }

    @ParameterizedTest
    @EnumSource(value = Rule.class, names = "SEEN_BY_ALL", mode = EnumSource.Mode.EXCLUDE)
    void everyRuleIsNeeded(Rule rule) {
        List<String> trace = without(rule, false).search().loss().orElseThrow();
        assertTrue(trace.contains("collector deletes"), trace::toString);
    }

    @Test
    void whoMergesFromOthersMustHaveSeenTheirAnswers() {
        assertEquals(Optional.empty(), without(Rule.SEEN_BY_ALL, false).search().loss());
        List<String> trace = without(Rule.SEEN_BY_ALL, true).search().loss().orElseThrow();
        assertTrue(trace.contains("merger merges"), trace::toString);
    }
}
