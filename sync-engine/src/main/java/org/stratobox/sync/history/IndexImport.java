package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.PackIndex;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.task.Tasks;

/// Brings what the index objects on the mesh say about packs into the local index. Idempotent, and complete after being
/// interrupted and run again: an index object counts as read only in the transaction that adds its packs. Calls block.
public final class IndexImport {
    /// Index objects fetched and opened at the same time; each is about a MiB, its records a few.
    private static final int PARALLEL = 4;
    /// Packs read at the same time when the index objects are lost; each is up to 64 MiB.
    private static final int PARALLEL_PACKS = 2;

    private final SyncIndex index;
    private final MeshStore mesh;
    private final Tasks tasks;
    private final ScopeKey accountScope;

    /// @param index receives the packs
    /// @param mesh gives the index objects
    /// @param tasks threads for fetching
    /// @param accountScope the scope index objects are sealed in
    public IndexImport(SyncIndex index, MeshStore mesh, Tasks tasks, ScopeKey accountScope) {
        this.index = index;
        this.mesh = mesh;
        this.tasks = tasks;
        this.accountScope = accountScope;
    }

    /// What an import did.
    ///
    /// @param objects index objects, or packs when rebuilding, that were read now
    /// @param packs packs they named, known before or not
    /// @param unreadable objects that no node gave rightly now; asked again the next time
    /// @param foreign objects that are not what they should be: they do not open or contradict themselves; for a rebuild,
    ///        objects that are not whole packs
    public record Outcome(int objects, long packs, List<ObjectName> unreadable, List<ObjectName> foreign) {}

    /// @param listed names of index objects, as the nodes list them
    /// @return what was read; those read before are skipped
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted; what was added stays
    public Outcome importNew(Collection<ObjectName> listed)
            throws HistoryException.IndexFailed, InterruptedException {
        try {
            Set<ObjectName> names = new HashSet<>(listed);
            names.removeAll(index.packs().indexObjects());
            return inBatches(List.copyOf(names), PARALLEL, this::fetch, this::add);
        } catch (IndexException e) {
            throw new HistoryException.IndexFailed(e);
        }
    }

    /// Makes the index from the packs themselves, when index objects are lost. Only packs that are kept as copies can tell;
    /// each is read whole. The packs found are unpublished afterwards, so that the next pass writes new index objects.
    ///
    /// @param listed names of objects in the data space, as the nodes list them
    /// @return what was read; packs known before are skipped
    /// @throws HistoryException.IndexFailed if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted; what was added stays
    public Outcome rebuild(Collection<ObjectName> listed) throws HistoryException.IndexFailed, InterruptedException {
        try {
            Set<ObjectName> names = new HashSet<>(listed);
            index.packs().packs().forEach(p -> names.remove(new ObjectName(p.packId())));
            index.packs().packs().forEach(p -> p.shares().forEach(s -> names.remove(s.name())));
            return inBatches(List.copyOf(names), PARALLEL_PACKS, this::recover, (_, packs) -> addUnpublished(packs));
        } catch (IndexException e) {
            throw new HistoryException.IndexFailed(e);
        }
    }

    /// What became of one object.
    private sealed interface Read {
        record Packs(List<PackRecord> packs) implements Read {}

        record Unreadable() implements Read {}

        record Foreign() implements Read {}
    }

    private interface Fetch {
        Read read(ObjectName name) throws InterruptedException;
    }

    private interface Sink {
        void add(ObjectName name, List<PackRecord> packs) throws IndexException;
    }

    private Outcome inBatches(List<ObjectName> names, int parallel, Fetch fetch, Sink sink)
            throws IndexException, InterruptedException {
        int objects = 0;
        long packs = 0;
        List<ObjectName> unreadable = new ArrayList<>();
        List<ObjectName> foreign = new ArrayList<>();
        for (int from = 0; from < names.size(); from += parallel) {
            List<ObjectName> batch = names.subList(from, Math.min(names.size(), from + parallel));
            List<Tasks.Job<Read, RuntimeException>> jobs = new ArrayList<>();
            batch.forEach(name -> jobs.add(() -> fetch.read(name)));
            List<Read> answers = Tasks.all(tasks.work(), jobs);
            for (int i = 0; i < batch.size(); i++) {
                switch (answers.get(i)) {
                    case Read.Packs found -> {
                        sink.add(batch.get(i), found.packs());
                        objects++;
                        packs += found.packs().size();
                    }
                    case Read.Unreadable _ -> unreadable.add(batch.get(i));
                    case Read.Foreign _ -> foreign.add(batch.get(i));
                }
            }
        }
        return new Outcome(objects, packs, unreadable, foreign);
    }

    private Read fetch(ObjectName name) throws InterruptedException {
        try {
            return new Read.Packs(open(name).packs());
        } catch (HistoryException.Unreadable e) {
            return new Read.Unreadable();
        } catch (HistoryException e) {
            return new Read.Foreign();
        }
    }

    /// Reads one index object without changing anything.
    ///
    /// @param name of the object
    /// @return what it says
    /// @throws HistoryException.Unreadable if no node gives it rightly now
    /// @throws HistoryException.Damaged if it is not an index object of this account
    /// @throws InterruptedException if the thread is interrupted
    public PackIndex open(ObjectName name)
            throws HistoryException.Unreadable, HistoryException.Damaged, InterruptedException {
        try {
            byte[] envelope = mesh.readReplicated(Space.INDEX, name);
            PackIndex read = PackIndex
                    .decode(Opener.open(accountScope, Cid.ofEnvelope(envelope), ObjectType.PACK_INDEX, envelope));
            if (!read.packs().stream().allMatch(IndexImport::isUsable)) {
                throw new HistoryException.Damaged("a pack record with shares that do not fit its coding");
            }
            return read;
        } catch (PackException.Unreadable e) {
            throw new HistoryException.Unreadable(e);
        } catch (CryptoException e) {
            throw new HistoryException.Damaged(e);
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        }
    }

    /// What the mesh store takes for a record that can be true.
    private static boolean isUsable(PackRecord pack) {
        Map<Integer, ObjectName> names = new HashMap<>();
        return pack.length() <= MeshNode.MAX_OBJECT && pack.shares().stream().allMatch(s -> {
            ObjectName twin = names.putIfAbsent(s.index(), s.name());
            return twin == null || twin.equals(s.name());
        });
    }

    private Read recover(ObjectName name) throws InterruptedException {
        try {
            Optional<PackRecord> pack = mesh.recoverRecord(accountScope, name);
            return pack.isPresent() ? new Read.Packs(List.of(pack.get())) : new Read.Foreign();
        } catch (PackException.Unreadable e) {
            return new Read.Unreadable();
        }
    }

    private void add(ObjectName name, List<PackRecord> packs) throws IndexException {
        index.transact(() -> {
            List<Digest256> ids = new ArrayList<>(packs.size());
            for (PackRecord pack : packs) {
                index.packs().add(pack, true);
                ids.add(pack.packId());
            }
            index.packs().markPublished(name, ids);
        });
    }

    private void addUnpublished(List<PackRecord> packs) throws IndexException {
        index.transact(() -> {
            for (PackRecord pack : packs) {
                index.packs().add(pack, false);
            }
        });
    }
}
