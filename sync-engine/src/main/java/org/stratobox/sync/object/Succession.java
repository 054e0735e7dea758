package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.SignatureContext;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;

/// A device goes on under a new identity, type 15: `{1: old device, 2: [seq, hash] of its last own head, 3: new device,
/// 4: Ed25519 key, 5: X-Wing key, 6: created, 7: label, 8: epoch, 9: account, 10: signature of the old device}`.
///
/// A home that was restored or copied finds that its identity is in use by another copy of itself. It must stop using it
/// at once, and nobody is there to type the phrase. What this gives is no more than the old identity had: whoever removes
/// the old device removes its successors with it ([Certificates]).
///
/// @param old the identity that is left to rest
/// @param last the newest head of the old identity that this home wrote or knew as its own, [ChainPoint#NONE] if none
/// @param successor the new identity
public record Succession(DeviceId old, ChainPoint last, DeviceRecord successor) implements Signable {
    private static final byte[] HASH = "stratobox/v1/succession-hash\0".getBytes(StandardCharsets.US_ASCII);

    /// @throws IllegalArgumentException if a device follows itself
    public Succession {
        if (old.equals(successor.device())) {
            throw new IllegalArgumentException("a device cannot follow itself");
        }
    }

    @Override
    public SignatureContext context() {
        return SignatureContext.SUCCESSION;
    }

    @Override
    public int signatureKey() {
        return 10;
    }

    /// @return `SHA-256("stratobox/v1/succession-hash" || 0 || CBOR(1..9))`
    @Override
    public Digest256 hash() {
        return Sha256.of(HASH, unsigned());
    }

    /// @param identity the old device
    /// @return this succession with its signature
    /// @throws IllegalArgumentException if it is another device
    public Signed<Succession> sign(DeviceIdentity identity) {
        if (!DeviceId.of(identity.deviceId()).equals(old)) {
            throw new IllegalArgumentException("a succession of another device");
        }
        return new Signed<>(this, new Signature(identity.sign(context(), unsigned())));
    }

    @Override
    public byte[] unsigned() {
        CborWriter out = new CborWriter(1536);
        last.write(out.map(9).uint(1).id(old.id()).uint(2));
        out.uint(3).id(successor.device().id()).uint(4).bytes(successor.verifyKey().bytes());
        out.uint(5).bytes(successor.kemKey()).uint(6).integer(successor.createdMillis());
        out.uint(7).text(successor.label()).uint(8).uint(successor.epoch()).uint(9).id(successor.accountId());
        return out.toByteArray();
    }

    /// @param body an opened object of type 15
    /// @return the succession; its signature is still to be verified
    /// @throws ObjectException if it is anything else
    public static Signed<Succession> decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        DeviceId old = new DeviceId(in.id());
        fields.key(2);
        ChainPoint last = ChainPoint.read(in);
        fields.key(3);
        DeviceId device = new DeviceId(in.id());
        fields.key(4);
        VerifyKey key = VerifyKey.of(in.bytesExactly(VerifyKey.BYTES));
        fields.key(5);
        byte[] kem = in.bytesExactly(DeviceIdentity.KEM_PUBLIC_KEY_BYTES);
        fields.key(6);
        long created = Limits.millis(in);
        fields.key(7);
        String label = in.text(Limits.LABEL_BYTES);
        fields.key(8);
        int epoch = Limits.epoch(in);
        fields.key(9);
        DeviceRecord successor = new DeviceRecord(device, key, kem, created, label, epoch, in.id());
        fields.key(10);
        Signature signature = new Signature(in.bytesExactly(VerifyKey.SIGNATURE_BYTES));
        fields.endOfInput();
        if (old.equals(device)) {
            throw new ObjectException(ObjectException.Reason.INCONSISTENT, "a device cannot follow itself");
        }
        return new Signed<>(new Succession(old, last, successor), signature);
    }
}
