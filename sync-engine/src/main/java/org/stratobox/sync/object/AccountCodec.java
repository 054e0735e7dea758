package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.Suite;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.ObjectException.Reason;

/// The encoded form of account records: `{1: account, 2: epoch, 3: seq, 4: previous, 5: [[device, certHash], ...],
/// 6: [[device, seq, hash], ...], 7: suite, 8: [suite, ...], 9: minReader, 10: minWriter, 11: [[node, address, domain], ...],
/// 12: wall clock, 13: signature}`.
final class AccountCodec {
    static final int MAX_VERSION = 1 << 16;

    private AccountCodec() {}

    static byte[] unsigned(AccountRecord r) {
        CborWriter out = new CborWriter(256 + r.devices().size() * 52 + r.revoked().size() * 60);
        out.map(12).uint(1).id(r.accountId()).uint(2).uint(r.epoch()).uint(3).uint(r.seq()).uint(4)
                .digest(r.previous());
        out.uint(5).array(r.devices().size());
        r.devices().forEach(d -> out.array(2).id(d.device().id()).digest(d.certHash()));
        out.uint(6).array(r.revoked().size());
        r.revoked().forEach(
                v -> out.array(3).id(v.device().id()).uint(v.last().seq()).digest(v.last().hash()));
        AccountPolicy policy = r.policy();
        out.uint(7).uint(policy.writing().code()).uint(8).array(policy.allowed().size());
        policy.allowed().forEach(suite -> out.uint(suite.code()));
        out.uint(9).uint(policy.minReader()).uint(10).uint(policy.minWriter());
        out.uint(11).array(r.backends().size());
        r.backends().forEach(b -> out.array(3).id(b.node().id()).text(b.address()).text(b.domain()));
        return out.uint(12).integer(r.wallMillis()).toByteArray();
    }

    static Signed<AccountRecord> decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        Id16 account = in.id();
        fields.key(2);
        int epoch = Limits.epoch(in);
        fields.key(3);
        long seq = Limits.seq(in);
        fields.key(4);
        Digest256 previous = in.digest();
        fields.key(5);
        List<Enrolment> devices = readDevices(in);
        fields.key(6);
        List<Revocation> revoked = readRevoked(in);
        AccountPolicy policy = readPolicy(in, fields);
        fields.key(11);
        List<Backend> backends = readBackends(in);
        fields.key(12);
        AccountRecord record = new AccountRecord(account, epoch, seq, previous, devices, revoked, policy, backends,
                Limits.millis(in));
        fields.key(13);
        Signature signature = new Signature(in.bytesExactly(VerifyKey.SIGNATURE_BYTES));
        fields.endOfInput();
        return new Signed<>(record, signature);
    }

    static boolean ascending(List<DeviceId> devices) {
        for (int i = 1; i < devices.size(); i++) {
            if (devices.get(i - 1).compareTo(devices.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Enrolment> readDevices(CborReader in) throws ObjectException {
        int n = in.array(Limits.DEVICES, 52);
        List<Enrolment> devices = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            in.arrayOf(2);
            devices.add(new Enrolment(new DeviceId(in.id()), in.digest()));
        }
        requireAscending(devices.stream().map(Enrolment::device).toList());
        return devices;
    }

    private static List<Revocation> readRevoked(CborReader in) throws ObjectException {
        int n = in.array(Limits.DEVICES, 53);
        List<Revocation> revoked = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            in.arrayOf(3);
            DeviceId device = new DeviceId(in.id());
            revoked.add(new Revocation(device, new ChainPoint(in.uint(Limits.NUMBER), in.digest())));
        }
        requireAscending(revoked.stream().map(Revocation::device).toList());
        return revoked;
    }

    private static AccountPolicy readPolicy(CborReader in, MapFields fields) throws ObjectException {
        fields.key(7);
        Suite writing = readSuite(in);
        fields.key(8);
        int n = in.array(255, 1);
        List<Suite> allowed = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Suite suite = readSuite(in);
            if (i > 0 && allowed.getLast().code() >= suite.code()) {
                throw new ObjectException(Reason.NOT_CANONICAL, "suites out of order");
            }
            allowed.add(suite);
        }
        if (!allowed.contains(writing)) {
            throw new ObjectException(Reason.INCONSISTENT, "the suite for writing is not allowed");
        }
        fields.key(9);
        int minReader = (int) in.uint(MAX_VERSION);
        fields.key(10);
        return new AccountPolicy(writing, allowed, minReader, (int) in.uint(MAX_VERSION));
    }

    private static Suite readSuite(CborReader in) throws ObjectException {
        return Suite.of((int) in.uint(255))
                .orElseThrow(() -> new ObjectException(Reason.BAD_VALUE, "an unknown suite"));
    }

    private static List<Backend> readBackends(CborReader in) throws ObjectException {
        int n = in.array(Limits.NODES, 20);
        List<Backend> backends = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            in.arrayOf(3);
            backends.add(new Backend(new NodeId(in.id()), in.text(Limits.ADDRESS_BYTES),
                    in.text(Limits.LABEL_BYTES)));
        }
        return backends;
    }

    private static void requireAscending(List<DeviceId> devices) throws ObjectException {
        if (!ascending(devices)) {
            throw new ObjectException(Reason.NOT_CANONICAL, "devices out of order");
        }
    }
}
