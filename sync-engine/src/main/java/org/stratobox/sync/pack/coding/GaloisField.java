package org.stratobox.sync.pack.coding;

/// GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D) and generator 2. Addition is xor.
final class GaloisField {
    private static final int POLYNOMIAL = 0x11D;
    /// Row `a`, column `b` is the product; 64 KiB, never written after class loading.
    private static final byte[][] PRODUCTS = products();
    private static final int[] INVERSES = inverses();

    private GaloisField() {}

    static int multiply(int a, int b) {
        return PRODUCTS[a][b] & 0xff;
    }

    /// @return the products of a with 0..255; not to be changed
    static byte[] row(int a) {
        return PRODUCTS[a];
    }

    static int inverse(int a) {
        if (a == 0) {
            throw new ArithmeticException("zero has no inverse");
        }
        return INVERSES[a];
    }

    private static byte[][] products() {
        byte[][] out = new byte[256][256];
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                out[a][b] = (byte) slowly(a, b);
            }
        }
        return out;
    }

    private static int slowly(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bits = b; bits != 0; bits >>= 1) {
            if ((bits & 1) != 0) {
                product ^= shifted;
            }
            shifted <<= 1;
            if ((shifted & 0x100) != 0) {
                shifted ^= POLYNOMIAL;
            }
        }
        return product;
    }

    private static int[] inverses() {
        int[] out = new int[256];
        for (int a = 1; a < 256; a++) {
            for (int b = 1; b < 256; b++) {
                if (PRODUCTS[a][b] == 1) {
                    out[a] = b;
                }
            }
        }
        return out;
    }
}
