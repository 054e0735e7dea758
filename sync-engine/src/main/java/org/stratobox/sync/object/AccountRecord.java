package org.stratobox.sync.object;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.SignatureContext;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;

/// Policy and revocations of an account, type 8 (`format.md` 3.7), signed by the root. Readers take the union of the
/// revocations of all valid records and everything else from the newest ([#newest(Collection)]).
///
/// @param accountId which account
/// @param epoch account epoch
/// @param seq 1 for the first record, then one more each time
/// @param previous hash of the record before; zeros before the first
/// @param devices enrolled devices, ascending
/// @param revoked devices that may no longer speak, ascending
/// @param policy ciphers and versions
/// @param backends places that keep the account's bytes
/// @param wallMillis clock of the device where the phrase was typed, milliseconds since 1970
public record AccountRecord(Id16 accountId, int epoch, long seq, Digest256 previous, List<Enrolment> devices,
        List<Revocation> revoked, AccountPolicy policy, List<Backend> backends, long wallMillis) implements Signable {
    private static final byte[] HASH = "stratobox/v1/account-hash\0".getBytes(StandardCharsets.US_ASCII);

    /// @throws IllegalArgumentException if a number is out of range or a list out of order
    public AccountRecord {
        Limits.requireEpoch(epoch);
        Limits.requireSeq(seq);
        Limits.requireMillis(wallMillis);
        devices = List.copyOf(devices);
        revoked = List.copyOf(revoked);
        backends = List.copyOf(backends);
        Limits.requireCount(Math.max(devices.size(), revoked.size()), Limits.DEVICES);
        Limits.requireCount(backends.size(), Limits.NODES);
        if (!AccountCodec.ascending(devices.stream().map(Enrolment::device).toList())
                || !AccountCodec.ascending(revoked.stream().map(Revocation::device).toList())) {
            throw new IllegalArgumentException("devices out of order");
        }
    }

    @Override
    public SignatureContext context() {
        return SignatureContext.ACCOUNT;
    }

    @Override
    public int signatureKey() {
        return 13;
    }

    /// @return `SHA-256("stratobox/v1/account-hash" || 0 || CBOR(1..12))`
    @Override
    public Digest256 hash() {
        return Sha256.of(HASH, unsigned());
    }

    /// @return the record's place in the chain of account records
    public ChainPoint point() {
        return new ChainPoint(seq, hash());
    }

    /// @param root the account's root
    /// @return this record with its signature
    public Signed<AccountRecord> sign(RootIdentity root) {
        return new Signed<>(this, new Signature(root.sign(context(), unsigned())));
    }

    @Override
    public byte[] unsigned() {
        return AccountCodec.unsigned(this);
    }

    /// @param body an opened object of type 8
    /// @return the record; its signature is still to be verified
    /// @throws ObjectException if it is anything else
    public static Signed<AccountRecord> decode(byte[] body) throws ObjectException {
        return AccountCodec.decode(body);
    }

    /// @param verified records whose signatures were verified
    /// @return the one that decides: highest sequence number, on a tie the greater hash
    public static Optional<AccountRecord> newest(Collection<AccountRecord> verified) {
        return verified.stream().max(Comparator.comparingLong(AccountRecord::seq).thenComparing(AccountRecord::hash));
    }

    /// @param verified records whose signatures were verified
    /// @return everybody any of them revokes; where they differ the earlier last head counts, so that revoking twice
    /// never gives a device back what the first revocation took
    public static SortedMap<DeviceId, Revocation> revocations(Collection<AccountRecord> verified) {
        SortedMap<DeviceId, Revocation> all = new TreeMap<>();
        Comparator<ChainPoint> earlier = Comparator.comparingLong(ChainPoint::seq).thenComparing(ChainPoint::hash);
        verified.stream().flatMap(r -> r.revoked().stream()).forEach(revocation -> all.merge(revocation.device(),
                revocation, (a, b) -> earlier.compare(a.last(), b.last()) <= 0 ? a : b));
        return all;
    }
}
