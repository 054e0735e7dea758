package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.Certificates;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.task.Tasks;

/// Reads heads from the nodes: those that open and are signed by the device they name. What they are worth is for
/// [HeadJudge] to say.
final class Heads {
    private static final int BATCH = 64;

    private final List<EpochKey> epochs;
    private final Certificates certificates;

    /// @param epochs keys of the current epoch and those before it
    /// @param certificates who may speak
    Heads(List<EpochKey> epochs, Certificates certificates) {
        this.epochs = epochs;
        this.certificates = certificates;
    }

    /// A head with the object it came in.
    ///
    /// @param name of the object on the nodes
    /// @param signed signed by its device, of this account
    /// @param envelope as it was sealed; not to be changed
    @SuppressWarnings("ArrayRecordComponent") // carried into the index and never compared
    record Read(ObjectName name, Signed<Head> signed, byte[] envelope) {
        Head head() {
            return signed.record();
        }
    }

    /// Heads read.
    ///
    /// @param heads that are genuine
    /// @param unreadable how many objects could not be read or are not genuine
    record Gathered(List<Read> heads, int unreadable) {}

    /// Reads heads by name, many at the same time.
    Gathered read(Mesh mesh, Tasks tasks, Collection<ObjectName> names) throws InterruptedException {
        List<Tasks.Job<Optional<Read>, PackException>> jobs = new ArrayList<>();
        for (ObjectName name : names) {
            jobs.add(() -> readOne(mesh, name));
        }
        List<Read> genuine = new ArrayList<>();
        for (int from = 0; from < jobs.size(); from += BATCH) {
            for (Optional<Read> read : run(tasks, jobs.subList(from, Math.min(jobs.size(), from + BATCH)))) {
                read.ifPresent(genuine::add);
            }
        }
        return new Gathered(genuine, jobs.size() - genuine.size());
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
            return open(envelope).filter(this::isGenuine).map(signed -> new Read(name, signed, envelope));
        } catch (PackException e) {
            return Optional.empty();
        }
    }

    /// Opens a head with the key of the epoch it was written in.
    Optional<Signed<Head>> open(byte[] envelope) {
        for (EpochKey epoch : epochs) {
            try {
                Signed<Head> signed = Head
                        .decode(Opener.open(epoch.headScope(), Cid.ofEnvelope(envelope), ObjectType.HEAD, envelope));
                return Optional.of(signed).filter(s -> s.record().epoch() == epoch.epoch());
            } catch (CryptoException | ObjectException e) {
                // of another epoch, or of nobody
            }
        }
        return Optional.empty();
    }

    private boolean isGenuine(Signed<Head> signed) {
        Optional<DeviceRecord> device = certificates.device(signed.record().device());
        return device.isPresent() && signed.record().accountId().equals(certificates.accountId())
                && signed.verify(device.get().verifyKey());
    }
}
