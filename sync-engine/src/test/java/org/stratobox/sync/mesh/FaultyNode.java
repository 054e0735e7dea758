package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.fail;

/// A node in memory that does as it is told: each call takes the next fault of its operation from the script, or works.
/// A test that ends with [#assertAllFaultsHit()] cannot pass without having reached every one of them.
public final class FaultyNode implements MeshNode {
    private final Map<Space, Map<ObjectName, byte[]>> objects = new EnumMap<>(Space.class);
    private final Map<Operation, Deque<Fault>> script = new EnumMap<>(Operation.class);
    private boolean prepared;
    private boolean closed;
    private int calls;

    /// An empty node without faults.
    public FaultyNode() {
        Arrays.stream(Space.values()).forEach(space -> objects.put(space, new HashMap<>()));
        Arrays.stream(Operation.values()).forEach(operation -> script.put(operation, new ArrayDeque<>()));
    }

    /// What can be made to fail.
    public enum Operation {
        PREPARE, IS_PREPARED, PUT, GET, GET_RANGE, SIZE, LIST, DELETE, USAGE
    }

    /// How a call goes wrong.
    public sealed interface Fault {
        /// It works; to place other faults later in the script.
        record None() implements Fault {}

        /// It fails before anything happens.
        record Before(NodeException failure) implements Fault {}

        /// It happens, and the answer is lost.
        record After(NodeException failure) implements Fault {}

        /// One byte of the answer is wrong.
        record FlippedByte(int at) implements Fault {}

        /// The answer is too short.
        record Truncated(int to) implements Fault {}

        /// The list does not know the newest objects.
        record StaleList() implements Fault {}
    }

    /// @return a fault that looks like a lost connection, before any effect
    public static Fault dropBefore() {
        return new Fault.Before(new NodeException.Unreachable("scripted: dropped before"));
    }

    /// @return a fault that looks like a lost connection, after the effect
    public static Fault dropAfter() {
        return new Fault.After(new NodeException.Unreachable("scripted: dropped after"));
    }

    /// @return a fault of a full disk
    public static Fault full() {
        return new Fault.Before(new NodeException.Full("scripted: full"));
    }

    /// @param operation whose next calls go wrong
    /// @param faults in order
    /// @return this
    public synchronized FaultyNode then(Operation operation, Fault... faults) {
        script.getOrDefault(operation, new ArrayDeque<>()).addAll(List.of(faults));
        return this;
    }

    /// @return number of calls so far
    public synchronized int calls() {
        return calls;
    }

    /// Fails the test if a fault was never reached.
    public synchronized void assertAllFaultsHit() {
        script.forEach((operation, left) -> {
            if (!left.isEmpty()) {
                fail("faults that were never reached: " + operation + " " + left);
            }
        });
    }

    private interface Effect<T> {
        T run(Fault fault) throws NodeException;
    }

    private synchronized <T> T call(Operation operation, Effect<T> effect) throws NodeException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new NodeException.Unreachable("interrupted");
        }
        calls++;
        Deque<Fault> faults = script.getOrDefault(operation, new ArrayDeque<>());
        Fault fault = Optional.ofNullable(faults.poll()).orElse(new Fault.None());
        if (fault instanceof Fault.Before before) {
            throw before.failure();
        }
        if (operation != Operation.PREPARE && operation != Operation.IS_PREPARED && !prepared) {
            throw new NodeException.Unreachable("not prepared");
        }
        T answer = effect.run(fault);
        if (fault instanceof Fault.After after) {
            throw after.failure();
        }
        return answer;
    }

    private Map<ObjectName, byte[]> in(Space space) {
        return objects.getOrDefault(space, Map.of());
    }

    private byte[] find(Space space, ObjectName name) throws NodeException {
        byte[] found = in(space).get(name);
        if (found == null) {
            throw new NodeException.NotFound("absent");
        }
        return found;
    }

    private static byte[] damaged(byte[] body, Fault fault) {
        byte[] copy = body.clone();
        if (fault instanceof Fault.FlippedByte flipped) {
            copy[flipped.at()] ^= 1;
        }
        return fault instanceof Fault.Truncated truncated ? Arrays.copyOf(copy, truncated.to()) : copy;
    }

    @Override
    public NodeSpec spec() {
        return TestNodes.spec();
    }

    @Override
    public void prepare() throws NodeException {
        call(Operation.PREPARE, fault -> prepared = true);
    }

    @Override
    public boolean isPrepared() throws NodeException {
        return call(Operation.IS_PREPARED, fault -> prepared);
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        MeshNode.requireNamed(name, body);
        byte[] copy = new byte[body.remaining()];
        body.duplicate().get(copy);
        return call(Operation.PUT,
                fault -> in(space).putIfAbsent(name, copy) == null ? PutResult.STORED : PutResult.PRESENT);
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return call(Operation.GET, fault -> damaged(find(space, name), fault));
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        MeshNode.requireRange(offset, length);
        return call(Operation.GET_RANGE, fault -> {
            byte[] body = find(space, name);
            if (offset + length > body.length) {
                throw new NodeException.Corrupt("shorter");
            }
            return damaged(Arrays.copyOfRange(body, (int) offset, (int) offset + length), fault);
        });
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        return call(Operation.SIZE, fault -> Optional.ofNullable(in(space).get(name)).map(b -> (long) b.length));
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        return call(Operation.LIST, fault -> fault instanceof Fault.StaleList
                ? List.of()
                : in(space).entrySet().stream().map(e -> new StoredObject(e.getKey(), e.getValue().length)).toList());
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        return call(Operation.DELETE, fault -> in(space).remove(name) != null);
    }

    @Override
    public Optional<Usage> usage() throws NodeException {
        return call(Operation.USAGE, fault -> Optional.of(new Usage(0, 1)));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
