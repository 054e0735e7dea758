package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.task.Ticker;

/// The mesh as one store: cuts packs into shares, places them in different failure domains and brings them back although
/// some nodes are dead, empty or lie.
///
/// Thread-safe; calls block. Every call is cancelled by interrupting its thread and then fails with
/// [InterruptedException]; when it returns, in whatever way, none of its threads touches the caller's bytes any more.
/// The set of nodes is fixed: when the user changes it, a new store is made. The store does not close the nodes.
///
/// Memory: storing takes the caller's pack, its parity and at most one more share; a healthy read takes what is read;
/// a degraded one k times that; finding out who lied and paying debts take the pack and its parity.
public final class MeshStore {
    private final Tools tools;
    private final Mesh mesh;
    private final Replicas replicas;

    /// What the store needs to work.
    ///
    /// @param tasks where it computes and waits
    /// @param buffers for parity
    /// @param ticker measures how long nodes take
    /// @param policy how patient it is
    /// @param evidence is told what nodes do wrong
    public record Tools(Tasks tasks, BufferPool buffers, Ticker ticker, StorePolicy policy,
            NodeEvidence.Sink evidence) {}

    /// A part of a pack.
    ///
    /// @param offset of the first byte
    /// @param length number of bytes, at least 1
    public record Range(int offset, int length) {}

    /// @param nodes at least one, with distinct ids
    /// @param tools what it works with
    public MeshStore(List<? extends MeshNode> nodes, Tools tools) {
        this.tools = tools;
        this.mesh = new Mesh(nodes, tools);
        this.replicas = new Replicas(mesh, tools);
    }

    /// @return number of different failure domains
    public int domains() {
        return mesh.domains();
    }

    /// Stores a pack with the default coding for this mesh ([Profiles#forPack]).
    ///
    /// @param pack ready; its bytes are not needed after the return
    /// @return its record and what is still owed; it returns when every put has ended, or when the pack is safe and the
    ///         grace is over
    /// @throws PackException.NotSafe if fewer than `safeShares()` shares were stored
    /// @throws InterruptedException if the thread is interrupted; shares already stored stay
    public StoredPack store(FinishedPack pack) throws PackException.NotSafe, InterruptedException {
        return store(pack, Profiles.forPack(mesh.domains(), pack.length()));
    }

    /// Stores a pack with a coding of the user's choice.
    ///
    /// @param pack ready
    /// @param profile needs no more shares than there are domains
    /// @return as [#store(FinishedPack)]
    /// @throws PackException.NotSafe if fewer than `safeShares()` shares were stored
    /// @throws InterruptedException if the thread is interrupted; shares already stored stay
    /// @throws IllegalArgumentException if there are fewer domains than shares
    public StoredPack store(FinishedPack pack, CodingProfile profile)
            throws PackException.NotSafe, InterruptedException {
        return new PackStoring(mesh, tools).store(pack, profile);
    }

    /// Stores an object that is kept outside packs: heads and keys on every node, committed at a majority; index objects
    /// on every node of up to five domains, committed in `1 + ceil((copies - 1) / 2)` domains; locks like heads.
    ///
    /// @param space not [Space#DATA]
    /// @param body what remains in the buffer
    /// @return where it is and what is still owed
    /// @throws PackException.NotSafe if too few nodes took it
    /// @throws InterruptedException if the thread is interrupted
    public StoredCopies storeReplicated(Space space, ByteBuffer body)
            throws PackException.NotSafe, InterruptedException {
        return replicas.store(space, body);
    }

    /// Reads an object that is kept outside packs from any node whose bytes fit the name.
    ///
    /// @param space not [Space#DATA]
    /// @param name of the object
    /// @return its bytes, which fit the name
    /// @throws PackException.Unreadable if no node gave right bytes
    /// @throws InterruptedException if the thread is interrupted
    public byte[] readReplicated(Space space, ObjectName name) throws PackException.Unreadable, InterruptedException {
        return replicas.read(space, name);
    }

    /// Reads a part of a pack with the fewest requests; **the bytes are not checked**, the caller has to.
    ///
    /// @param pack where it is
    /// @param range what is wanted
    /// @return the bytes as the nodes gave them
    /// @throws PackException.Unreadable if too few nodes answered
    /// @throws InterruptedException if the thread is interrupted
    public byte[] read(PackRecord pack, Range range) throws PackException.Unreadable, InterruptedException {
        return new PackReading(tools, new PackView(mesh, pack)).read(range);
    }

    /// Reads several parts of a pack; parts with less than 128 KiB between them are fetched together. Unchecked like
    /// [#read].
    ///
    /// @param pack where it is
    /// @param ranges what is wanted, in any order
    /// @return the parts in the order asked for
    /// @throws PackException.Unreadable if too few nodes answered
    /// @throws InterruptedException if the thread is interrupted
    public List<byte[]> readRanges(PackRecord pack, List<Range> ranges)
            throws PackException.Unreadable, InterruptedException {
        return new PackReading(tools, new PackView(mesh, pack)).ranges(ranges);
    }

    /// Reads an envelope and checks it against its CID. Wrong bytes are traced to the node that gave them, reported as
    /// evidence, and replaced from other shares.
    ///
    /// @param pack where it is
    /// @param item one of its items
    /// @return the envelope, whose CID is right
    /// @throws PackException.Unreadable if too few nodes gave right bytes
    /// @throws PackException.Malformed if all shares are right and still do not hold this envelope: the record is wrong
    /// @throws InterruptedException if the thread is interrupted
    public byte[] readEnvelope(PackRecord pack, PackItem item) throws PackException, InterruptedException {
        return readEnvelopes(pack, List.of(item)).getFirst();
    }

    /// Reads several envelopes of one pack as [#readEnvelope] does, with as few requests as [#readRanges].
    ///
    /// @param pack where they are
    /// @param items some of its items, in any order
    /// @return the envelopes in the order asked for
    /// @throws PackException as [#readEnvelope]
    /// @throws InterruptedException if the thread is interrupted
    public List<byte[]> readEnvelopes(PackRecord pack, List<PackItem> items)
            throws PackException, InterruptedException {
        return new PackReading(tools, new PackView(mesh, pack)).envelopes(items);
    }

    /// Reads a whole pack from shares that fit their names.
    ///
    /// @param pack where it is
    /// @return its bytes, which fit the pack's id
    /// @throws PackException as [#readEnvelope]
    /// @throws InterruptedException if the thread is interrupted
    public byte[] readPack(PackRecord pack) throws PackException, InterruptedException {
        return new PackReading(tools, new PackView(mesh, pack)).whole();
    }

    /// Makes missing shares of one pack in one go and stores them. A node that turns out to hold the right bytes counts as
    /// paid; wrong bytes under the name are deleted first.
    ///
    /// @param pack where it is
    /// @param debts of this pack; may name another node than the record does (the share moves there)
    /// @return which are paid; those that have to be made stay open if the pack cannot be read now
    /// @throws PackException.Malformed if right shares give others than the record names: the record is wrong
    /// @throws InterruptedException if the thread is interrupted
    public DebtOutcome<Debt.OfShare> payDebts(PackRecord pack, Collection<Debt.OfShare> debts)
            throws PackException.Malformed, InterruptedException {
        return new DebtPayer(mesh, tools).payShares(pack, debts);
    }

    /// Stores copies that are owed, reading the object from the nodes that hold it.
    ///
    /// @param debts of any objects
    /// @return which are paid
    /// @throws InterruptedException if the thread is interrupted
    public DebtOutcome<Debt.OfCopy> payCopies(Collection<Debt.OfCopy> debts) throws InterruptedException {
        return new DebtPayer(mesh, tools).payCopies(debts, replicas);
    }

    /// Reads one share completely and checks it against its name.
    ///
    /// @param pack the share is of
    /// @param share one of its shares
    /// @return what is wrong, or empty if it is all right
    /// @throws InterruptedException if the thread is interrupted
    public Optional<NodeEvidence.Kind> verifyShare(PackRecord pack, StoredShare share) throws InterruptedException {
        return new ShareAudit(mesh, tools).verify(pack, share);
    }

    /// Asks nodes for the length and a piece at one place of their shares: cheap, and a share that is missing, cut off or
    /// damaged in a part f is found with about that probability, the more often it is asked.
    ///
    /// @param pack where it is, with its table of contents
    /// @param shares of it; together with one more than k different coded shares this costs 64 KiB for each
    /// @param at a random number, decides where
    /// @return who proved its share and who did not
    /// @throws InterruptedException if the thread is interrupted
    public Sample sample(PackRecord pack, Collection<StoredShare> shares, long at) throws InterruptedException {
        return new ShareSampling(mesh, tools, pack).sample(shares, at);
    }

    /// Lists every node once and compares names and sizes with what should be there.
    ///
    /// @param packs that should be there
    /// @return one entry for each share that is missing, has a wrong length, or whose node could not be asked
    /// @throws InterruptedException if the thread is interrupted
    public List<NodeEvidence> checkPresence(Collection<PackRecord> packs) throws InterruptedException {
        return new ShareAudit(mesh, tools).presence(packs);
    }

    /// Makes the record of a pack that is kept as copies from the pack itself, for when the index objects are lost.
    ///
    /// @param accountScope scope of the tables of contents
    /// @param name of an object in [Space#DATA]
    /// @return its record, or empty if the object is not a whole pack of this account (a share, for example)
    /// @throws PackException.Unreadable if no node gave bytes that fit the name
    /// @throws InterruptedException if the thread is interrupted
    public Optional<PackRecord> recoverRecord(ScopeKey accountScope, ObjectName name)
            throws PackException.Unreadable, InterruptedException {
        return new RecordRecovery(mesh, tools).recover(accountScope, name);
    }
}
