package org.stratobox.sync.mesh;

import java.util.Optional;

/// Spares everybody the waiting for a node that does not answer: while its [NodeHealth] is open, calls fail at once with
/// [NodeException.Unreachable]. Any answer, also a refusal, shows that the node is there.
public final class BreakerNode extends ForwardingNode {
    private final NodeHealth health;

    /// @param inner the node behind
    /// @param health of that node; may be shown to others
    public BreakerNode(MeshNode inner, NodeHealth health) {
        super(inner);
        this.health = health;
    }

    /// Waiting for news is no way to find out whether a node is back: it would keep everybody else out meanwhile.
    @Override
    public Optional<ChangeFeed> changeFeed() {
        return super.changeFeed().map(feed -> (space, after, timeout) -> {
            if (health.state() != NodeHealth.State.CLOSED) {
                throw new NodeException.Unreachable("the node did not answer lately; it is left alone for a while");
            }
            return feed.awaitChange(space, after, timeout);
        });
    }

    @Override
    protected <T> T through(Operation<T> operation) throws NodeException {
        if (!health.admit()) {
            throw new NodeException.Unreachable("the node did not answer lately; it is left alone for a while");
        }
        boolean settled = false;
        try {
            T answer = operation.run();
            health.answered();
            settled = true;
            return answer;
        } catch (NodeException e) {
            settled = !Thread.currentThread().isInterrupted();
            judge(e, settled);
            throw e;
        } finally {
            if (!settled) {
                health.abandoned();
            }
        }
    }

    private void judge(NodeException e, boolean ownFault) {
        if (e.isTransient() && ownFault) {
            health.failed();
        } else if (ownFault) {
            health.answered();
        }
    }
}
