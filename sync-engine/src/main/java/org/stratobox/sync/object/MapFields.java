package org.stratobox.sync.object;

import org.stratobox.sync.object.ObjectException.Reason;

/// Walks the integer keys of one map in their ascending order. The caller asks for its keys in that order; foreign keys
/// (64 and above) come last and are skipped by [#end()]. Everything else between is an error.
final class MapFields {
    private static final long NO_KEY = -1;

    private final CborReader in;
    private int left;
    private long previous = NO_KEY;
    private long pending = NO_KEY;

    MapFields(CborReader in) throws ObjectException {
        this.in = in;
        this.left = in.map(1 << 16, 2);
    }

    /// The next key must be this one; its value is to be read next.
    void key(int wanted) throws ObjectException {
        if (!optional(wanted)) {
            throw pending != NO_KEY && pending < wanted
                    ? unknown()
                    : new ObjectException(Reason.MISSING_KEY, "key " + wanted + " is missing");
        }
    }

    /// @return whether the next key is this one; if so its value is to be read next
    boolean optional(int wanted) throws ObjectException {
        peek();
        if (pending != wanted) {
            return false;
        }
        pending = NO_KEY;
        return true;
    }

    /// No key of this version may be left.
    void end() throws ObjectException {
        for (peek(); pending != NO_KEY; peek()) {
            if (pending < CborReader.FIRST_FOREIGN_KEY) {
                throw unknown();
            }
            pending = NO_KEY;
            in.skip();
        }
    }

    /// [#end()], and nothing follows the map.
    void endOfInput() throws ObjectException {
        end();
        in.end();
    }

    private ObjectException unknown() {
        return new ObjectException(Reason.UNKNOWN_KEY, "unknown key " + pending);
    }

    private void peek() throws ObjectException {
        if (pending != NO_KEY || left == 0) {
            return;
        }
        left--;
        pending = in.uint();
        if (pending <= previous) {
            throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
        }
        previous = pending;
    }
}
