package org.stratobox.sync.mesh;

import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.task.ManualTicker;

/// Every decorator keeps the contract of what it decorates, and so does the double the tests use.
class DecoratorsTest {
    @Nested
    class Retrying extends Decorated {
        @Override
        MeshNode decorate(MeshNode inner) {
            return new RetryingNode(inner, RetryPolicy.DEFAULT, () -> 0.5, time -> {});
        }
    }

    @Nested
    class Verifying extends Decorated {
        @Override
        MeshNode decorate(MeshNode inner) {
            return new VerifyingNode(inner);
        }
    }

    @Nested
    class Throttled extends Decorated {
        private final ManualTicker ticker = new ManualTicker();
        private final Bandwidth bandwidth = new Bandwidth(ticker, ticker::pass);

        @Override
        MeshNode decorate(MeshNode inner) {
            bandwidth.change(OptionalLong.of(200_000), OptionalLong.of(300_000));
            return new ThrottledNode(inner, bandwidth);
        }
    }

    @Nested
    class Breaker extends Decorated {
        @Override
        MeshNode decorate(MeshNode inner) {
            // The contract makes more failing calls in a row than a breaker bears.
            return new BreakerNode(inner, new NodeHealth(new SteppingClock(Instant.EPOCH), () -> 0.5));
        }
    }

    @Nested
    class Faulty extends MeshNodeContract {
        private final java.util.Map<String, FaultyNode> accounts = new java.util.HashMap<>();

        @Override
        protected MeshNode open(String accountTagHex) {
            FaultyNode shared = accounts.computeIfAbsent(accountTagHex, tag -> new FaultyNode());
            return new ClosableView(shared);
        }
    }

    abstract static class Decorated extends MeshNodeContract {
        @TempDir
        private Path place = Path.of("");

        abstract MeshNode decorate(MeshNode inner);

        @Override
        protected MeshNode open(String accountTagHex) {
            return decorate(FolderNode.open(TestNodes.spec(), place, accountTagHex));
        }
    }

    /// Closes itself, not what it shows.
    private static final class ClosableView extends ForwardingNode {
        private boolean closed;

        ClosableView(MeshNode shared) {
            super(shared);
        }

        @Override
        protected <T> T through(Operation<T> operation) throws NodeException {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            return operation.run();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
