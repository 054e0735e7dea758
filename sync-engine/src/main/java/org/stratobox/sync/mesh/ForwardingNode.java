package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.ObjectName;

/// A node in front of another one: every call that may fail passes through [#through(Operation)].
///
/// Decorators are put together in one place, the composition root, from the inside out: adapter, [VerifyingNode],
/// [RetryingNode], [BreakerNode].
public abstract class ForwardingNode implements MeshNode {
    private final MeshNode inner;

    /// @param inner the node behind
    protected ForwardingNode(MeshNode inner) {
        this.inner = inner;
    }

    /// @return the node behind
    MeshNode inner() {
        return inner;
    }

    /// A call to the node behind.
    ///
    /// @param <T> its answer
    @FunctionalInterface
    protected interface Operation<T> {
        /// @return the answer
        /// @throws NodeException of the node behind
        T run() throws NodeException;
    }

    /// Decides how, how often and whether a call is made.
    ///
    /// @param <T> its answer
    /// @param operation may be run any number of times
    /// @return the answer
    /// @throws NodeException of the node behind or of this one
    protected abstract <T> T through(Operation<T> operation) throws NodeException;

    @Override
    public NodeSpec spec() {
        return inner.spec();
    }

    @Override
    public void prepare() throws NodeException {
        through(() -> {
            inner.prepare();
            return true;
        });
    }

    @Override
    public boolean isPrepared() throws NodeException {
        return through(inner::isPrepared);
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        return through(() -> inner.put(space, name, body));
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        return through(() -> inner.get(space, name));
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        return through(() -> inner.getRange(space, name, offset, length));
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        return through(() -> inner.size(space, name));
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        return through(() -> inner.list(space));
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        return through(() -> inner.delete(space, name));
    }

    @Override
    public Optional<Usage> usage() throws NodeException {
        return through(inner::usage);
    }

    @Override
    public Optional<ChangeFeed> changeFeed() {
        return inner.changeFeed()
                .map(feed -> (space, after, timeout) -> through(() -> feed.awaitChange(space, after, timeout)));
    }

    @Override
    public void close() {
        inner.close();
    }
}
