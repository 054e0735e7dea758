package org.stratobox.sync.simulation.world;

import java.util.ArrayList;
import java.util.List;

/// What happened, as a number that two equal runs share, and as lines if somebody wants to read them.
public final class Trace {
    private static final long PRIME = 0x0000_0100_0000_01B3L;
    private final boolean isKept;
    private final List<String> lines = new ArrayList<>();
    private long hash = 0xCBF2_9CE4_8422_2325L;
    private int events;

    /// @param isKept whether the lines are kept
    public Trace(boolean isKept) {
        this.isKept = isKept;
    }

    /// @param who device, node or user
    /// @param what it did
    public void say(String who, String what) {
        mix(who.hashCode());
        mix(what.hashCode());
        events++;
        if (isKept) {
            lines.add(String.format("%6d %-8s %s", events, who, what));
        }
    }

    private void mix(int value) {
        hash = (hash ^ value) * PRIME;
    }

    /// @return of everything said so far
    public long hash() {
        return hash;
    }

    /// @return how many things happened
    public int events() {
        return events;
    }

    /// @return what was said; empty unless kept
    public List<String> lines() {
        return lines;
    }
}
