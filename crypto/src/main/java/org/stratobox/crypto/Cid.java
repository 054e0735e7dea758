package org.stratobox.crypto;

/// The identity of a sealed object: CIDv1, codec raw, multihash sha2-256 of the envelope (`format.md` 3.4).
/// Only SHA-256 exists in format v1, so the digest is the whole value.
///
/// @param digest SHA-256 of the envelope
public record Cid(Digest256 digest) implements Comparable<Cid> {
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int[] PREFIX = {0x01, 0x55, 0x12, 0x20};

    /// @param envelope a whole sealed object
    /// @return its content id
    public static Cid ofEnvelope(byte[] envelope) {
        return new Cid(Sha256.of(envelope));
    }

    /// @return the text form: multibase `b`, base32 lower-case without padding, 59 characters
    public String text() {
        StringBuilder out = new StringBuilder(59).append('b');
        byte[] tail = digest.bytes();
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < PREFIX.length + tail.length; i++) {
            buffer = (buffer << 8) | (i < PREFIX.length ? PREFIX[i] : tail[i - PREFIX.length] & 0xff);
            bits += 8;
            while (bits >= 5) {
                out.append(BASE32.charAt((buffer >>> (bits - 5)) & 31));
                bits -= 5;
            }
            buffer &= (1 << bits) - 1;
        }
        return bits == 0 ? out.toString() : out.append(BASE32.charAt((buffer << (5 - bits)) & 31)).toString();
    }

    @Override
    public int compareTo(Cid other) {
        return digest.compareTo(other.digest);
    }

    @Override
    public String toString() {
        return text();
    }
}
