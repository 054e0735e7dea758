package org.stratobox.sync.collect;

import java.nio.ByteBuffer;

import org.stratobox.crypto.Cid;

/// Content ids by their first 128 bits, sixteen bytes each: a million files have some ten million of them.
final class CidSet {
    private long[] slots = new long[1 << 11];
    private int size;

    /// @return whether it was not there
    boolean add(Cid cid) {
        if (size * 4 >= slots.length) {
            grow();
        }
        ByteBuffer id = ByteBuffer.wrap(cid.digest().bytes());
        boolean added = put(slots, id.getLong(), id.getLong());
        size += added ? 1 : 0;
        return added;
    }

    boolean contains(Cid cid) {
        ByteBuffer id = ByteBuffer.wrap(cid.digest().bytes());
        long high = id.getLong();
        return holds(slots, slot(slots, high, id.getLong()));
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int at = 0; at < slots.length; at += 2) {
            if (holds(slots, at)) {
                put(larger, slots[at], slots[at + 1]);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] slots, long high, long low) {
        int at = slot(slots, high, low);
        if (holds(slots, at)) {
            return false;
        }
        slots[at] = high;
        slots[at + 1] = low;
        return true;
    }

    /// Where an id is, or where it belongs. An id of 128 zero bits counts as absent for ever: nobody finds such a hash.
    private static int slot(long[] slots, long high, long low) {
        int at = (int) (low ^ (low >>> 32)) * 2 & (slots.length - 1);
        while (holds(slots, at) && (slots[at] != high || slots[at + 1] != low)) {
            at = (at + 2) & (slots.length - 1);
        }
        return at;
    }

    private static boolean holds(long[] slots, int at) {
        return (slots[at] | slots[at + 1]) != 0;
    }
}
