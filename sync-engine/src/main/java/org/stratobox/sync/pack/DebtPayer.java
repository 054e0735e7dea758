package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.task.Tasks;

/// Brings shares and copies to the nodes that owe them.
final class DebtPayer {
    private final Mesh mesh;
    private final MeshStore.Tools tools;

    DebtPayer(Mesh mesh, MeshStore.Tools tools) {
        this.mesh = mesh;
        this.tools = tools;
    }

    DebtOutcome<Debt.OfShare> payShares(PackRecord record, Collection<Debt.OfShare> debts)
            throws PackException.Malformed, InterruptedException {
        PackView pack = new PackView(mesh, record);
        if (!debts.stream().allMatch(d -> d.packId().equals(record.packId()))) {
            throw new IllegalArgumentException("debts of another pack");
        }
        Payment<Debt.OfShare> payment = new Payment<>(debts, Space.DATA,
                d -> pack.name(d.share()).orElseThrow(() -> new IllegalArgumentException("a share without a name")));
        List<Debt.OfShare> toPut = payment.notThere();
        if (toPut.isEmpty()) {
            return payment.outcome();
        }
        Set<Place> owed = toPut.stream().map(d -> new Place(d.share(), d.node())).collect(Collectors.toSet());
        Set<Integer> nowhere = IntStream.range(0, record.n()).boxed()
                .filter(i -> record.shares().stream().filter(s -> s.index() == i)
                        .allMatch(s -> owed.contains(new Place(i, s.node()))))
                .collect(Collectors.toSet());
        VerifiedRead source = new VerifiedRead(new ShareReader(tools, pack), tools.tasks().io(), nowhere);
        try {
            Map<Integer, byte[]> shares = source.shares(toPut.stream().map(Debt.OfShare::share).distinct().toList());
            payment.put(toPut, d -> Objects.requireNonNull(shares.get(d.share())));
        } catch (PackException.Unreadable e) {
            payment.fail(e.failures());
        }
        return payment.outcome();
    }

    DebtOutcome<Debt.OfCopy> payCopies(Collection<Debt.OfCopy> debts, Replicas replicas) throws InterruptedException {
        List<Debt.OfCopy> paid = new ArrayList<>();
        List<Debt.OfCopy> open = new ArrayList<>();
        List<NodeFailure> failures = new ArrayList<>();
        Map<Copied, List<Debt.OfCopy>> byObject = debts.stream().collect(Collectors.groupingBy(
                d -> new Copied(d.space(), d.name()), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<Copied, List<Debt.OfCopy>> object : byObject.entrySet()) {
            DebtOutcome<Debt.OfCopy> outcome = payObject(object.getKey(), object.getValue(), replicas);
            paid.addAll(outcome.paid());
            open.addAll(outcome.open());
            failures.addAll(outcome.failures());
        }
        return new DebtOutcome<>(paid, open, failures);
    }

    private record Place(int share, NodeId node) {}

    private record Copied(Space space, ObjectName name) {}

    private DebtOutcome<Debt.OfCopy> payObject(Copied object, List<Debt.OfCopy> debts, Replicas replicas)
            throws InterruptedException {
        Payment<Debt.OfCopy> payment = new Payment<>(debts, object.space(), _ -> object.name());
        List<Debt.OfCopy> toPut = payment.notThere();
        if (!toPut.isEmpty()) {
            try {
                byte[] body = replicas.read(object.space(), object.name());
                payment.put(toPut, _ -> body);
            } catch (PackException.Unreadable e) {
                payment.fail(e.failures());
            }
        }
        return payment.outcome();
    }

    /// One round: which debts are paid already, putting the others.
    private final class Payment<D extends Debt> {
        private final Space space;
        private final Function<D, ObjectName> name;
        private final List<D> debts;
        private final List<D> paid = new ArrayList<>();
        private final List<NodeFailure> failures = new ArrayList<>();
        /// Nodes that hold something else under the name.
        private final Map<D, Boolean> wrongThere = new HashMap<>();

        Payment(Collection<D> debts, Space space, Function<D, ObjectName> name) {
            this.debts = List.copyOf(debts);
            this.space = space;
            this.name = name;
        }

        /// @return debts whose nodes answer and do not hold the right bytes; the others are settled
        List<D> notThere() throws InterruptedException {
            return settle(debts, this::isThere);
        }

        void put(List<D> toPut, Function<D, byte[]> body) throws InterruptedException {
            for (D debt : settle(toPut, d -> putOne(d, body.apply(d)))) {
                failures.add(new NodeFailure(debt.node(),
                        new NodeException.Corrupt("the node does not hold what was put")));
            }
        }

        void fail(List<NodeFailure> causes) {
            failures.addAll(causes);
        }

        DebtOutcome<D> outcome() {
            List<D> open = debts.stream().filter(d -> !paid.contains(d)).toList();
            return new DebtOutcome<>(List.copyOf(paid), open, List.copyOf(failures));
        }

        /// @return those that are neither paid nor failed
        private List<D> settle(List<D> some, Step<D> step) throws InterruptedException {
            List<Tasks.Job<Optional<NodeException>, RuntimeException>> jobs = new ArrayList<>();
            List<D> rest = new ArrayList<>();
            some.forEach(d -> jobs.add(() -> attempt(d, step)));
            List<Optional<NodeException>> answers = Tasks.all(tools.tasks().io(), jobs);
            for (int i = 0; i < some.size(); i++) {
                D debt = some.get(i);
                NodeException failure = answers.get(i).orElse(null);
                switch (failure) {
                    case null -> paid.add(debt);
                    case NodeException.NotFound _ -> rest.add(debt);
                    case NodeException.Corrupt _ -> {
                        wrongThere.put(debt, true);
                        rest.add(debt);
                    }
                    default -> failures.add(new NodeFailure(debt.node(), failure));
                }
            }
            return rest;
        }

        private Optional<NodeException> attempt(D debt, Step<D> step) throws InterruptedException {
            try {
                step.run(debt);
                return Optional.empty();
            } catch (NodeException e) {
                return Optional.of(e);
            }
        }

        private void isThere(D debt) throws NodeException, InterruptedException {
            node(debt).whole(space, name.apply(debt));
        }

        private void putOne(D debt, byte[] body) throws NodeException, InterruptedException {
            NodeLink node = node(debt);
            ObjectName object = name.apply(debt);
            if (wrongThere.containsKey(debt)) {
                node.ask(n -> n.delete(space, object));
            }
            if (node.ask(n -> n.put(space, object, ByteBuffer.wrap(body))) == MeshNode.PutResult.PRESENT) {
                node.whole(space, object);
            }
        }

        private NodeLink node(D debt) throws NodeException {
            return mesh.find(debt.node())
                    .orElseThrow(() -> new NodeException.Unreachable("the node is not in this mesh"));
        }
    }

    private interface Step<D> {
        void run(D debt) throws NodeException, InterruptedException;
    }
}
