package org.stratobox.sync.pack.coding;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ReedSolomonTest {
    /// Made by an independent implementation over logarithm tables.
    @ParameterizedTest
    @CsvSource({"2, 3, 0, 651993976054a3da8e02897f34c6c520", "2, 4, 1, e46e1216e13ec9460f7708fe95676455",
        "4, 8, 0, 56f4b0978a9588f6e13d6b91cfc068a8", "4, 8, 1, 4814e4c3debda06a6b403fc52a258d9b",
        "4, 8, 2, d65d183f221b067947c40e748c242b74", "4, 8, 3, 20204c6b76fee3b5e8245a20a40c03c7",
        "10, 16, 0, d6530901507514fccc16239ca4de9c96", "10, 16, 5, 0e1d6bda5d2a63d8fd747408637fdbda"})
    void makeGivesTheFixedParityWhenDataIsFixed(int k, int n, int parity, String expected) {
        byte[][] shares = new byte[n][16];
        for (int i = 0; i < k; i++) {
            for (int b = 0; b < 16; b++) {
                shares[i][b] = (byte) (i * 31 + b * 7 + ((b * b) >> 3) + 1);
            }
        }
        encode(new CodingProfile(k, n), shares);
        assertEquals(expected, HexFormat.of().formatHex(shares[k + parity]));
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "2, 4", "2, 5", "3, 5", "3, 6", "4, 7", "4, 8", "5, 9", "6, 10", "8, 12", "10, 16"})
    void makeGivesEveryShareBackFromEverySubsetOfK(int k, int n) {
        CodingProfile profile = new CodingProfile(k, n);
        int length = 37;
        byte[][] shares = randomShares(profile, length, 4711);
        for (int subset = 0; subset < 1 << n; subset++) {
            if (Integer.bitCount(subset) != k) {
                continue;
            }
            NavigableMap<Integer, Region> present = new TreeMap<>();
            NavigableMap<Integer, Region> wanted = new TreeMap<>();
            byte[][] made = new byte[n][length];
            for (int i = 0; i < n; i++) {
                if (((subset >> i) & 1) != 0) {
                    present.put(i, Region.of(shares[i]));
                } else {
                    wanted.put(i, Region.of(made[i]));
                }
            }
            new ReedSolomon(profile).make(present, wanted, length);
            for (int i : wanted.keySet()) {
                assertArrayEquals(shares[i], made[i], "share " + i + " from subset " + Integer.toBinaryString(subset));
            }
        }
    }

    @Test
    void makeDecodesARangeAloneWhenItLiesAcrossBlocksAtOddOffsets() {
        CodingProfile profile = new CodingProfile(3, 6);
        byte[][] shares = randomShares(profile, 100_003, 99);
        int from = 32_111;
        int length = 66_001;
        NavigableMap<Integer, Region> present = new TreeMap<>();
        for (int i : new int[]{1, 4, 5}) {
            present.put(i, new Region(shares[i], from));
        }
        NavigableMap<Integer, Region> wanted = new TreeMap<>();
        byte[] out = new byte[length + 10];
        Arrays.fill(out, (byte) 7);
        wanted.put(0, new Region(out, 5));
        new ReedSolomon(profile).make(present, wanted, length);
        assertArrayEquals(Arrays.copyOfRange(shares[0], from, from + length), Arrays.copyOfRange(out, 5, 5 + length));
        assertArrayEquals(new byte[]{7, 7, 7, 7, 7}, Arrays.copyOf(out, 5));
        assertArrayEquals(new byte[]{7, 7, 7, 7, 7}, Arrays.copyOfRange(out, length + 5, length + 10));
    }

    @Test
    void copiesAreEqualToTheData() {
        byte[][] shares = randomShares(new CodingProfile(1, 4), 50, 3);
        for (byte[] share : shares) {
            assertArrayEquals(shares[0], share);
        }
    }

    @Test
    void makeRefusesWhenTooFewSharesArePresent() {
        ReedSolomon coder = new ReedSolomon(new CodingProfile(2, 3));
        NavigableMap<Integer, Region> one = new TreeMap<>();
        one.put(2, Region.of(new byte[4]));
        assertThrows(IllegalArgumentException.class, () -> coder.make(one, new TreeMap<>(), 4));
        one.put(3, Region.of(new byte[4]));
        assertThrows(IllegalArgumentException.class, () -> coder.make(one, new TreeMap<>(), 4));
    }

    @Test
    void everyElementButZeroHasAnInverse() {
        for (int a = 1; a < 256; a++) {
            assertEquals(1, GaloisField.multiply(a, GaloisField.inverse(a)));
        }
        assertThrows(ArithmeticException.class, () -> GaloisField.inverse(0));
    }

    private static byte[][] randomShares(CodingProfile profile, int length, long seed) {
        Random random = new Random(seed);
        byte[][] shares = new byte[profile.n()][length];
        for (int i = 0; i < profile.k(); i++) {
            random.nextBytes(shares[i]);
        }
        encode(profile, shares);
        return shares;
    }

    private static void encode(CodingProfile profile, byte[][] shares) {
        NavigableMap<Integer, Region> data = new TreeMap<>();
        NavigableMap<Integer, Region> parity = new TreeMap<>();
        for (int i = 0; i < profile.n(); i++) {
            (i < profile.k() ? data : parity).put(i, Region.of(shares[i]));
        }
        new ReedSolomon(profile).make(data, parity, shares[0].length);
    }
}
