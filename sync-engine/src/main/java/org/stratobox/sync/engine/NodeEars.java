package org.stratobox.sync.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.task.Cancellation;
import org.stratobox.sync.task.Tasks;

/// Listens to one node for new heads, where the node can tell. In an own thread until it is closed.
final class NodeEars implements AutoCloseable {
    /// How long a node that cannot tell is left alone.
    private static final Duration DEAF = Duration.ofSeconds(60);

    private final MeshNode node;
    private final Runnable news;
    private final Cancellation listening = new Cancellation();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean hears;

    /// @param news called when the node has other heads than before
    NodeEars(MeshNode node, Tasks tasks, Runnable news) {
        this.node = node;
        this.news = news;
        tasks.io().execute(this::listen);
    }

    /// @return whether the node tells by itself now
    boolean hears() {
        return hears;
    }

    private void listen() {
        try {
            while (closed.getCount() > 0) {
                listening.<Boolean, NodeException>call(() -> {
                    follow();
                    return true;
                });
                hears = false;
                closed.await(DEAF.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (NodeException e) {
            throw new IllegalStateException("a failure of the node ends one attempt only", e);
        } catch (InterruptedException | CancellationException e) {
            // closed
        }
    }

    /// Until the node cannot tell any more.
    private void follow() {
        Cursor cursor = Cursor.START;
        Optional<ChangeFeed> feed = node.changeFeed();
        try {
            while (feed.isPresent() && closed.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                Optional<Cursor> next = feed.get().awaitChange(Space.HEAD, cursor, ChangeFeed.LONGEST);
                if (next.isEmpty()) {
                    return;
                }
                hears = true;
                if (!next.get().equals(cursor)) {
                    cursor = next.get();
                    news.run();
                }
            }
        } catch (NodeException e) {
            // asked again after a while; meanwhile its heads are listed like those of any node
        }
    }

    @Override
    public void close() {
        closed.countDown();
        listening.cancel();
    }
}
