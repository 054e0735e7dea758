package org.stratobox.crypto.chunking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.AesBlocks;

/// The hot loop of the chunker: hashes of all windows of a stretch into one buffer, AES over the buffer, then a look at each
/// result.
final class PhteScanner {
    private static final int WINDOW = 64;
    private static final int BLOCK = 16;
    private static final int BATCH = 4096;
    private static final int NORMAL = 1 << 19;
    private static final long STRICT = (1L << 21) - 1;
    private static final long EASY = (1L << 17) - 1;
    private static final int LANES = 4;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] tables;
    private final AesBlocks aes;
    private final byte[] blocks = new byte[BATCH * BLOCK];
    private long h;
    private long g;

    PhteScanner(long[] tables, Secret aesKey) {
        this.tables = tables;
        byte[] key = aesKey.exposeCopy();
        this.aes = new AesBlocks(key);
        Arrays.fill(key, (byte) 0);
    }

    /// @param material T0 and T1, 256 u64 little-endian each
    /// @return for each byte value: T0, T1, and what it contributes when it leaves the window, x^64 T0 and x^64 T1
    static long[] tables(byte[] material) {
        long[] tables = new long[256 * LANES];
        for (int i = 0; i < 256; i++) {
            for (int lane = 0; lane < 2; lane++) {
                long in = (long) LONGS.get(material, 8 * (256 * lane + i));
                long out = in;
                for (int k = 0; k < WINDOW; k++) {
                    out = mulx(out);
                }
                tables[LANES * i + lane] = in;
                tables[LANES * i + lane + 2] = out;
            }
        }
        return tables;
    }

    /// Multiplication by x in GF(2^64), x^64 + x^4 + x^3 + x + 1.
    private static long mulx(long v) {
        return (v << 1) ^ ((v >> 63) & 0x1B);
    }

    /// Starts a chunk: no cut is tested before `from`, so nothing before its window is hashed.
    ///
    /// @return the first cut in from..to, or -1
    int first(byte[] data, int from, int to) {
        if (to < from) {
            return -1;
        }
        h = 0;
        g = 0;
        // the window of from - 1 but for its first byte, whose leaving is what the first step takes away
        for (int i = from - 1 - WINDOW; i < from - 1; i++) {
            int in = LANES * (data[i] & 0xff);
            h = mulx(h) ^ tables[in];
            g = mulx(g) ^ tables[in + 1];
        }
        return next(data, from, to);
    }

    /// @return the first cut in from..to, where from - 1 was the last place tested, or -1
    int next(byte[] data, int from, int to) {
        for (int p = from; p <= to; p += BATCH) {
            int n = Math.min(BATCH, to + 1 - p);
            hash(data, p, n);
            aes.permute(blocks, n * BLOCK, blocks);
            int hit = hit(p, n);
            if (hit >= 0) {
                return hit;
            }
        }
        return -1;
    }

    private void hash(byte[] data, int p, int n) {
        byte[] b = blocks;
        long[] t = tables;
        long x = h;
        long y = g;
        for (int i = 0; i < n; i++) {
            int in = LANES * (data[p + i - 1] & 0xff);
            int out = LANES * (data[p + i - 1 - WINDOW] & 0xff) + 2;
            x = (x << 1) ^ t[in] ^ t[out] ^ ((x >> 63) & 0x1B);
            y = (y << 1) ^ t[in + 1] ^ t[out + 1] ^ ((y >> 63) & 0x1B);
            LONGS.set(b, i * BLOCK, x);
            LONGS.set(b, i * BLOCK + 8, y);
        }
        h = x;
        g = y;
    }

    private int hit(int p, int n) {
        for (int i = 0; i < n; i++) {
            long mask = p + i < NORMAL ? STRICT : EASY;
            if (((long) LONGS.get(blocks, i * BLOCK) & mask) == 0) {
                return p + i;
            }
        }
        return -1;
    }
}
