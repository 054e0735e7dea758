package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.SignatureContext;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;

/// The certificate of a device, type 7 (`format.md` 3.7): `{1: device, 2: Ed25519 key, 3: X-Wing key, 4: created, 5: label,
/// 6: epoch, 7: account, 8: signature of the root}`.
///
/// @param device whose record it is
/// @param verifyKey checks the device's signatures
/// @param kemKey X-Wing public key, 1 216 bytes; copied in and out
/// @param createdMillis the device's clock when it was set up, milliseconds since 1970
/// @param label a name for people; at most 1 024 bytes of UTF-8
/// @param epoch account epoch in which it was enrolled
/// @param accountId which account
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record DeviceRecord(DeviceId device, VerifyKey verifyKey, byte[] kemKey, long createdMillis, String label,
        int epoch, Id16 accountId) implements Signable {
    private static final byte[] HASH = "stratobox/v1/device-hash\0".getBytes(StandardCharsets.US_ASCII);

    /// @throws IllegalArgumentException if a length or number is out of range
    public DeviceRecord {
        if (kemKey.length != DeviceIdentity.KEM_PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException("an X-Wing key has 1216 bytes");
        }
        Limits.requireMillis(createdMillis);
        Limits.requireEpoch(epoch);
        Limits.requireText(label, Limits.LABEL_BYTES);
        kemKey = kemKey.clone();
    }

    @Override
    public byte[] kemKey() {
        return kemKey.clone();
    }

    @Override
    public SignatureContext context() {
        return SignatureContext.DEVICE;
    }

    @Override
    public int signatureKey() {
        return 8;
    }

    /// @return the `certHash` of account records: `SHA-256("stratobox/v1/device-hash" || 0 || CBOR(1..7))`
    @Override
    public Digest256 hash() {
        return Sha256.of(HASH, unsigned());
    }

    /// @param root the account's root
    /// @return this record with the signature that enrols the device
    public Signed<DeviceRecord> sign(RootIdentity root) {
        return new Signed<>(this, new Signature(root.sign(context(), unsigned())));
    }

    @Override
    public byte[] unsigned() {
        CborWriter out = new CborWriter(1400);
        out.map(7).uint(1).id(device.id()).uint(2).bytes(verifyKey.bytes()).uint(3).bytes(kemKey);
        out.uint(4).integer(createdMillis).uint(5).text(label).uint(6).uint(epoch).uint(7).id(accountId);
        return out.toByteArray();
    }

    /// @param body an opened object of type 7
    /// @return the record; its signature is still to be verified
    /// @throws ObjectException if it is anything else
    public static Signed<DeviceRecord> decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        DeviceId device = new DeviceId(in.id());
        fields.key(2);
        VerifyKey key = VerifyKey.of(in.bytesExactly(VerifyKey.BYTES));
        fields.key(3);
        byte[] kem = in.bytesExactly(DeviceIdentity.KEM_PUBLIC_KEY_BYTES);
        fields.key(4);
        long created = Limits.millis(in);
        fields.key(5);
        String label = in.text(Limits.LABEL_BYTES);
        fields.key(6);
        int epoch = Limits.epoch(in);
        fields.key(7);
        DeviceRecord record = new DeviceRecord(device, key, kem, created, label, epoch, in.id());
        fields.key(8);
        Signature signature = new Signature(in.bytesExactly(VerifyKey.SIGNATURE_BYTES));
        fields.endOfInput();
        return new Signed<>(record, signature);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof DeviceRecord r && device.equals(r.device) && verifyKey.equals(r.verifyKey)
                && Arrays.equals(kemKey, r.kemKey) && createdMillis == r.createdMillis && label.equals(r.label)
                && epoch == r.epoch && accountId.equals(r.accountId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, verifyKey, createdMillis);
    }

    @Override
    public String toString() {
        return "DeviceRecord[" + device + "]";
    }
}
