package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.mesh.ForwardingNode;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FullNodeTest {
    @TempDir
    Path base;

    private final AtomicBoolean full = new AtomicBoolean();

    /// Has no room for data while it is told so.
    private final class FullNode extends ForwardingNode {
        FullNode(MeshNode inner) {
            super(inner);
        }

        @Override
        protected <T> T through(Operation<T> operation) throws NodeException {
            return operation.run();
        }

        @Override
        public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
            if (full.get() && space == Space.DATA) {
                throw new NodeException.Full("scripted: full");
            }
            return super.put(space, name, body);
        }
    }

    @Test
    void syncSaysWhichNodeIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        Workbench bench = new Workbench(base, 2, TestEngines.withNodes(FullNode::new));
        bench.fill(31, 20);
        try (Account account = bench.init()) {
            full.set(true);
            StratoboxException e = assertThrows(StratoboxException.class, () -> account.sync(p -> {}));
            String message = String.valueOf(e.getMessage());
            assertEquals(StratoboxException.Reason.NO_NODE, e.reason());
            assertTrue(message.contains(bench.sources().get(0).address() + " is full"), message);
            assertTrue(message.contains("make room"), message);
            assertFalse(account.status().isSafe());
            full.set(false);
            assertEquals(List.of(), account.sync(p -> {}).left());
            assertTrue(account.status().isSafe());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(bench.restoreFrom(1)));
    }
}
