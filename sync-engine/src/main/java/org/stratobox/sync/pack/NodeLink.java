package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.task.Ticker;

/// One node as the store talks to it: no more requests at a time than it can bear, its standing kept up to date, and
/// interruption told apart from a node that fails. No lock is held during a request.
final class NodeLink {
    private static final int SAMPLE = 4096;

    private final MeshNode node;
    private final Semaphore slots;
    private final Ticker ticker;
    private final NodeStanding standing;

    NodeLink(MeshNode node, Ticker ticker, StorePolicy policy) {
        this.node = node;
        this.slots = new Semaphore(policy.requestsPerNode(), true);
        this.ticker = ticker;
        this.standing = new NodeStanding(ticker, policy);
    }

    /// A request.
    ///
    /// @param <T> its answer
    @FunctionalInterface
    interface Request<T> {
        T to(MeshNode node) throws NodeException;
    }

    NodeSpec spec() {
        return node.spec();
    }

    NodeId id() {
        return node.spec().id();
    }

    NodeStanding standing() {
        return standing;
    }

    <T> T ask(Request<T> request) throws NodeException, InterruptedException {
        slots.acquire();
        try {
            T answer = request.to(node);
            standing.succeeded();
            return answer;
        } catch (NodeException e) {
            if (Thread.interrupted()) {
                // we gave up, not the node
                throw new InterruptedException();
            }
            standing.failed(e);
            throw e;
        } finally {
            slots.release();
        }
    }

    byte[] range(ObjectName name, int offset, int length) throws NodeException, InterruptedException {
        byte[] bytes = timed(n -> n.getRange(Space.DATA, name, offset, length));
        if (bytes.length != length) {
            throw new NodeException.Corrupt("asked for " + length + " bytes, got " + bytes.length);
        }
        return bytes;
    }

    /// @return a whole object whose bytes fit its name
    /// @throws NodeException.Corrupt if they do not
    byte[] whole(Space space, ObjectName name) throws NodeException, InterruptedException {
        byte[] bytes = timed(n -> n.get(space, name));
        if (!ObjectName.of(bytes).equals(name)) {
            throw new NodeException.Corrupt("the bytes do not fit the name");
        }
        return bytes;
    }

    /// Puts and, if the node says that it has the object, looks whether that can be true: its length and a sample.
    ///
    /// @throws NodeException.Corrupt if the node holds something else under the name
    void put(Space space, ObjectName name, ByteBuffer body) throws NodeException, InterruptedException {
        if (ask(n -> n.put(space, name, body.duplicate())) == MeshNode.PutResult.STORED) {
            return;
        }
        long size = ask(n -> n.size(space, name)).orElse(-1L);
        int sample = Math.min(SAMPLE, body.remaining());
        // where is decided by the name: not the same place in every object, and the same in every run
        int at = Math.floorMod(name.digest().hashCode(), body.remaining() - sample + 1);
        if (size != body.remaining()
                || !ByteBuffer.wrap(ask(n -> n.getRange(space, name, at, sample))).equals(
                        body.slice(body.position() + at, sample))) {
            throw new NodeException.Corrupt("the node says it has the object, but holds something else");
        }
    }

    private <T> T timed(Request<T> request) throws NodeException, InterruptedException {
        return ask(n -> {
            long start = ticker.nanos();
            T answer = request.to(n);
            standing.readTook(ticker.nanos() - start);
            return answer;
        });
    }
}
