package org.stratobox.sync.pack.coding;

/// The generator matrix (`mesh.md` 4.3): the identity, and below it the Cauchy rows `1 / ((k + i) xor j)`. Every k rows
/// of it are invertible, so any k shares give the data back.
final class CodingMatrix {
    private CodingMatrix() {}

    /// @return row of a share: share = sum over j of `row[j]` times data share `j`
    static int[] row(CodingProfile profile, int share) {
        int[] row = new int[profile.k()];
        if (profile.isCopies()) {
            row[0] = 1;
        } else if (share < profile.k()) {
            row[share] = 1;
        } else {
            for (int j = 0; j < row.length; j++) {
                row[j] = GaloisField.inverse(share ^ j);
            }
        }
        return row;
    }

    /// @param present k distinct shares
    /// @return the matrix that makes the data shares from those shares
    static int[][] inverse(CodingProfile profile, int[] present) {
        int k = profile.k();
        int[][] left = new int[k][];
        int[][] right = new int[k][k];
        for (int i = 0; i < k; i++) {
            left[i] = row(profile, present[i]);
            right[i][i] = 1;
        }
        for (int column = 0; column < k; column++) {
            swapIn(left, right, column);
            scale(left[column], right[column], GaloisField.inverse(left[column][column]));
            for (int r = 0; r < k; r++) {
                if (r != column && left[r][column] != 0) {
                    int factor = left[r][column];
                    subtract(left[r], left[column], factor);
                    subtract(right[r], right[column], factor);
                }
            }
        }
        return right;
    }

    /// @return the row vector times the matrix
    static int[] times(int[] row, int[][] matrix) {
        int[] out = new int[row.length];
        for (int j = 0; j < row.length; j++) {
            subtract(out, matrix[j], row[j]);
        }
        return out;
    }

    private static void swapIn(int[][] left, int[][] right, int column) {
        int pivot = column;
        while (left[pivot][column] == 0) {
            pivot++;
            if (pivot == left.length) {
                throw new IllegalArgumentException("the same share was given twice");
            }
        }
        int[] l = left[pivot];
        left[pivot] = left[column];
        left[column] = l;
        int[] r = right[pivot];
        right[pivot] = right[column];
        right[column] = r;
    }

    private static void scale(int[] left, int[] right, int factor) {
        for (int j = 0; j < left.length; j++) {
            left[j] = GaloisField.multiply(left[j], factor);
            right[j] = GaloisField.multiply(right[j], factor);
        }
    }

    /// In this field adding and subtracting are the same.
    private static void subtract(int[] from, int[] row, int factor) {
        for (int j = 0; j < from.length; j++) {
            from[j] ^= GaloisField.multiply(row[j], factor);
        }
    }
}
