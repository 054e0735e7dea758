package org.stratobox.sync.mesh;

import java.time.Duration;
import java.util.Optional;

/// Repeats calls that failed for a moment ([NodeException#isTransient()]); everything else passes. Because names are
/// hashes, repeating a call whose answer was lost does no harm, with one visible trace: an object or a deletion that the
/// lost call had done is reported as present or absent.
public final class RetryingNode extends ForwardingNode {
    private final RetryPolicy policy;
    private final Jitter jitter;
    private final Sleeper sleeper;

    /// @param inner the node behind
    /// @param policy how stubborn to be
    /// @param jitter randomness of the waits
    /// @param sleeper waits; an interruption ends the call with [NodeException.Unreachable] and stays set
    public RetryingNode(MeshNode inner, RetryPolicy policy, Jitter jitter, Sleeper sleeper) {
        super(inner);
        this.policy = policy;
        this.jitter = jitter;
        this.sleeper = sleeper;
    }

    /// Passed on as it is: who waits for news comes again anyway, and in its own rhythm.
    @Override
    public Optional<ChangeFeed> changeFeed() {
        return inner().changeFeed();
    }

    @Override
    protected <T> T through(Operation<T> operation) throws NodeException {
        for (int failures = 1;; failures++) {
            try {
                return operation.run();
            } catch (NodeException e) {
                Duration wait = waitBefore(e, failures);
                if (!e.isTransient() || failures >= policy.tries() || wait.compareTo(policy.cap()) > 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                sleep(wait, e);
            }
        }
    }

    /// A node that says when to come back is not disturbed before, and not by everybody at once.
    private Duration waitBefore(NodeException e, int failures) {
        Duration own = policy.delay(failures, jitter);
        Optional<Duration> asked = e instanceof NodeException.Throttled t ? t.retryAfter() : Optional.empty();
        return asked.map(own::plus).filter(sum -> sum.compareTo(policy.cap()) <= 0).or(() -> asked).orElse(own);
    }

    private void sleep(Duration wait, NodeException failure) throws NodeException {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new NodeException.Unreachable("interrupted before another try", failure);
            interrupted.addSuppressed(e);
            throw interrupted;
        }
    }
}
