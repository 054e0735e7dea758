package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.mesh.ForwardingNode;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Passes that end at any put, as if the process or the network had died there; the next one goes on.
class InterruptedPassTest {
    private static final int MOST_PUTS = 60;

    @TempDir
    Path base;

    /// Takes puts until it is told to fail, then fails all of them; reading always works.
    private static final class DyingNode extends ForwardingNode {
        private final MeshNode inner;
        private final Fate fate;

        DyingNode(MeshNode inner, Fate fate) {
            super(inner);
            this.inner = inner;
            this.fate = fate;
        }

        @Override
        protected <T> T through(Operation<T> operation) throws NodeException {
            return operation.run();
        }

        @Override
        public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
            boolean stored = fate.storesBeforeDying(space);
            if (fate.isDead() && !stored) {
                throw new NodeException.Unreachable("scripted: dead");
            }
            PutResult result = inner.put(space, name, body);
            if (fate.isDead()) {
                throw new NodeException.Unreachable("scripted: died after the put");
            }
            return result;
        }
    }

    /// When all nodes die together.
    private static final class Fate {
        private final AtomicInteger puts = new AtomicInteger();
        private final AtomicBoolean dead = new AtomicBoolean();
        private volatile int dieAt = Integer.MAX_VALUE;
        private volatile Optional<Space> dieIn = Optional.empty();

        /// @return whether this very put still happens, though its answer is lost
        boolean storesBeforeDying(Space space) {
            int number = puts.incrementAndGet();
            boolean now = number == dieAt || dieIn.filter(space::equals).isPresent();
            // every other time the effect happens and only the answer is lost
            return now && dead.compareAndSet(false, true) && number % 2 == 0;
        }

        boolean isDead() {
            return dead.get();
        }

        void dieAtPut(int number) {
            puts.set(0);
            dieAt = number;
        }

        void live() {
            dieAt = Integer.MAX_VALUE;
            dieIn = Optional.empty();
            dead.set(false);
        }
    }

    private final Fate fate = new Fate();

    private Workbench bench(Path below, int files) throws Exception {
        Workbench bench = new Workbench(Files.createDirectories(below), 3,
                TestEngines.withNodes(node -> new DyingNode(node, fate)));
        bench.fill(21, files);
        return bench;
    }

    private static void assertWhole(Workbench bench) throws Exception {
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertEquals(List.of(), report.left());
            assertEquals(0, report.debts());
            CheckReport check = account.check(true, false, p -> {});
            assertEquals(List.of(), check.findings());
            assertTrue(account.status().isSafe());
            assertFalse(account.sync(p -> {}).published());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(2)));
    }

    @Test
    void nextPassFinishesWhereverTheLastOneDied() throws Exception {
        boolean ended = false;
        int n = 0;
        while (!ended) {
            // the first puts one by one, the later ones in odd steps: every other death comes after the effect
            n += n < 8 ? 1 : 3;
            assertTrue(n < MOST_PUTS, "the pass never ends well");
            Workbench bench = bench(base.resolve("run" + n), 12);
            bench.init().close();
            fate.dieAtPut(n);
            try (Account account = bench.open()) {
                account.sync(p -> {});
            } catch (StratoboxException e) {
                assertEquals(StratoboxException.Reason.NO_NODE, e.reason(), () -> String.valueOf(e.getMessage()));
            }
            ended = !fate.isDead();
            fate.live();
            assertWhole(bench);
        }
        assertTrue(n > 5, "a pass has more puts than " + n);
    }

    private void assertNothingIsSentTwice(Space dyingIn) throws Exception {
        Workbench bench = bench(base, 40);
        bench.init().close();
        fate.dieIn = Optional.of(dyingIn);
        try (Account account = bench.open()) {
            assertThrows(StratoboxException.class, () -> account.sync(p -> {}));
        }
        assertTrue(fate.isDead());
        fate.live();
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertTrue(report.bytesSealed() < 200_000, () -> "sealed again " + report.bytesSealed());
        }
        assertWhole(bench);
    }

    @Test
    void storedContentIsNotSentAgainWhenTheIndexObjectFailed() throws Exception {
        assertNothingIsSentTwice(Space.INDEX);
    }

    @Test
    void storedContentIsNotSentAgainWhenTheHeadFailed() throws Exception {
        assertNothingIsSentTwice(Space.HEAD);
    }

    @Test
    void storedContentIsNotSentAgainWhenTheIndexIsLostToo() throws Exception {
        Workbench bench = bench(base, 40);
        bench.init().close();
        fate.dieIn = Optional.of(Space.HEAD);
        try (Account account = bench.open()) {
            assertThrows(StratoboxException.class, () -> account.sync(p -> {}));
        }
        fate.live();
        Files.delete(bench.home().resolve("index.db"));
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertEquals(List.of(), report.left());
            assertTrue(report.bytesSealed() < 200_000, () -> "sealed again " + report.bytesSealed());
        }
        assertWhole(bench);
    }

    @Test
    void changeAfterAPassThatDiedIsNotLost() throws Exception {
        Workbench bench = bench(base, 12);
        bench.init().close();
        fate.dieIn = Optional.of(Space.HEAD);
        try (Account account = bench.open()) {
            assertThrows(StratoboxException.class, () -> account.sync(p -> {}));
        }
        fate.live();
        Files.writeString(bench.folder.resolve("later.txt"), "after the pass died");
        Files.delete(bench.folder.resolve("large.bin"));
        assertWhole(bench);
    }

    /// Two nodes of three are enough to be safe; the third is owed.
    @Test
    void passThatLosesOneNodeIsFinishedByTheOthers() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Workbench bench = new Workbench(base, 3, TestEngines
                .withNodes(node -> opened.getAndIncrement() % 3 == 1 ? new DyingNode(node, fate) : node));
        bench.fill(22, 20);
        bench.init().close();
        fate.dieAtPut(2);
        try (Account account = bench.open()) {
            SyncReport report = account.sync(p -> {});
            assertTrue(report.published());
            assertTrue(report.debts() > 0);
            assertFalse(account.status().isSafe());
        }
        fate.live();
        assertWhole(bench);
    }

    @Test
    void recordsThatANodeMissedWhenTheDeviceWasSetUpAreOwedToIt() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Workbench bench = new Workbench(base, 3, TestEngines
                .withNodes(node -> opened.getAndIncrement() % 3 == 1 ? new DyingNode(node, fate) : node));
        bench.fill(23, 5);
        fate.dieIn = Optional.of(Space.KEYS);
        bench.init().close();
        assertTrue(fate.isDead());
        fate.live();
        assertWhole(bench);
    }
}
