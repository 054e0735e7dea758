package org.stratobox.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// A 256-bit digest as an immutable value: 32 bytes, ordered as unsigned big-endian numbers. Kept as four longs
/// because an index of a large account holds millions of them.
public record Digest256(long a, long b, long c, long d) implements Comparable<Digest256> {
    /// Length in bytes.
    public static final int BYTES = 32;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// @param bytes exactly 32 bytes
    /// @return the digest
    /// @throws IllegalArgumentException if the length differs
    public static Digest256 of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        return read(bytes, 0);
    }

    /// @param bytes an array
    /// @param offset where 32 bytes start
    /// @return the digest found there
    public static Digest256 read(byte[] bytes, int offset) {
        return new Digest256((long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + 8),
                (long) LONGS.get(bytes, offset + 16), (long) LONGS.get(bytes, offset + 24));
    }

    /// @param hex 64 lower-case hexadecimal digits
    /// @return the digest
    /// @throws IllegalArgumentException if it is anything else
    public static Digest256 parse(String hex) {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("not a lower-case SHA-256 in hexadecimal");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /// @param text any text
    /// @return whether it is 64 lower-case hexadecimal digits
    public static boolean isHex(String text) {
        if (text.length() != 2 * BYTES) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            if (!(ch >= '0' && ch <= '9') && !(ch >= 'a' && ch <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /// @return a new array of 32 bytes
    public byte[] bytes() {
        byte[] out = new byte[BYTES];
        LONGS.set(out, 0, a);
        LONGS.set(out, 8, b);
        LONGS.set(out, 16, c);
        LONGS.set(out, 24, d);
        return out;
    }

    /// @return 64 lower-case hexadecimal digits
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(Digest256 o) {
        int r = Long.compareUnsigned(a, o.a);
        r = r != 0 ? r : Long.compareUnsigned(b, o.b);
        r = r != 0 ? r : Long.compareUnsigned(c, o.c);
        return r != 0 ? r : Long.compareUnsigned(d, o.d);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a ^ d);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Digest256 x && a == x.a && b == x.b && c == x.c && d == x.d;
    }

    @Override
    public String toString() {
        return hex();
    }
}
