package org.stratobox.sync.simulation.world;

import java.util.SortedMap;
import java.util.TreeMap;

/// How often each kind of thing happened, over one run or many.
public final class Tally {
    private final SortedMap<String, Long> counts = new TreeMap<>();

    /// Nothing has happened.
    public Tally() {
        // empty
    }

    /// @param what happened once
    public void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /// @param other whose counts are added
    public void addAll(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    /// @param what some kind
    /// @return how often
    public long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /// @return everything that happened
    public SortedMap<String, Long> counts() {
        return counts;
    }
}
