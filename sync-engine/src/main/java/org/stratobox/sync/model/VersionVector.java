package org.stratobox.sync.model;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which changes an entry has seen: device -> highest counter (`sync.md` 1). Immutable; equal if it holds the same
/// counters. A device that is not named has counter 0.
///
/// Kept as one array of longs, sorted by device, because a large account holds hundreds of thousands of them.
public final class VersionVector {
    /// The largest counter.
    public static final long MAX_COUNTER = (1L << 53) - 1;

    private static final VersionVector EMPTY = new VersionVector(new long[0]);

    /// Three per device: high and low half of its id, counter (never 0).
    private final long[] triples;

    private VersionVector(long[] triples) {
        this.triples = triples;
    }

    /// @return the vector that has seen nothing
    public static VersionVector empty() {
        return EMPTY;
    }

    /// @param device a device
    /// @param counter 1 to [#MAX_COUNTER]
    /// @return the vector that has seen the changes of this one device
    public static VersionVector of(DeviceId device, long counter) {
        return EMPTY.with(device, counter);
    }

    /// @param counters counter of each device, each 1 to [#MAX_COUNTER]
    /// @return the vector
    public static VersionVector of(Map<DeviceId, Long> counters) {
        long[] out = new long[counters.size() * 3];
        int at = 0;
        for (Map.Entry<DeviceId, Long> e : new TreeMap<>(counters).entrySet()) {
            put(out, at, e.getKey().id(), requireCounter(e.getValue()));
            at += 3;
        }
        return new VersionVector(out);
    }

    /// The quick way for decoders.
    ///
    /// @param triples three per device: high and low half of its id, counter; copied
    /// @return the vector
    /// @throws IllegalArgumentException if the devices do not ascend or a counter is out of range
    public static VersionVector ofTriples(long[] triples) {
        for (int i = 0; i < triples.length; i += 3) {
            requireCounter(triples[i + 2]);
            if (i > 0 && compare(triples, i - 3, triples, i) >= 0) {
                throw new IllegalArgumentException("devices out of order");
            }
        }
        return triples.length == 0 ? EMPTY : new VersionVector(triples.clone());
    }

    /// @return how many devices it names
    public int size() {
        return triples.length / 3;
    }

    /// @param index 0 to [#size()] - 1
    /// @return the device at that place of the ascending order
    public DeviceId device(int index) {
        return new DeviceId(new Id16(triples[3 * index], triples[3 * index + 1]));
    }

    /// @param index 0 to [#size()] - 1
    /// @return the counter of [#device(int)]
    public long counter(int index) {
        return triples[3 * index + 2];
    }

    /// @param device a device
    /// @return its counter, 0 if nothing of it was seen
    public long get(DeviceId device) {
        int at = find(device.id());
        return at < 0 ? 0 : triples[at + 2];
    }

    /// @param device a device
    /// @param counter 1 to [#MAX_COUNTER]
    /// @return this vector with that counter instead of the device's old one
    public VersionVector with(DeviceId device, long counter) {
        requireCounter(counter);
        int at = find(device.id());
        if (at >= 0) {
            long[] out = triples.clone();
            out[at + 2] = counter;
            return new VersionVector(out);
        }
        int insert = -at - 1;
        long[] out = new long[triples.length + 3];
        System.arraycopy(triples, 0, out, 0, insert);
        put(out, insert, device.id(), counter);
        System.arraycopy(triples, insert, out, insert + 3, triples.length - insert);
        return new VersionVector(out);
    }

    /// @param other another vector
    /// @return whether every change that one has seen, this one has seen too; true for equal vectors
    public boolean covers(VersionVector other) {
        int i = 0;
        for (int j = 0; j < other.triples.length; j += 3) {
            while (i < triples.length && compare(triples, i, other.triples, j) < 0) {
                i += 3;
            }
            if (i == triples.length || compare(triples, i, other.triples, j) != 0
                    || triples[i + 2] < other.triples[j + 2]) {
                return false;
            }
        }
        return true;
    }

    /// @param other another vector
    /// @return whether each has seen a change the other has not
    public boolean concurrent(VersionVector other) {
        return !covers(other) && !other.covers(this);
    }

    /// @param other another vector
    /// @return the least vector that covers both
    public VersionVector join(VersionVector other) {
        if (covers(other)) {
            return this;
        }
        if (other.covers(this)) {
            return other;
        }
        long[] out = new long[triples.length + other.triples.length];
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < triples.length || j < other.triples.length) {
            int order = i == triples.length
                    ? 1
                    : j == other.triples.length ? -1 : compare(triples, i, other.triples, j);
            System.arraycopy(order <= 0 ? triples : other.triples, order <= 0 ? i : j, out, n, 3);
            if (order == 0) {
                out[n + 2] = Math.max(triples[i + 2], other.triples[j + 2]);
            }
            i += order <= 0 ? 3 : 0;
            j += order >= 0 ? 3 : 0;
            n += 3;
        }
        return new VersionVector(n == out.length ? out : Arrays.copyOf(out, n));
    }

    /// @return a new map of the counters
    public SortedMap<DeviceId, Long> toMap() {
        SortedMap<DeviceId, Long> out = new TreeMap<>();
        for (int i = 0; i < size(); i++) {
            out.put(device(i), counter(i));
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VersionVector v && Arrays.equals(triples, v.triples);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(triples);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }

    /// @return where the device's triple starts, or minus (where it would start) minus 1
    private int find(Id16 id) {
        for (int i = 0; i < triples.length; i += 3) {
            int order = compare(triples, i, id.high(), id.low());
            if (order >= 0) {
                return order == 0 ? i : -i - 1;
            }
        }
        return -triples.length - 1;
    }

    private static int compare(long[] a, int i, long[] b, int j) {
        return compare(a, i, b[j], b[j + 1]);
    }

    private static int compare(long[] a, int i, long high, long low) {
        int order = Long.compareUnsigned(a[i], high);
        return order != 0 ? order : Long.compareUnsigned(a[i + 1], low);
    }

    private static void put(long[] out, int at, Id16 id, long counter) {
        out[at] = id.high();
        out[at + 1] = id.low();
        out[at + 2] = counter;
    }

    private static long requireCounter(long counter) {
        if (counter < 1 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("a counter is 1 to 2^53-1");
        }
        return counter;
    }
}
