package org.stratobox.crypto.wallet;

/// Groups of eleven bits in an array of bytes, most significant bit first: the numbers of BIP-39 words.
final class Bits {
    private Bits() {}

    /// @param bytes an array
    /// @param bit where the group starts
    /// @return its value; bits behind the end of the array read as 0
    static int read(byte[] bytes, int bit) {
        int value = 0;
        for (int i = bit; i < bit + WordList.BITS_PER_WORD; i++) {
            int set = (i >>> 3) < bytes.length ? (bytes[i >>> 3] >>> (7 - (i & 7))) & 1 : 0;
            value = (value << 1) | set;
        }
        return value;
    }

    /// @param bytes an array of zeros where the group goes
    /// @param bit where the group starts
    /// @param value below 2048
    static void write(byte[] bytes, int bit, int value) {
        for (int i = 0; i < WordList.BITS_PER_WORD; i++) {
            int set = (value >>> (WordList.BITS_PER_WORD - 1 - i)) & 1;
            int at = bit + i;
            bytes[at >>> 3] = (byte) (bytes[at >>> 3] | (set << (7 - (at & 7))));
        }
    }
}
