package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.util.List;

import org.stratobox.sync.model.ObjectName;

/// Keeps to a [Bandwidth] that it shares with other nodes. Belongs directly around an adapter, below everything that
/// repeats calls. Waiting is interrupted like every call.
public final class ThrottledNode extends ForwardingNode {
    /// What an entry of a list takes on the wire, bytes.
    private static final int LISTED = 90;

    private final Bandwidth bandwidth;

    /// @param inner the adapter
    /// @param bandwidth of all nodes together
    public ThrottledNode(MeshNode inner, Bandwidth bandwidth) {
        super(inner);
        this.bandwidth = bandwidth;
    }

    @Override
    protected <T> T through(Operation<T> operation) throws NodeException {
        return operation.run();
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        awaitTurn(bandwidth.up(), space);
        Pace pace = new Pace(bandwidth, space);
        PutResult result = pace.during(() -> super.put(space, name, body));
        // an object that was there did not travel
        long travelled = result == PutResult.STORED ? body.remaining() : 0;
        bandwidth.up().charge(space, Math.max(0, travelled - pace.sent()));
        return result;
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        awaitTurn(bandwidth.down(), space);
        Pace pace = new Pace(bandwidth, space);
        byte[] body = pace.during(() -> super.get(space, name));
        bandwidth.down().charge(space, Math.max(0, body.length - pace.received()));
        return body;
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        awaitTurn(bandwidth.down(), space);
        Pace pace = new Pace(bandwidth, space);
        byte[] body = pace.during(() -> super.getRange(space, name, offset, length));
        bandwidth.down().charge(space, Math.max(0, body.length - pace.received()));
        return body;
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        List<StoredObject> found = super.list(space);
        bandwidth.down().charge(space, (long) LISTED * found.size());
        return found;
    }

    /// Who comes after a call that overdrew the account waits until it is balanced.
    private static void awaitTurn(Bandwidth.Lane lane, Space space) throws NodeException {
        try {
            lane.take(space, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException.Unreachable("interrupted while waiting for its turn", e);
        }
    }
}
