package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.stratobox.crypto.Cid;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.MerkleTree;
import org.stratobox.sync.pack.coding.ReedSolomon;
import org.stratobox.sync.pack.coding.Region;
import org.stratobox.sync.task.Tasks;

/// Asks for a random piece of every share of a pack (`mesh.md` 4.7). The index keeps the root of each share's Merkle tree
/// and not its leaves, so a piece is judged by what the index does know:
///
/// - of a copy, a whole envelope is read, whose SHA-256 is its content id;
/// - of coded shares, the same 64 KiB are read of all of them, which fit one another only if they are right: that takes one
///   share more than the k that are enough to read the pack.
///
/// Where a piece is wrong or cannot be judged that way, the whole share is read and checked against its name, so that
/// nobody is accused because of another.
final class ShareSampling {
    private final Mesh mesh;
    private final MeshStore.Tools tools;
    private final PackRecord record;
    private final PackView pack;

    ShareSampling(Mesh mesh, MeshStore.Tools tools, PackRecord record) {
        this.mesh = mesh;
        this.tools = tools;
        this.record = record;
        this.pack = new PackView(mesh, record);
    }

    private record Part(int offset, int length) {}

    /// What became of one share.
    ///
    /// @param share which one
    /// @param piece what its node gave, unchecked, if it gave something
    /// @param wrong what is wrong with it
    private record Answer(StoredShare share, Optional<byte[]> piece, Optional<NodeEvidence.Kind> wrong) {
        static Answer fine(StoredShare share) {
            return new Answer(share, Optional.empty(), Optional.empty());
        }

        static Answer wrong(StoredShare share, NodeEvidence.Kind kind) {
            return new Answer(share, Optional.empty(), Optional.of(kind));
        }
    }

    Sample sample(Collection<StoredShare> shares, long at) throws InterruptedException {
        List<Answer> answers = pack.profile().isCopies() ? copies(shares, at) : coded(shares, at);
        List<StoredShare> proven = new ArrayList<>();
        List<NodeEvidence> wrong = new ArrayList<>();
        for (Answer answer : answers) {
            StoredShare share = answer.share();
            answer.wrong().ifPresentOrElse(
                    kind -> wrong.add(new NodeEvidence(share.node(), record.packId(), share.index(), kind)),
                    () -> proven.add(share));
        }
        wrong.forEach(tools.evidence()::report);
        return new Sample(proven, wrong);
    }

    private List<Answer> copies(Collection<StoredShare> shares, long at) throws InterruptedException {
        Optional<PackItem> item = itemAt(Math.floorMod(at, (long) record.length()));
        if (item.isEmpty()) {
            // all it holds is in other packs too: nothing in the index tells what a piece of it must be
            return each(shares, this::whole);
        }
        Part part = new Part(item.get().offset(), item.get().length());
        return each(shares, share -> {
            Answer answer = piece(share, part);
            boolean isRight = answer.piece().filter(b -> Cid.ofEnvelope(b).equals(item.get().cid())).isPresent();
            return isRight ? Answer.fine(share) : judged(answer);
        });
    }

    private Optional<PackItem> itemAt(long offset) {
        Comparator<PackItem> byOffset = Comparator.comparingInt(PackItem::offset);
        return record.items().stream().filter(i -> i.offset() <= offset).max(byOffset)
                .or(() -> record.items().stream().min(byOffset));
    }

    private List<Answer> coded(Collection<StoredShare> shares, long at) throws InterruptedException {
        int length = pack.layout().shareLength();
        int leaf = (int) Math.floorMod(at, (long) Math.ceilDiv(length, MerkleTree.LEAF));
        Part part = new Part(leaf * MerkleTree.LEAF, Math.min(MerkleTree.LEAF, length - leaf * MerkleTree.LEAF));
        List<Answer> answers = each(shares, share -> piece(share, part));
        if (fit(answers, part.length())) {
            return answers.stream().map(a -> a.piece().isPresent() ? Answer.fine(a.share()) : a).toList();
        }
        Map<StoredShare, Answer> byShare = new HashMap<>();
        answers.forEach(a -> byShare.put(a.share(), a));
        return each(shares, share -> judged(byShare.getOrDefault(share, Answer.fine(share))));
    }

    /// Whether there are enough pieces to tell, and all of them are of one pack.
    private boolean fit(List<Answer> answers, int length) {
        NavigableMap<Integer, Region> given = new TreeMap<>();
        answers.forEach(a -> a.piece().ifPresent(b -> given.put(a.share().index(), Region.of(b))));
        int k = pack.profile().k();
        if (given.size() <= k) {
            return false;
        }
        NavigableMap<Integer, Region> made = new TreeMap<>();
        given.keySet().stream().skip(k).forEach(i -> made.put(i, Region.of(new byte[length])));
        new ReedSolomon(pack.profile()).make(given, made, length);
        given.forEach(made::putIfAbsent);
        return answers.stream().allMatch(a -> a.piece()
                .map(b -> Arrays.equals(b, Objects.requireNonNull(made.get(a.share().index())).array())).orElse(true));
    }

    /// A piece that is wrong, or that proves nothing, is no reason to accuse anybody: the whole share is.
    private Answer judged(Answer answer) throws InterruptedException {
        return answer.wrong().filter(kind -> kind != NodeEvidence.Kind.WRONG_BYTES).isPresent()
                ? answer
                : whole(answer.share());
    }

    private Answer whole(StoredShare share) throws InterruptedException {
        return ask(share, node -> {
            node.whole(Space.DATA, share.name());
            return Answer.fine(share);
        });
    }

    /// @return a piece of a share whose length is right
    private Answer piece(StoredShare share, Part part) throws InterruptedException {
        return ask(share, node -> {
            long size = node.ask(n -> n.size(Space.DATA, share.name()))
                    .orElseThrow(() -> new NodeException.NotFound("a share that should be there"));
            if (size != pack.layout().shareLength()) {
                throw new NodeException.Corrupt("a share of another length");
            }
            return new Answer(share, Optional.of(node.range(share.name(), part.offset(), part.length())),
                    Optional.empty());
        });
    }

    private interface Question {
        Answer to(NodeLink node) throws NodeException, InterruptedException;
    }

    private Answer ask(StoredShare share, Question question) throws InterruptedException {
        Optional<NodeLink> node = mesh.find(share.node());
        if (node.isEmpty()) {
            return Answer.wrong(share, NodeEvidence.Kind.UNREACHABLE);
        }
        try {
            return question.to(node.get());
        } catch (NodeException e) {
            if (e instanceof NodeException.Corrupt) {
                node.get().standing().gaveWrongBytes();
            }
            return Answer.wrong(share, ShareReader.kindOf(e));
        }
    }

    private interface Look {
        Answer at(StoredShare share) throws InterruptedException;
    }

    private List<Answer> each(Collection<StoredShare> shares, Look look) throws InterruptedException {
        List<Tasks.Job<Answer, RuntimeException>> jobs = new ArrayList<>();
        shares.forEach(share -> jobs.add(() -> look.at(share)));
        return Tasks.all(tools.tasks().io(), jobs);
    }
}
