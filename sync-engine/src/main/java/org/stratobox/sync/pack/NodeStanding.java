package org.stratobox.sync.pack;

import java.time.Duration;

import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.task.Ticker;

/// What we remember of a node while we run: enough not to ask a dead one again and again, and to ask a fast one first.
/// Nothing here is proof of anything. Thread-safe.
final class NodeStanding {
    private final Ticker ticker;
    private final StorePolicy policy;
    /// All guarded by `this`. The moments are ticks; they are meaningful only while the flag beside them is set.
    private int failuresInRow;
    private boolean avoided;
    private long avoidedUntil;
    private boolean distrusted;
    private long distrustedUntil;
    private boolean full;
    private long fullUntil;
    private long typicalNanos;

    NodeStanding(Ticker ticker, StorePolicy policy) {
        this.ticker = ticker;
        this.policy = policy;
    }

    /// @return whether reads go elsewhere first
    synchronized boolean isAvoided() {
        long now = ticker.nanos();
        avoided = avoided && avoidedUntil - now > 0;
        distrusted = distrusted && distrustedUntil - now > 0;
        return avoided || distrusted;
    }

    /// @return whether puts go elsewhere first
    synchronized boolean isAvoidedForPuts() {
        full = full && fullUntil - ticker.nanos() > 0;
        return full || isAvoided();
    }

    /// @return how long a read takes lately, 0 if there was none
    synchronized long typicalNanos() {
        return typicalNanos;
    }

    synchronized void succeeded() {
        failuresInRow = 0;
        avoided = false;
    }

    synchronized void readTook(long nanos) {
        typicalNanos = typicalNanos == 0 ? Math.max(1, nanos) : typicalNanos - typicalNanos / 4 + nanos / 4;
    }

    synchronized void failed(NodeException cause) {
        switch (cause) {
            case NodeException.NotFound _ -> succeeded();
            case NodeException.Full _ -> {
                full = true;
                fullUntil = ticker.nanos() + policy.avoidMost().toNanos();
            }
            case NodeException.Throttled throttled -> avoidFor(throttled.retryAfter().orElse(nextPause()));
            default -> avoidFor(nextPause());
        }
    }

    /// It gave wrong bytes: being reachable does not make that good.
    synchronized void gaveWrongBytes() {
        distrusted = true;
        distrustedUntil = ticker.nanos() + policy.avoidMost().toNanos();
    }

    private Duration nextPause() {
        Duration pause = policy.avoidFirst().multipliedBy(1L << Math.min(failuresInRow++, 20));
        return pause.compareTo(policy.avoidMost()) > 0 ? policy.avoidMost() : pause;
    }

    private void avoidFor(Duration pause) {
        avoided = true;
        avoidedUntil = ticker.nanos() + pause.toNanos();
    }
}
