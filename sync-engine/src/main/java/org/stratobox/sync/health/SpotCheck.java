package org.stratobox.sync.health;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Entropy;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.NodeEvidence;
import org.stratobox.sync.pack.NodeEvidence.Kind;
import org.stratobox.sync.pack.Sample;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.task.Tasks;

/// Has nodes prove what they hold, a little at a time, and keeps the index true: who proved something is recorded with the
/// time, who was found without it owes it from then on and counts as unproven at once. Used by one thread.
public final class SpotCheck {
    /// Packs looked at at the same time; each asks all its nodes at once.
    private static final int PARALLEL = 4;

    private final Parts parts;
    /// Nodes that did not answer lately: asking them for every pack would only take time.
    private final Set<NodeId> silent = new HashSet<>();
    /// Different shares of each pack that were proven since this was cleared.
    private final Map<Digest256, Set<Integer>> now = new HashMap<>();

    /// What it works with.
    ///
    /// @param index of this device
    /// @param mesh the nodes
    /// @param nodes all of them
    /// @param tasks threads
    /// @param clock when something was proven
    /// @param entropy decides what is asked for
    public record Parts(SyncIndex index, MeshStore mesh, Set<NodeId> nodes, Tasks tasks, Clock clock,
            Entropy entropy) {}

    /// What was found.
    ///
    /// @param proven shares that were proven
    /// @param failed shares whose node turned out to lack them
    /// @param silent shares of which nothing is known, because their node did not answer
    public record Outcome(long proven, long failed, long silent) {
        /// Nothing was looked at.
        public static final Outcome NOTHING = new Outcome(0, 0, 0);

        /// @param other what else was found
        /// @return both together
        public Outcome plus(Outcome other) {
            return new Outcome(proven + other.proven, failed + other.failed, silent + other.silent);
        }
    }

    /// @param parts what it works with
    public SpotCheck(Parts parts) {
        this.parts = parts;
    }

    /// Asks for proofs of what has none: newly stored, repaired, or stored by another device.
    ///
    /// @param most packs to look at
    /// @return what was found
    /// @throws IndexException if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public Outcome unproven(int most) throws IndexException, InterruptedException {
        Set<PackDebt> owed = new HashSet<>(parts.index().packs().debts());
        List<Digest256> packs = new ArrayList<>();
        for (Digest256 pack : parts.index().proofs().unproven()) {
            if (packs.size() < most && hasUnproven(pack, owed)) {
                packs.add(pack);
            }
        }
        return sample(packs, owed);
    }

    /// Whether a node that is there has something to prove; shares on nodes that were removed never will be.
    private boolean hasUnproven(Digest256 packId, Set<PackDebt> owed) throws IndexException {
        Set<PackDebt> proven = new HashSet<>();
        parts.index().proofs().proofs(packId).forEach(p -> proven.add(new PackDebt(packId, p.share(), p.node())));
        return parts.index().packs().pack(packId).stream().flatMap(p -> p.shares().stream())
                .filter(s -> parts.nodes().contains(s.node()))
                .map(s -> new PackDebt(packId, s.index(), s.node()))
                .anyMatch(s -> !proven.contains(s) && !owed.contains(s));
    }

    /// Asks for proofs of some packs now, whatever was proven of them before.
    ///
    /// @param packs which
    /// @return those of which enough different shares were proven by this very call
    /// @throws IndexException if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public Set<Digest256> these(Collection<Digest256> packs) throws IndexException, InterruptedException {
        now.clear();
        sample(List.copyOf(packs), new HashSet<>(parts.index().packs().debts()));
        Set<Digest256> proven = new HashSet<>();
        for (Digest256 name : packs) {
            Optional<PackRecord> pack = parts.index().packs().pack(name);
            if (pack.isPresent() && now.getOrDefault(name, Set.of())
                    .size() >= new CodingProfile(pack.get().k(), pack.get().n()).safeShares()) {
                proven.add(name);
            }
        }
        return proven;
    }

    /// Asks again for packs whose proofs are oldest.
    ///
    /// @param provenBefore only those, milliseconds since 1970
    /// @param most packs to look at
    /// @return what was found
    /// @throws IndexException if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public Outcome again(long provenBefore, int most) throws IndexException, InterruptedException {
        return sample(parts.index().proofs().oldest(provenBefore, most), new HashSet<>(parts.index().packs().debts()));
    }

    /// Has every node list what it holds and compares names and sizes. That proves nothing, but finds what is gone.
    ///
    /// @return what was found; nothing counts as proven
    /// @throws IndexException if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public Outcome listed() throws IndexException, InterruptedException {
        Set<PackDebt> owed = new HashSet<>(parts.index().packs().debts());
        List<PackRecord> expected = new ArrayList<>();
        parts.index().packs().packs().forEach(pack -> expected.add(with(pack, here(pack, owed), List.of())));
        List<NodeEvidence> wrong = parts.mesh().checkPresence(expected);
        return record(List.of(), wrong);
    }

    /// Looks closely at shares somebody was accused of: the whole share is read.
    ///
    /// @param accusations evidence from reading; what does not concern a known share is left out
    /// @return what was found
    /// @throws IndexException if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public Outcome suspects(Collection<NodeEvidence> accusations) throws IndexException, InterruptedException {
        Set<PackDebt> owed = new HashSet<>(parts.index().packs().debts());
        Set<PackDebt> looked = new HashSet<>();
        Outcome all = Outcome.NOTHING;
        for (NodeEvidence accusation : accusations) {
            PackDebt key = new PackDebt(accusation.packId(), accusation.share(), accusation.node());
            Optional<PackRecord> pack = parts.index().packs().pack(accusation.packId());
            if (accusation.kind() == Kind.UNREACHABLE || pack.isEmpty() || owed.contains(key) || !looked.add(key)) {
                continue;
            }
            for (StoredShare share : pack.get().shares()) {
                if (share.index() == accusation.share() && share.node().equals(accusation.node())) {
                    all = all.plus(closely(pack.get(), share));
                }
            }
        }
        return all;
    }

    private Outcome closely(PackRecord pack, StoredShare share) throws IndexException, InterruptedException {
        Optional<Kind> wrong = parts.mesh().verifyShare(pack, share);
        List<NodeEvidence> evidence = wrong.stream()
                .map(kind -> new NodeEvidence(share.node(), pack.packId(), share.index(), kind)).toList();
        return record(wrong.isEmpty() ? List.of(new Proof(pack.packId(), share)) : List.of(), evidence);
    }

    private Outcome sample(List<Digest256> packs, Set<PackDebt> owed) throws IndexException, InterruptedException {
        Outcome all = Outcome.NOTHING;
        for (int from = 0; from < packs.size(); from += PARALLEL) {
            all = all.plus(batch(packs.subList(from, Math.min(packs.size(), from + PARALLEL)), owed));
        }
        return all;
    }

    private Outcome batch(List<Digest256> packs, Set<PackDebt> owed) throws IndexException, InterruptedException {
        List<Tasks.Job<Sample, RuntimeException>> jobs = new ArrayList<>();
        List<Digest256> names = new ArrayList<>();
        for (Digest256 name : packs) {
            Optional<PackRecord> pack = parts.index().packs().pack(name);
            List<StoredShare> here = pack.map(p -> here(p, owed)).orElse(List.of());
            if (pack.isPresent() && !here.isEmpty()) {
                PackRecord full = with(pack.get(), pack.get().shares(), parts.index().packs().items(name));
                long at = ByteBuffer.wrap(parts.entropy().bytes(Long.BYTES)).getLong();
                names.add(name);
                jobs.add(() -> parts.mesh().sample(full, here, at));
            }
        }
        List<Sample> samples = Tasks.all(parts.tasks().work(), jobs);
        List<Proof> proofs = new ArrayList<>();
        List<NodeEvidence> wrong = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Digest256 name = names.get(i);
            samples.get(i).proven().forEach(share -> proofs.add(new Proof(name, share)));
            wrong.addAll(samples.get(i).wrong());
        }
        return record(proofs, wrong);
    }

    private static PackRecord with(PackRecord pack, List<StoredShare> shares, List<PackItem> items) {
        return new PackRecord(pack.packId(), pack.length(), pack.k(), pack.n(), shares, items);
    }

    /// Shares that a node should be able to prove now. What it owes it is going to be paid first.
    private List<StoredShare> here(PackRecord pack, Set<PackDebt> owed) {
        return pack.shares().stream()
                .filter(s -> parts.nodes().contains(s.node()) && !silent.contains(s.node())
                        && !owed.contains(new PackDebt(pack.packId(), s.index(), s.node())))
                .toList();
    }

    private record Proof(Digest256 packId, StoredShare share) {}

    /// Absent and wrong are certain enough to stop calling a share proven. Whether it really has to be made again is found
    /// out when the debt is paid: that reads it once more before anything is written.
    private Outcome record(List<Proof> proofs, List<NodeEvidence> wrong) throws IndexException {
        long millis = parts.clock().millis();
        proofs.forEach(p -> now.computeIfAbsent(p.packId(), _ -> new HashSet<>()).add(p.share().index()));
        List<NodeEvidence> failed = wrong.stream().filter(e -> e.kind() != Kind.UNREACHABLE).toList();
        parts.index().transact(() -> {
            for (Proof proof : proofs) {
                parts.index().proofs().prove(proof.packId(), proof.share().index(), proof.share().node(), millis);
            }
            for (NodeEvidence evidence : failed) {
                parts.index().packs().addDebt(new PackDebt(evidence.packId(), evidence.share(), evidence.node()));
            }
        });
        wrong.stream().filter(e -> e.kind() == Kind.UNREACHABLE).forEach(e -> silent.add(e.node()));
        return new Outcome(proofs.size(), failed.size(), wrong.size() - failed.size());
    }
}
