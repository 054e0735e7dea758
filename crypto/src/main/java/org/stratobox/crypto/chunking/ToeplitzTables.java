package org.stratobox.crypto.chunking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What each byte value adds to the two halves of the 128-bit hash when it enters the window, and takes away when it leaves
/// it. Four plain arrays, because that is a tenth faster in the loop than one with strides.
final class ToeplitzTables {
    static final int WINDOW = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final long[] in0 = new long[256];
    final long[] in1 = new long[256];
    final long[] out0 = new long[256];
    final long[] out1 = new long[256];

    /// @param material T0 and T1, 256 u64 little-endian each
    ToeplitzTables(byte[] material) {
        for (int i = 0; i < 256; i++) {
            in0[i] = (long) LONGS.get(material, 8 * i);
            in1[i] = (long) LONGS.get(material, 8 * (256 + i));
            out0[i] = afterWindow(in0[i]);
            out1[i] = afterWindow(in1[i]);
        }
    }

    private static long afterWindow(long v) {
        long out = v;
        for (int k = 0; k < WINDOW; k++) {
            out = mulx(out);
        }
        return out;
    }

    /// Multiplication by x in GF(2^64), x^64 + x^4 + x^3 + x + 1.
    static long mulx(long v) {
        return (v << 1) ^ ((v >> 63) & 0x1B);
    }
}
