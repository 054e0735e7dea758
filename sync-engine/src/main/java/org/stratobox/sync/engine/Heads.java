package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.Revocation;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.task.Tasks;

/// Heads read from the nodes and judged by the rules of `format.md` 3.8 that need no memory: who may speak, signature,
/// account and epoch, forks, and what other devices have seen.
final class Heads {
    private final EpochKey keys;
    private final Id16 accountId;
    private final AccountRecords records;
    private final Collection<KnownHead> known;

    /// @param keys of the epoch
    /// @param accountId of the account
    /// @param records certified devices and revocations
    /// @param known heads accepted before: a new one is held against them
    Heads(EpochKey keys, Id16 accountId, AccountRecords records, Collection<KnownHead> known) {
        this.keys = keys;
        this.accountId = accountId;
        this.records = records;
        this.known = known;
    }

    /// A head with the object it came in.
    ///
    /// @param name of the object on the nodes
    /// @param head verified
    record Read(ObjectName name, Head head) {}

    /// What was found.
    ///
    /// @param accepted verified heads, ascending by device and number
    /// @param warnings in sentences
    record Found(List<Read> accepted, List<String> warnings) {
        /// The newest accepted head of each device.
        Map<DeviceId, Read> newest() {
            Map<DeviceId, Read> newest = new TreeMap<>();
            accepted.forEach(r -> newest.merge(r.head().device(), r,
                    (a, b) -> a.head().seq() >= b.head().seq() ? a : b));
            return newest;
        }

        /// The newest head of each device that is not younger than a moment.
        Map<DeviceId, Read> newestAt(long wallMillis) {
            return new Found(accepted.stream().filter(r -> r.head().wallMillis() <= wallMillis).toList(), List.of())
                    .newest();
        }
    }

    /// Reads heads by name, many at the same time.
    Found read(Mesh mesh, Tasks tasks, Collection<ObjectName> names) throws InterruptedException {
        List<Tasks.Job<Optional<Read>, PackException>> jobs = new ArrayList<>();
        for (ObjectName name : names) {
            jobs.add(() -> readOne(mesh, name));
        }
        List<Read> verified = new ArrayList<>();
        int unreadable = 0;
        int batch = 64;
        for (int from = 0; from < jobs.size(); from += batch) {
            for (Optional<Read> read : run(tasks, jobs.subList(from, Math.min(jobs.size(), from + batch)))) {
                read.ifPresent(verified::add);
                unreadable += read.isPresent() ? 0 : 1;
            }
        }
        return judge(verified, unreadable);
    }

    private static List<Optional<Read>> run(Tasks tasks, List<Tasks.Job<Optional<Read>, PackException>> jobs)
            throws InterruptedException {
        try {
            return Tasks.all(tasks.io(), jobs);
        } catch (PackException e) {
            throw new IllegalStateException("an unreadable head is a value", e);
        }
    }

    private Optional<Read> readOne(Mesh mesh, ObjectName name) throws InterruptedException {
        try {
            byte[] envelope = mesh.store().readReplicated(Space.HEAD, name);
            Signed<Head> signed = Head
                    .decode(Opener.open(keys.headScope(), new Cid(name.digest()), ObjectType.HEAD, envelope));
            return isGenuine(signed) ? Optional.of(new Read(name, signed.record())) : Optional.empty();
        } catch (PackException | CryptoException | ObjectException e) {
            return Optional.empty();
        }
    }

    private boolean isGenuine(Signed<Head> signed) {
        Head head = signed.record();
        DeviceRecord device = records.devices().get(head.device());
        Revocation revoked = records.revocations().get(head.device());
        return device != null && head.accountId().equals(accountId) && head.epoch() == keys.epoch()
                && (revoked == null || head.seq() <= revoked.last().seq()) && signed.verify(device.verifyKey());
    }

    private Found judge(List<Read> verified, int unreadable) {
        List<String> warnings = new ArrayList<>();
        if (unreadable > 0) {
            warnings.add(
                    unreadable + " state records on the nodes could not be read or are not genuine; they are ignored.");
        }
        Map<DeviceId, NavigableMap<Long, Digest256>> chains = new HashMap<>();
        known.forEach(k -> chains.computeIfAbsent(k.device(), d -> new TreeMap<>()).put(k.seq(), k.hash()));
        List<Read> accepted = new ArrayList<>();
        for (Read read : verified) {
            Digest256 hash = read.head().hash();
            Digest256 same = chains.computeIfAbsent(read.head().device(), d -> new TreeMap<>())
                    .putIfAbsent(read.head().seq(), hash);
            if (same == null || same.equals(hash)) {
                accepted.add(read);
            } else {
                warnings.add("The device " + label(read.head().device())
                        + " has published two different states under one number: it was copied, or its key was stolen.");
            }
        }
        withheld(chains, accepted, warnings);
        return new Found(accepted, warnings.stream().distinct().toList());
    }

    /// A device that saw a newer head of another than any node serves is a witness that something is held back.
    private void withheld(Map<DeviceId, NavigableMap<Long, Digest256>> chains, List<Read> accepted,
            List<String> warnings) {
        for (Read witness : new Found(accepted, List.of()).newest().values()) {
            witness.head().seen().forEach((device, point) -> {
                NavigableMap<Long, Digest256> chain = chains.get(device);
                if (chain == null || chain.lastKey() < point.seq()) {
                    warnings.add("A newer state of the device " + label(device)
                            + " exists, but no node that was reached serves it. Add another node, or wait.");
                }
            });
        }
    }

    private String label(DeviceId device) {
        DeviceRecord record = records.devices().get(device);
        return record == null ? "unknown" : "\"" + record.label() + "\"";
    }
}
