package org.stratobox.sync.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The rules and alarms of `format.md` 3.8.
class HeadAcceptanceTest {
    private static final long NOW = 1_795_183_320_000L;
    private final RandomObjects random = new RandomObjects(11);
    private final RootIdentity root = RootIdentity.of(Secret.takeOwnership(random.bytes(32)));
    private final Id16 account = Id16.of(root.accountId());
    private final DeviceIdentity device = identity();
    private final DeviceId id = DeviceId.of(device.deviceId());
    private final DeviceId other = random.device();
    private final Signed<DeviceRecord> record = enrol(device);
    private final Capability commit = random.cap();
    private final Signed<Head> first = head(1, ChainPoint.NONE, Map.of(other, point(5)));
    private final Signed<Head> second = head(2, first.record().point(), Map.of(other, point(6)));
    private final Signed<Head> third = head(3, second.record().point(), Map.of(other, point(6)));

    private DeviceIdentity identity() {
        return DeviceIdentity.restore(random.bytes(16), Secret.takeOwnership(random.bytes(32)),
                Secret.takeOwnership(random.bytes(32)));
    }

    private Signed<DeviceRecord> enrol(DeviceIdentity who) {
        return new DeviceRecord(DeviceId.of(who.deviceId()), who.publicKey(), who.kemPublicKey(), NOW, "desk", 0,
                account)
                .sign(root);
    }

    private static ChainPoint point(long seq) {
        return new ChainPoint(seq, new org.stratobox.crypto.Digest256(seq, 0, 0, 0));
    }

    private Signed<Head> head(long seq, ChainPoint previous, Map<DeviceId, ChainPoint> seen) {
        return new Head(account, id, 0, seq, previous.hash(), commit, seen, ChainPoint.NONE, NOW, List.of(), List.of())
                .sign(device);
    }

    private HeadAcceptance rules() {
        return rules(List.of(record), List.of());
    }

    private HeadAcceptance rules(List<Signed<DeviceRecord>> records, List<Revocation> revoked) {
        AccountRecord policy = new AccountRecord(account, 0, 1, ChainPoint.NONE.hash(), List.of(), revoked,
                AccountPolicy.first(org.stratobox.crypto.envelope.Suite.AES_256_GCM), List.of(), NOW);
        return new HeadAcceptance(Certificates.of(root.publicKey(), records, List.of(), List.of(policy)), 0);
    }

    private HeadVerdict judge(Signed<Head> head, Optional<Signed<Head>> accepted) {
        return rules().judge(head, accepted, List.of(first, second), NOW);
    }

    private static HeadVerdict rejected(HeadVerdict.Reason reason) {
        return new HeadVerdict.Rejected(reason);
    }

    @Test
    void judgeAcceptsTheFirstHeadAndItsSuccessors() {
        assertEquals(new HeadVerdict.Accepted(first.record().point()), judge(first, Optional.empty()));
        assertEquals(new HeadVerdict.Accepted(second.record().point()), judge(second, Optional.of(first)));
        assertEquals(new HeadVerdict.Accepted(third.record().point()), judge(third, Optional.of(first)));
    }

    @Test
    void judgeKnowsReplayedOldHeads() {
        assertEquals(new HeadVerdict.Known(), judge(second, Optional.of(second)));
        assertEquals(new HeadVerdict.Known(), judge(first, Optional.of(third)));
    }

    @Test
    void judgeAsksForMissingHeads() {
        assertEquals(new HeadVerdict.Gap(second.record().point()),
                rules().judge(third, Optional.of(first), List.of(), NOW));
    }

    @Test
    void judgeRaisesTheAlarmForTwoHistories() {
        Signed<Head> fork = head(2, first.record().point(), Map.of(other, point(7)));
        assertInstanceOf(HeadVerdict.Equivocation.class, judge(fork, Optional.of(second)));
        assertInstanceOf(HeadVerdict.Equivocation.class, judge(fork, Optional.of(third)));
        Signed<Head> afterFork = head(3, fork.record().point(), Map.of(other, point(7)));
        assertInstanceOf(HeadVerdict.Equivocation.class, judge(afterFork, Optional.of(second)));
    }

    @Test
    void judgeRejectsHeadsNobodyCertified() {
        HeadAcceptance none = rules(List.of(), List.of());
        assertEquals(rejected(HeadVerdict.Reason.NOT_CERTIFIED), none.judge(first, Optional.empty(), List.of(), NOW));
        Signed<DeviceRecord> selfSigned = new Signed<>(record.record(),
                new Signature(device.sign(record.record().context(), record.record().unsigned())));
        HeadAcceptance forged = rules(List.of(selfSigned), List.of());
        assertEquals(rejected(HeadVerdict.Reason.NOT_CERTIFIED), forged.judge(first, Optional.empty(), List.of(), NOW));
    }

    @Test
    void judgeRejectsForeignSignatures() {
        Head unsigned = first.record();
        DeviceIdentity thief = identity();
        assertThrows(IllegalArgumentException.class, () -> unsigned.sign(thief));
        for (byte[] signature : List.of(thief.sign(unsigned.context(), unsigned.unsigned()),
                root.sign(unsigned.context(), unsigned.unsigned()),
                device.sign(record.record().context(), unsigned.unsigned()))) {
            Signed<Head> forged = new Signed<>(unsigned, new Signature(signature));
            assertEquals(rejected(HeadVerdict.Reason.BAD_SIGNATURE), judge(forged, Optional.empty()));
        }
    }

    @Test
    void judgeRejectsOtherAccountsEpochsAndClocks() {
        Head h = first.record();
        Head foreign = new Head(random.id(), id, 0, 1, h.previous(), commit, h.seen(), h.account(), NOW, List.of(),
                List.of());
        assertEquals(rejected(HeadVerdict.Reason.OTHER_ACCOUNT), judge(foreign.sign(device), Optional.empty()));
        Head epoch = new Head(account, id, 1, 1, h.previous(), commit, h.seen(), h.account(), NOW, List.of(),
                List.of());
        assertEquals(rejected(HeadVerdict.Reason.OTHER_EPOCH), judge(epoch.sign(device), Optional.empty()));
        HeadVerdict early = rules().judge(first, Optional.empty(), List.of(),
                NOW - HeadAcceptance.MAX_AHEAD_MILLIS - 1);
        assertEquals(rejected(HeadVerdict.Reason.CLOCK_AHEAD), early);
    }

    @Test
    void judgeAcceptsOfARevokedDeviceOnlyWhatItSaidBefore() {
        HeadAcceptance revoked = rules(List.of(record),
                List.of(new Revocation(id, second.record().point())));
        List<Signed<Head>> all = List.of(first, second);
        assertInstanceOf(HeadVerdict.Accepted.class, revoked.judge(first, Optional.empty(), all, NOW));
        assertInstanceOf(HeadVerdict.Accepted.class, revoked.judge(second, Optional.of(first), all, NOW));
        assertEquals(rejected(HeadVerdict.Reason.REVOKED), revoked.judge(third, Optional.of(second), all, NOW));
        Signed<Head> fork = head(2, first.record().point(), Map.of(other, point(7)));
        assertEquals(rejected(HeadVerdict.Reason.REVOKED), revoked.judge(fork, Optional.of(first), all, NOW));
    }

    @Test
    void judgeRejectsASeenVectorThatWentBack() {
        for (Map<DeviceId, ChainPoint> seen : List.of(Map.<DeviceId, ChainPoint>of(), Map.of(other, point(4)),
                Map.of(other, new ChainPoint(5, ChainPoint.NONE.hash())))) {
            assertEquals(rejected(HeadVerdict.Reason.SEEN_WENT_BACK),
                    judge(head(2, first.record().point(), seen), Optional.of(first)));
        }
    }

    @Test
    void withheldNamesHeadsThatNobodyServes() {
        assertEquals(Map.of(other, point(6)), HeadAcceptance.withheld(List.of(first.record(), third.record())));
        Head served = new Head(account, other, 0, 6, ChainPoint.NONE.hash(), commit, Map.of(), ChainPoint.NONE, NOW,
                List.of(), List.of());
        assertEquals(Map.of(), HeadAcceptance.withheld(List.of(served, third.record())));
    }

    @Test
    void accountRecordsUniteRevocationsAndTheNewestDecides() {
        AccountPolicy policy = AccountPolicy.first(org.stratobox.crypto.envelope.Suite.AES_256_GCM);
        AccountRecord one = new AccountRecord(account, 0, 1, ChainPoint.NONE.hash(), List.of(),
                List.of(new Revocation(id, point(9))), policy, List.of(), NOW);
        AccountRecord two = new AccountRecord(account, 0, 2, one.hash(), List.of(),
                List.of(new Revocation(id, point(12))), policy, List.of(), NOW);
        assertEquals(Optional.of(two), AccountRecord.newest(List.of(one, two)));
        assertEquals(Map.of(id, new Revocation(id, point(9))), AccountRecord.revocations(List.of(two, one)));
        assertTrue(one.sign(root).verify(root.publicKey()));
        assertFalse(one.sign(root).verify(device.publicKey()));
    }
}
