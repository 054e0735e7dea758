package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.identity.EpochTransfer;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.SignatureContext;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.ObjectException.Reason;

/// The keys of the next account epoch for the devices that stay, type 16 (`format.md` 3.15), kept in the namespace of the
/// epoch that ends: `{1: account, 2: new epoch, 3: {device: transfer}, 4: signature of the root}`. Up to 700 devices fit.
///
/// @param accountId which account
/// @param epoch number of the new epoch
/// @param transfers [EpochTransfer]s; as many as fit an envelope
public record EpochGrant(Id16 accountId, int epoch, Map<DeviceId, byte[]> transfers) implements Signable {
    private static final byte[] HASH = "stratobox/v1/epoch-hash\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX = 700;

    /// @throws IllegalArgumentException if a number is out of range
    public EpochGrant {
        Limits.requireEpoch(epoch);
        Limits.requireCount(transfers.size(), MAX);
        transfers = Collections.unmodifiableSortedMap(new TreeMap<>(transfers));
    }

    /// @param device which device
    /// @return what is for it, if anything is
    public Optional<byte[]> of(DeviceId device) {
        return Optional.ofNullable(transfers.get(device)).map(byte[]::clone);
    }

    /// By content, as the transfers are arrays.
    @Override
    public boolean equals(Object o) {
        return o instanceof EpochGrant other && Arrays.equals(unsigned(), other.unsigned());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(unsigned());
    }

    @Override
    public SignatureContext context() {
        return SignatureContext.EPOCH;
    }

    @Override
    public int signatureKey() {
        return 4;
    }

    /// @return `SHA-256("stratobox/v1/epoch-hash" || 0 || CBOR(1..3))`
    @Override
    public Digest256 hash() {
        return Sha256.of(HASH, unsigned());
    }

    /// @param root the account's root
    /// @return this grant with its signature
    public Signed<EpochGrant> sign(RootIdentity root) {
        return new Signed<>(this, new Signature(root.sign(context(), unsigned())));
    }

    @Override
    public byte[] unsigned() {
        CborWriter out = new CborWriter(64 + transfers.size() * (EpochTransfer.BYTES + 20));
        out.map(3).uint(1).id(accountId).uint(2).uint(epoch).uint(3).map(transfers.size());
        transfers.forEach((device, transfer) -> out.id(device.id()).bytes(transfer));
        return out.toByteArray();
    }

    /// @param body an opened object of type 16
    /// @return the grant; its signature is still to be verified
    /// @throws ObjectException if it is anything else
    public static Signed<EpochGrant> decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        Id16 account = in.id();
        fields.key(2);
        int epoch = Limits.epoch(in);
        fields.key(3);
        int n = in.map(MAX, 17 + EpochTransfer.BYTES);
        SortedMap<DeviceId, byte[]> transfers = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            DeviceId device = new DeviceId(in.id());
            if (!transfers.isEmpty() && transfers.lastKey().compareTo(device) >= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
            }
            transfers.put(device, in.bytesExactly(EpochTransfer.BYTES));
        }
        fields.key(4);
        Signature signature = new Signature(in.bytesExactly(VerifyKey.SIGNATURE_BYTES));
        fields.endOfInput();
        return new Signed<>(new EpochGrant(account, epoch, transfers), signature);
    }
}
