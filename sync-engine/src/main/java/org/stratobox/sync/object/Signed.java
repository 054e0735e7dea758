package org.stratobox.sync.object;

import java.util.Arrays;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.identity.VerifyKey;

/// A record and the signature it came with. Having one says nothing about the signature: [#verify(VerifyKey)] does.
///
/// @param <T> which record
/// @param record what is signed
/// @param signature 64 bytes that may be its signature
public record Signed<T extends Signable>(T record, Signature signature) {
    /// @param key who should have signed
    /// @return whether that key signed this record
    public boolean verify(VerifyKey key) {
        return key.verify(record.context(), record.unsigned(), signature.bytes());
    }

    /// @return the digest that names the record; the signature is not part of it
    public Digest256 hash() {
        return record.hash();
    }

    /// @return the body to seal
    public byte[] encode() {
        byte[] unsigned = record.unsigned();
        CborWriter tail = new CborWriter(80).uint(record.signatureKey()).bytes(signature.bytes());
        byte[] end = tail.toByteArray();
        byte[] out = Arrays.copyOf(unsigned, unsigned.length + end.length);
        // One pair more; fewer than 23 keys fit the first byte.
        out[0]++;
        System.arraycopy(end, 0, out, unsigned.length, end.length);
        return out;
    }
}
