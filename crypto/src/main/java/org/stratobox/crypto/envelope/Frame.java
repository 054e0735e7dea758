package org.stratobox.crypto.envelope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;

/// What is inside the ciphertext: 12 bytes of lengths, the stored body, zeros up to the size class (`format.md` 3.3).
final class Frame {
    static final int HEADER = 12;

    private static final int VERSION = 1;
    private static final int STORED = 4;
    private static final int RAW = 8;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Frame() {}

    /// Builds the frame in its place inside a zeroed envelope, which is then encrypted where it lies.
    static void write(byte[] envelope, Body body) {
        int at = Envelope.HEADER;
        envelope[at] = VERSION;
        envelope[at + 1] = (byte) body.compression();
        INTS.set(envelope, at + STORED, body.length());
        INTS.set(envelope, at + RAW, body.rawLength());
        System.arraycopy(body.bytes(), body.offset(), envelope, at + HEADER, body.length());
    }

    /// Steps 5 and 6 of opening. The frame is authentic: what is wrong here was sealed wrong by a holder of the key.
    static byte[] body(byte[] frame, ObjectType type) throws CryptoException {
        if (frame[0] != VERSION || (frame[2] | frame[3]) != 0) {
            throw malformed("version");
        }
        int stored = (int) INTS.get(frame, STORED);
        int raw = (int) INTS.get(frame, RAW);
        if (stored < 0 || stored > frame.length - HEADER || raw < 0 || raw > Envelope.MAX_BODY) {
            throw malformed("lengths");
        }
        if (Envelope.paddedLength(stored) != frame.length + Envelope.HEADER + Envelope.TAG) {
            throw malformed("size class");
        }
        if (!zeros(frame, HEADER + stored)) {
            throw new CryptoException(Reason.TAMPERED, "padding is not zero");
        }
        if (frame[1] == Body.PLAIN && raw == stored) {
            return Arrays.copyOfRange(frame, HEADER, HEADER + stored);
        }
        if (frame[1] == Body.DEFLATED && type.mayBeCompressed()) {
            return Body.inflate(frame, HEADER, stored, raw);
        }
        throw malformed("compression");
    }

    private static boolean zeros(byte[] bytes, int from) {
        int seen = 0;
        for (int i = from; i < bytes.length; i++) {
            seen |= bytes[i];
        }
        return seen == 0;
    }

    private static CryptoException malformed(String what) {
        return new CryptoException(Reason.MALFORMED, "not a frame: " + what);
    }
}
