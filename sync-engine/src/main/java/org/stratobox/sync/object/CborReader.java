package org.stratobox.sync.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.ObjectException.Reason;

/// Reads canonical CBOR strictly (RFC 8949 4.2.1): definite lengths, shortest numbers, sorted unique keys, valid UTF-8; no
/// floats, no tags. Lengths are compared with what remains before anything is allocated. Not thread-safe.
final class CborReader {
    /// Largest input unless the caller says otherwise: an envelope holds no more.
    static final int MAX_BYTES = 1 << 20;

    /// From here on unknown keys of a map are skipped; below they are an error.
    static final long FIRST_FOREIGN_KEY = 64;

    /// Levels a skipped value may have. Known structures are at most four deep, so that nothing exceeds sixteen.
    private static final int SKIPPED_DEPTH = 12;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] in;
    private int at;

    CborReader(byte[] in) throws ObjectException {
        this(in, MAX_BYTES);
    }

    CborReader(byte[] in, int maxBytes) throws ObjectException {
        if (in.length > maxBytes) {
            throw new ObjectException(Reason.TOO_LARGE, "more than " + maxBytes + " bytes");
        }
        this.in = in;
    }

    int position() {
        return at;
    }

    /// Nothing may follow.
    void end() throws ObjectException {
        if (at != in.length) {
            throw new ObjectException(Reason.MALFORMED, "bytes after the end");
        }
    }

    long uint() throws ObjectException {
        long value = argument(CborWriter.UINT);
        if (value < 0) {
            throw new ObjectException(Reason.BAD_VALUE, "a number of 2^63 or more");
        }
        return value;
    }

    long uint(long max) throws ObjectException {
        long value = uint();
        if (value > max) {
            throw new ObjectException(Reason.BAD_VALUE, "a number out of range");
        }
        return value;
    }

    long integer() throws ObjectException {
        boolean negative = at < in.length && (in[at] & 0xe0) == CborWriter.NEGATIVE << 5;
        if (!negative) {
            return uint();
        }
        long value = argument(CborWriter.NEGATIVE);
        if (value < 0) {
            throw new ObjectException(Reason.BAD_VALUE, "a number below -2^63");
        }
        return ~value;
    }

    /// @return how many elements follow; each is at least `minBytes` long, so memory for them may be reserved
    int array(int max, int minBytes) throws ObjectException {
        return count(CborWriter.ARRAY, max, minBytes);
    }

    void arrayOf(int exactly) throws ObjectException {
        if (argument(CborWriter.ARRAY) != exactly) {
            throw new ObjectException(Reason.BAD_VALUE, "an array of another length");
        }
    }

    int map(int max, int minBytes) throws ObjectException {
        return count(CborWriter.MAP, max, minBytes);
    }

    byte[] bytes(int max) throws ObjectException {
        int length = length(CborWriter.BYTES, max);
        at += length;
        return Arrays.copyOfRange(in, at - length, at);
    }

    byte[] bytesExactly(int length) throws ObjectException {
        exactly(length);
        at += length;
        return Arrays.copyOfRange(in, at - length, at);
    }

    Digest256 digest() throws ObjectException {
        exactly(Digest256.BYTES);
        at += Digest256.BYTES;
        return Digest256.read(in, at - Digest256.BYTES);
    }

    Id16 id() throws ObjectException {
        exactly(Id16.BYTES);
        at += Id16.BYTES;
        return new Id16((long) LONGS.get(in, at - 16), (long) LONGS.get(in, at - 8));
    }

    String text(int maxBytes) throws ObjectException {
        int length = length(CborWriter.TEXT, maxBytes);
        int start = at;
        at += length;
        for (int i = start; i < at; i++) {
            if (in[i] < 0) {
                return unicode(start, length);
            }
        }
        return new String(in, start, length, StandardCharsets.ISO_8859_1);
    }

    /// Moves over one value of any kind, with all the rules.
    void skip() throws ObjectException {
        skip(SKIPPED_DEPTH);
    }

    private String unicode(int start, int length) throws ObjectException {
        String text = new String(in, start, length, StandardCharsets.UTF_8);
        // Invalid bytes became replacement characters, so that the way back gives other bytes.
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(again, 0, again.length, in, start, start + length)) {
            throw new ObjectException(Reason.MALFORMED, "invalid UTF-8");
        }
        return text;
    }

    private void skip(int levels) throws ObjectException {
        int major = (peek() & 0xff) >>> 5;
        switch (major) {
            case CborWriter.UINT, CborWriter.NEGATIVE -> argument(major);
            case CborWriter.BYTES -> at += length(major, in.length);
            case CborWriter.TEXT -> text(in.length);
            case CborWriter.ARRAY -> {
                int n = count(major, in.length, 1);
                for (int i = 0; i < n; i++) {
                    skip(deeper(levels));
                }
            }
            case CborWriter.MAP -> skipMap(deeper(levels));
            default -> skipSimple();
        }
    }

    private void skipMap(int levels) throws ObjectException {
        int n = count(CborWriter.MAP, in.length, 2);
        int previousStart = 0;
        int previousEnd = 0;
        for (int i = 0; i < n; i++) {
            int start = at;
            skip(levels);
            if (i > 0 && Arrays.compareUnsigned(in, previousStart, previousEnd, in, start, at) >= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
            }
            previousStart = start;
            previousEnd = at;
            skip(levels);
        }
    }

    private void skipSimple() throws ObjectException {
        int initial = peek() & 0xff;
        // false, true and null; everything else of majors 6 and 7 is a tag, a float or unassigned
        if (initial < 0xf4 || initial > 0xf6) {
            throw new ObjectException(Reason.MALFORMED, "a tag, a float or an unknown simple value");
        }
        at++;
    }

    private static int deeper(int levels) throws ObjectException {
        if (levels == 0) {
            throw new ObjectException(Reason.TOO_LARGE, "nested too deep");
        }
        return levels - 1;
    }

    private int count(int major, int max, int minBytes) throws ObjectException {
        long n = argument(major);
        if (n < 0 || n > max) {
            throw new ObjectException(Reason.TOO_LARGE, "too many elements");
        }
        if (n * minBytes > in.length - at) {
            throw new ObjectException(Reason.MALFORMED, "more elements than bytes");
        }
        return (int) n;
    }

    private int length(int major, int max) throws ObjectException {
        long n = argument(major);
        if (n < 0 || n > in.length - at) {
            throw new ObjectException(Reason.MALFORMED, "longer than the input");
        }
        if (n > max) {
            throw new ObjectException(Reason.TOO_LARGE, "too many bytes");
        }
        return (int) n;
    }

    private void exactly(int length) throws ObjectException {
        if (length(CborWriter.BYTES, in.length) != length) {
            throw new ObjectException(Reason.BAD_VALUE, "a byte string of another length");
        }
    }

    /// @return the argument of the head found here, as an unsigned number
    private long argument(int major) throws ObjectException {
        int initial = peek() & 0xff;
        if (initial >>> 5 != major) {
            throw new ObjectException(Reason.BAD_VALUE, "a value of another kind");
        }
        at++;
        int info = initial & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new ObjectException(Reason.MALFORMED, "an indefinite or reserved length");
        }
        int width = 1 << (info - 24);
        if (in.length - at < width) {
            throw new ObjectException(Reason.MALFORMED, "the input ends in a number");
        }
        long value = switch (width) {
            case 1 -> in[at] & 0xff;
            case 2 -> (in[at] & 0xff) << 8 | (in[at + 1] & 0xff);
            case 4 -> (int) INTS.get(in, at) & 0xffff_ffffL;
            default -> (long) LONGS.get(in, at);
        };
        at += width;
        requireShortest(width, value);
        return value;
    }

    private static void requireShortest(int width, long value) throws ObjectException {
        boolean shortest = switch (width) {
            case 1 -> value >= 24;
            case 2 -> value >= 1 << 8;
            case 4 -> value >= 1 << 16;
            default -> value >>> 32 != 0;
        };
        if (!shortest) {
            throw new ObjectException(Reason.NOT_CANONICAL, "a number has a shorter form");
        }
    }

    private byte peek() throws ObjectException {
        if (at >= in.length) {
            throw new ObjectException(Reason.MALFORMED, "the input ends too early");
        }
        return in[at];
    }
}
