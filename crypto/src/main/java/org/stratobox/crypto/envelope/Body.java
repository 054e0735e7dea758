package org.stratobox.crypto.envelope;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;

/// The bytes a frame stores: a part of an array, plain or as raw DEFLATE (RFC 1951).
///
/// @param compression [#PLAIN] or [#DEFLATED]
/// @param bytes an array, not copied
/// @param offset where the stored bytes start
/// @param length how many are stored
/// @param rawLength how many they stand for
@SuppressWarnings("ArrayRecordComponent") // lives only for the duration of one seal
record Body(int compression, byte[] bytes, int offset, int length, int rawLength) {
    static final int PLAIN = 0;
    static final int DEFLATED = 1;

    /// Compressed if the type allows it and the envelope becomes smaller by a size class at least: otherwise nothing is
    /// gained and a node learns nothing either way.
    static Body of(ObjectType type, byte[] bytes, int offset, int length) {
        Body plain = new Body(PLAIN, bytes, offset, length, length);
        int size = Envelope.paddedLength(length);
        if (!type.mayBeCompressed() || size == Envelope.MIN) {
            return plain;
        }
        byte[] out = new byte[length];
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes, offset, length);
            deflater.finish();
            int n = deflater.deflate(out);
            return deflater.finished() && Envelope.paddedLength(n) < size
                    ? new Body(DEFLATED, out, 0, n, length)
                    : plain;
        } finally {
            deflater.end();
        }
    }

    /// @param raw the length announced, already bounded: no more is ever allocated or inflated
    static byte[] inflate(byte[] bytes, int offset, int length, int raw) throws CryptoException {
        byte[] out = new byte[raw];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, offset, length);
            int n = inflater.inflate(out);
            // a stream whose output fits exactly reports its end only when asked for one byte more
            if (n == raw && !inflater.finished() && inflater.inflate(new byte[1]) != 0) {
                throw bad("longer than announced");
            }
            if (n != raw || !inflater.finished() || inflater.getRemaining() != 0) {
                throw bad("not of the length announced");
            }
            return out;
        } catch (DataFormatException e) {
            throw new CryptoException(Reason.MALFORMED, "compressed body: damaged", e);
        } finally {
            inflater.end();
        }
    }

    private static CryptoException bad(String what) {
        return new CryptoException(Reason.MALFORMED, "compressed body: " + what);
    }
}
