package org.stratobox.sync.simulation.world;

import java.util.List;
import java.util.random.RandomGenerator;

/// The only source of chance in a simulation. Parts that must not disturb one another have their own, made by [#fork].
public final class Chance {
    private final java.util.Random random;

    /// @param seed decides everything
    public Chance(long seed) {
        random = new java.util.Random(seed * 0x9E37_79B9_7F4A_7C15L + 0x1234_5678L);
    }

    /// @return another one that follows from this one
    public Chance fork() {
        return new Chance(random.nextLong());
    }

    /// @param bound at least 1
    /// @return from 0 to `bound - 1`
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// @param least smallest number
    /// @param most largest number
    /// @return a number between them, both included
    public long between(long least, long most) {
        return least + Math.floorMod(random.nextLong(), most - least + 1);
    }

    /// @param probability from 0 to 1
    /// @return whether it happens
    public boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /// @param list not empty
    /// @param <T> what is in it
    /// @return one of them
    public <T> T of(List<? extends T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// @param out filled
    public void bytes(byte[] out) {
        random.nextBytes(out);
    }

    /// @return for methods of the library
    public RandomGenerator generator() {
        return random;
    }
}
