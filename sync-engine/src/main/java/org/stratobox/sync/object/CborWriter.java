package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.Id16;

/// Writes canonical CBOR (RFC 8949 4.2.1) into an array that grows. Lengths come first, so the caller counts before it
/// writes; the order of map keys is the caller's duty. Not thread-safe.
final class CborWriter {
    static final int UINT = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;

    private byte[] out;
    private int size;

    CborWriter(int expectedBytes) {
        out = new byte[Math.max(16, expectedBytes)];
    }

    CborWriter map(int pairs) {
        return head(MAP, pairs);
    }

    CborWriter array(int elements) {
        return head(ARRAY, elements);
    }

    /// An unsigned number, also used for keys.
    CborWriter uint(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("not an unsigned number");
        }
        return head(UINT, value);
    }

    CborWriter integer(long value) {
        return value < 0 ? head(NEGATIVE, ~value) : head(UINT, value);
    }

    CborWriter bytes(byte[] value) {
        head(BYTES, value.length);
        return raw(value, 0, value.length);
    }

    CborWriter digest(Digest256 value) {
        ensure(2 + Digest256.BYTES);
        head(BYTES, Digest256.BYTES);
        longAt(value.a());
        longAt(value.b());
        longAt(value.c());
        longAt(value.d());
        return this;
    }

    CborWriter id(Id16 value) {
        ensure(1 + Id16.BYTES);
        head(BYTES, Id16.BYTES);
        longAt(value.high());
        longAt(value.low());
        return this;
    }

    CborWriter text(String value) {
        int length = value.length();
        ensure(9 + length);
        int start = size;
        head(TEXT, length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                size = start;
                byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                head(TEXT, utf8.length);
                return raw(utf8, 0, utf8.length);
            }
            out[size++] = (byte) c;
        }
        return this;
    }

    /// Bytes that are CBOR already.
    CborWriter raw(byte[] encoded, int offset, int length) {
        ensure(length);
        System.arraycopy(encoded, offset, out, size, length);
        size += length;
        return this;
    }

    CborWriter raw(CborWriter other) {
        return raw(other.out, 0, other.size);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(out, size);
    }

    /// Zeroes what was written, for bodies that hold keys.
    void wipe() {
        Arrays.fill(out, (byte) 0);
        size = 0;
    }

    private CborWriter head(int major, long argument) {
        ensure(9);
        int type = major << 5;
        if (argument < 24) {
            out[size++] = (byte) (type | (int) argument);
        } else if (argument < 1L << 8) {
            out[size++] = (byte) (type | 24);
            out[size++] = (byte) argument;
        } else if (argument < 1L << 16) {
            out[size++] = (byte) (type | 25);
            out[size++] = (byte) (argument >>> 8);
            out[size++] = (byte) argument;
        } else if (argument < 1L << 32) {
            out[size++] = (byte) (type | 26);
            for (int shift = 24; shift >= 0; shift -= 8) {
                out[size++] = (byte) (argument >>> shift);
            }
        } else {
            out[size++] = (byte) (type | 27);
            longAt(argument);
        }
        return this;
    }

    private void longAt(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out[size++] = (byte) (value >>> shift);
        }
    }

    private void ensure(int more) {
        if (out.length - size < more) {
            byte[] old = out;
            out = Arrays.copyOf(old, Math.max(size + more, size + (size >> 1)));
            // A body may hold keys: no copy of it is left behind.
            Arrays.fill(old, (byte) 0);
        }
    }
}
