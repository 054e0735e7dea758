package org.stratobox.sync.simulation.mesh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.simulation.world.Scheduler.Program;
import org.stratobox.sync.simulation.world.World;

/// One device's way to one node.
public final class SimNode implements MeshNode {
    private static final long SECOND = 1_000_000_000L;
    private final World world;
    private final NodeStore store;
    private final Program program;
    private final Line line;

    /// The way to the nodes, as the run decides.
    public interface Line {
        /// Called before each request reaches the node; may end the program.
        ///
        /// @param what for the trace
        void before(String what);

        /// @param space a kind of object
        /// @return whether the node keeps what it confirms
        default boolean keeps(Space space) {
            return true;
        }

        /// @return how things are now
        Weather weather();
    }

    /// @param world whose chance decides
    /// @param store what the node holds
    /// @param program that asks
    /// @param line between them
    public SimNode(World world, NodeStore store, Program program, Line line) {
        this.world = world;
        this.store = store;
        this.program = program;
        this.line = line;
    }

    private interface Effect<T> {
        T run() throws NodeException;
    }

    private <T> T request(String what, Effect<T> effect) throws NodeException {
        line.before(what + " " + store.spec().address().location());
        Weather weather = line.weather();
        if (Thread.currentThread().isInterrupted()) {
            throw new NodeException.Unreachable("interrupted");
        }
        if (hits("delayed", weather.delayed())) {
            program.sleep(world.chance().between(1, 60) * SECOND);
            program.stopIfKilled();
        }
        disturb(weather);
        if (store.isDown(world.time().nanos())) {
            throw new NodeException.Unreachable("down");
        }
        if (hits("dropped", weather.dropped())) {
            throw new NodeException.Unreachable("dropped");
        }
        T answer = effect.run();
        if (hits("lost answer", weather.lostAnswer())) {
            throw new NodeException.Unreachable("the answer was lost");
        }
        return answer;
    }

    private void disturb(Weather weather) {
        if (hits("crash", weather.crash())) {
            store.crash(world.time().nanos() + world.chance().between(1, 600) * SECOND);
        }
        if (hits("roll back", weather.rollBack())) {
            store.rollBack();
        }
        if (hits("full", weather.full())) {
            store.fill(!store.isFull());
        }
        if (world.chance().happens(0.01)) {
            store.snapshot();
        }
    }

    private boolean hits(String what, double probability) {
        boolean happens = world.chance().happens(probability);
        if (happens) {
            world.tally().add("node " + what);
            world.trace().say(program.toString(), "  node " + store.spec().address().location() + ": " + what);
        }
        return happens;
    }

    @Override
    public NodeSpec spec() {
        return store.spec();
    }

    @Override
    public void prepare() throws NodeException {
        request("prepare", () -> true);
    }

    @Override
    public boolean isPrepared() throws NodeException {
        return request("isPrepared", () -> true);
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        MeshNode.requireNamed(name, body);
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return request("put " + space, () -> {
            Optional<byte[]> there = store.find(space, name);
            if (there.isPresent()) {
                if (there.get().length != bytes.length) {
                    throw new NodeException.Corrupt("another length is under this name");
                }
                return PutResult.PRESENT;
            }
            if (store.isFull()) {
                throw new NodeException.Full("full");
            }
            if (line.keeps(space)) {
                store.in(space).put(name, bytes);
            }
            return PutResult.STORED;
        });
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return request("get " + space, () -> spoiled(find(space, name).clone()));
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        MeshNode.requireRange(offset, length);
        return request("range " + space, () -> {
            byte[] all = find(space, name);
            if (offset + length > all.length) {
                throw new NodeException.Corrupt("shorter than asked for");
            }
            return spoiled(Arrays.copyOfRange(all, (int) offset, (int) offset + length));
        });
    }

    private byte[] find(Space space, ObjectName name) throws NodeException {
        Optional<byte[]> found = store.find(space, name);
        if (found.isEmpty() || hits("stale read", line.weather().staleRead())) {
            throw new NodeException.NotFound("absent");
        }
        return found.get();
    }

    private byte[] spoiled(byte[] answer) {
        if (answer.length > 0 && hits("corrupt", line.weather().corrupt())) {
            answer[world.chance().below(answer.length)] ^= 1;
        }
        return answer;
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        return request("size " + space, () -> store.find(space, name).map(bytes -> (long) bytes.length));
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        return request("list " + space, () -> {
            List<ObjectName> names = store.names(space);
            if (!names.isEmpty() && hits("stale list", line.weather().staleList())) {
                names = names.subList(0, world.chance().below(names.size()));
            }
            if (hits("partial list", line.weather().partialList())) {
                names.removeIf(name -> world.chance().happens(0.3));
            }
            List<StoredObject> out = new ArrayList<>();
            for (ObjectName name : names) {
                out.add(new StoredObject(name, store.find(space, name).orElseThrow().length));
            }
            return out;
        });
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        return request("delete " + space, () -> store.in(space).remove(name) != null);
    }

    @Override
    public Optional<Usage> usage() throws NodeException {
        return request("usage", () -> Optional.of(new Usage(0, 1L << 40)));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
