package org.stratobox.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;

/// Layout of an envelope, version 1 (`format.md` 3.3): 8 constant bytes, salt, commitment, ciphertext of the frame, tag.
public final class Envelope {
    /// The smallest envelope, in bytes.
    public static final int MIN = 4096;
    /// The largest envelope, in bytes.
    public static final int MAX = 1 << 20;
    /// The longest body, in bytes.
    public static final int MAX_BODY = 1_048_476;

    static final int FIXED = 8;
    static final int SALT = 8;
    static final int COMMIT = 40;
    static final int HEADER = 72;
    static final int TAG = 16;
    static final int DIGEST = 32;
    private static final int OVERHEAD = HEADER + Frame.HEADER + TAG;
    private static final int VERSION = 1;

    private Envelope() {}

    /// Padmé with a floor: the size leaks as few bits as its magnitude has bits.
    ///
    /// @param bodyLen stored length of a body, 0 to [#MAX_BODY]
    /// @return length of the envelope around it, one of 193 sizes
    /// @throws IllegalArgumentException if the length is out of range
    public static int paddedLength(int bodyLen) {
        if (bodyLen < 0 || bodyLen > MAX_BODY) {
            throw new IllegalArgumentException("a body has at most " + MAX_BODY + " bytes, not " + bodyLen);
        }
        return sizeClass(OVERHEAD + bodyLen);
    }

    static int sizeClass(int n) {
        if (n <= MIN) {
            return MIN;
        }
        int e = 31 - Integer.numberOfLeadingZeros(n);
        int s = 32 - Integer.numberOfLeadingZeros(e);
        int mask = (1 << (e - s)) - 1;
        return (n + mask) & ~mask;
    }

    /// The constant bytes of the header followed by the type: context of every key below a blob.
    static byte[] context(Suite suite, ObjectType type) {
        return new byte[]{'S', 'B', 'X', VERSION, (byte) suite.code(), 0, 0, 0, (byte) type.code()};
    }

    static byte[] aad(byte[] envelope, ObjectType type) {
        byte[] aad = Arrays.copyOf(envelope, HEADER + 1);
        aad[HEADER] = (byte) type.code();
        return aad;
    }

    /// Step 1 of opening: everything that can be told without a key.
    static Suite check(byte[] envelope) throws CryptoException {
        int length = envelope.length;
        if (length < MIN || length > MAX || sizeClass(length) != length) {
            throw malformed("length");
        }
        if (!new String(envelope, 0, 3, StandardCharsets.ISO_8859_1).equals("SBX") || envelope[3] != VERSION) {
            throw malformed("magic or version");
        }
        if ((envelope[5] | envelope[6] | envelope[7]) != 0) {
            throw malformed("flags");
        }
        return Suite.of(envelope[4]).orElseThrow(() -> malformed("suite"));
    }

    private static CryptoException malformed(String what) {
        return new CryptoException(Reason.MALFORMED, "not an envelope: " + what);
    }
}
