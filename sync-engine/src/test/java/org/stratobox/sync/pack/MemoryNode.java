package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeAddress;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;

/// A node in memory that keeps the contract of the port, and breaks it where a test says so. A fault that was scripted and
/// never happened fails the test: [#unusedFaults()].
final class MemoryNode implements MeshNode {
    /// Kinds of requests.
    enum Op {
        PUT, GET, RANGE, SIZE, LIST, DELETE
    }

    private final NodeSpec spec;
    private final Map<Space, Map<ObjectName, byte[]>> objects = new ConcurrentHashMap<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Op> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    MemoryNode(int number, String domain) {
        byte[] id = new byte[16];
        id[15] = (byte) number;
        spec = new NodeSpec(NodeId.of(id), NodeAddress.parse("memory:" + number), domain);
        for (Space space : Space.values()) {
            objects.put(space, new ConcurrentHashMap<>());
        }
    }

    /// What happens instead of, or before, what should.
    private static final class Fault {
        private final List<Op> ops;
        private final String what;
        private final AtomicInteger left;
        private final Supplier<Optional<NodeException>> action;
        private final UnaryOperator<byte[]> change;
        private final AtomicInteger hits = new AtomicInteger();

        Fault(List<Op> ops, String what, int times, Supplier<Optional<NodeException>> action,
                UnaryOperator<byte[]> change) {
            this.ops = ops;
            this.what = what;
            this.left = new AtomicInteger(times);
            this.action = action;
            this.change = change;
        }

        boolean takes(Op op) {
            return ops.contains(op) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    /// Every request of those kinds fails.
    MemoryNode fail(Supplier<NodeException> cause, Op... ops) {
        return failTimes(Integer.MAX_VALUE, cause, ops);
    }

    MemoryNode failTimes(int times, Supplier<NodeException> cause, Op... ops) {
        faults.add(new Fault(List.of(ops), "failure", times, () -> Optional.of(cause.get()), b -> b));
        return this;
    }

    MemoryNode dead() {
        return fail(() -> new NodeException.Unreachable("dead"), Op.values());
    }

    /// Requests of those kinds wait for the latch; like a real node they give up when interrupted.
    MemoryNode block(CountDownLatch started, CountDownLatch until, Op... ops) {
        faults.add(new Fault(List.of(ops), "block", Integer.MAX_VALUE, () -> {
            started.countDown();
            try {
                until.await();
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(new NodeException.Unreachable("interrupted", e));
            }
        }, b -> b));
        return this;
    }

    /// Each request of those kinds waits for a second one: an even number of them overlaps by twos at least.
    MemoryNode pairUp(Op... ops) {
        CyclicBarrier pair = new CyclicBarrier(2);
        faults.add(new Fault(List.of(ops), "pairing", Integer.MAX_VALUE, () -> {
            try {
                pair.await();
                return Optional.empty();
            } catch (InterruptedException | BrokenBarrierException e) {
                Thread.currentThread().interrupt();
                return Optional.of(new NodeException.Unreachable("interrupted", e));
            }
        }, b -> b));
        return this;
    }

    /// Answers are changed, what is stored is not.
    MemoryNode lie(UnaryOperator<byte[]> change, Op... ops) {
        faults.add(new Fault(List.of(ops), "lie", Integer.MAX_VALUE, Optional::empty, change));
        return this;
    }

    /// Changes what is stored, under the old names.
    int tamper(Space space, UnaryOperator<byte[]> change) {
        at(space).replaceAll((_, bytes) -> change.apply(bytes));
        return at(space).size();
    }

    void forget(Space space) {
        at(space).clear();
    }

    MemoryNode heal() {
        faults.clear();
        return this;
    }

    List<String> unusedFaults() {
        return faults.stream().filter(f -> f.hits.get() == 0).map(f -> f.what + " of " + f.ops + " at " + spec)
                .toList();
    }

    long count(Op op) {
        return requests.stream().filter(op::equals).count();
    }

    void forgetRequests() {
        requests.clear();
    }

    int mostRunning() {
        return mostRunning.get();
    }

    Map<ObjectName, byte[]> at(Space space) {
        return Objects.requireNonNull(objects.get(space));
    }

    NodeId id() {
        return spec.id();
    }

    @Override
    public NodeSpec spec() {
        return spec;
    }

    @Override
    public void prepare() {
        // always ready
    }

    @Override
    public boolean isPrepared() {
        return true;
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        if (!ObjectName.of(body).equals(name)) {
            throw new IllegalArgumentException("wrong name");
        }
        return during(Op.PUT, _ -> {
            byte[] bytes = new byte[body.remaining()];
            body.duplicate().get(bytes);
            byte[] there = at(space).putIfAbsent(name, bytes);
            if (there != null && there.length != bytes.length) {
                throw new NodeException.Corrupt("another length is under this name");
            }
            return there == null ? PutResult.STORED : PutResult.PRESENT;
        });
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return during(Op.GET, change -> change.apply(find(space, name)));
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        return during(Op.RANGE, change -> {
            byte[] all = find(space, name);
            if (offset + length > all.length) {
                throw new NodeException.Corrupt("shorter than asked for");
            }
            return change.apply(Arrays.copyOfRange(all, (int) offset, (int) offset + length));
        });
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        return during(Op.SIZE, _ -> Optional.ofNullable(at(space).get(name)).map(b -> (long) b.length));
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        return during(Op.LIST, _ -> {
            List<StoredObject> out = new ArrayList<>();
            at(space).forEach((name, bytes) -> out.add(new StoredObject(name, bytes.length)));
            return out;
        });
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        return during(Op.DELETE, _ -> at(space).remove(name) != null);
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing is open
    }

    private byte[] find(Space space, ObjectName name) throws NodeException {
        byte[] bytes = at(space).get(name);
        if (bytes == null) {
            throw new NodeException.NotFound("no such object");
        }
        return bytes.clone();
    }

    private interface Work<T> {
        T run(UnaryOperator<byte[]> change) throws NodeException;
    }

    private <T> T during(Op op, Work<T> work) throws NodeException {
        requests.add(op);
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            UnaryOperator<byte[]> change = b -> b;
            for (Fault fault : faults) {
                if (fault.takes(op)) {
                    fault.hits.incrementAndGet();
                    Optional<NodeException> failure = fault.action.get();
                    if (failure.isPresent()) {
                        throw failure.get();
                    }
                    change = fault.change;
                }
            }
            return work.run(change);
        } finally {
            running.decrementAndGet();
        }
    }
}
