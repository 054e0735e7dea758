package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.ObjectException.Reason;

/// Bounds of numbers and lists that several records share.
final class Limits {
    /// Largest sequence number, counter, size and time.
    static final long NUMBER = Entry.MAX_NUMBER;
    /// Largest epoch.
    static final int EPOCH = Integer.MAX_VALUE;
    /// Most devices an account ever had.
    static final int DEVICES = 1024;
    /// Most nodes in a mesh.
    static final int NODES = 1024;
    /// Most folders of an account.
    static final int FOLDERS = 4096;
    /// Longest label of a device or folder, in bytes of UTF-8.
    static final int LABEL_BYTES = 1024;

    /// Longest address of a node, and longest credentials, in bytes of UTF-8.
    static final int ADDRESS_BYTES = 4096;

    private Limits() {}

    static int epoch(CborReader in) throws ObjectException {
        return (int) in.uint(EPOCH);
    }

    static long millis(CborReader in) throws ObjectException {
        long value = in.integer();
        if (!Entry.inRange(value)) {
            throw new ObjectException(Reason.BAD_VALUE, "a time out of range");
        }
        return value;
    }

    static void requireMillis(long value) {
        if (!Entry.inRange(value)) {
            throw new IllegalArgumentException("a time out of range");
        }
    }

    static void requireSeq(long seq) {
        if (seq < 1 || seq > NUMBER) {
            throw new IllegalArgumentException("a sequence number out of range");
        }
    }

    static void requireEpoch(int epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch is not negative");
        }
    }

    /// What an encoder writes a decoder must accept.
    static void requireText(String text, int maxBytes) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > maxBytes || !new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalArgumentException("a text too long or not Unicode");
        }
    }

    static void requireCount(int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException("more than " + max + " elements");
        }
    }

    static long seq(CborReader in) throws ObjectException {
        long seq = in.uint(NUMBER);
        if (seq == 0) {
            throw new ObjectException(Reason.BAD_VALUE, "a sequence starts at 1");
        }
        return seq;
    }
}
