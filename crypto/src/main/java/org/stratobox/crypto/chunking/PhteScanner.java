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
    private static final int WINDOW = ToeplitzTables.WINDOW;
    private static final int BLOCK = 16;
    private static final int BATCH = 4096;
    private static final int NORMAL = 1 << 19;
    private static final long STRICT = (1L << 21) - 1;
    private static final long EASY = (1L << 17) - 1;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ToeplitzTables tables;
    private final AesBlocks aes;
    private final byte[] blocks = new byte[BATCH * BLOCK];
    private long h;
    private long g;

    PhteScanner(ToeplitzTables tables, Secret aesKey) {
        this.tables = tables;
        byte[] key = aesKey.exposeCopy();
        this.aes = new AesBlocks(key);
        Arrays.fill(key, (byte) 0);
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
        // the whole window of from - 1: the first step moves it on by one byte
        for (int i = from - 1 - WINDOW; i < from - 1; i++) {
            int in = data[i] & 0xff;
            h = ToeplitzTables.mulx(h) ^ tables.in0[in];
            g = ToeplitzTables.mulx(g) ^ tables.in1[in];
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

    /// Both halves in one loop: each is a chain of dependent steps, two chains fill the processor.
    private void hash(byte[] data, int p, int n) {
        byte[] b = blocks;
        long[] in0 = tables.in0;
        long[] in1 = tables.in1;
        long[] out0 = tables.out0;
        long[] out1 = tables.out1;
        long x = h;
        long y = g;
        for (int i = 0; i < n; i++) {
            int in = data[p + i - 1] & 0xff;
            int out = data[p + i - 1 - WINDOW] & 0xff;
            x = ToeplitzTables.mulx(x) ^ (in0[in] ^ out0[out]);
            y = ToeplitzTables.mulx(y) ^ (in1[in] ^ out1[out]);
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
