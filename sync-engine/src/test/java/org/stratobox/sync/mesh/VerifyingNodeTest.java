package org.stratobox.sync.mesh;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.mesh.FaultyNode.Fault;
import org.stratobox.sync.mesh.FaultyNode.Operation;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class VerifyingNodeTest {
    private static final byte[] BODY = TestNodes.body(1, 1000);

    @Test
    void getIsCorruptWhenTheNodeReturnsOtherBytes() throws Exception {
        FaultyNode faulty = new FaultyNode();
        VerifyingNode node = new VerifyingNode(faulty);
        node.prepare();
        ObjectName name = TestNodes.store(node, Space.DATA, BODY);
        faulty.then(Operation.GET, new Fault.FlippedByte(999), new Fault.Truncated(999), new Fault.None());
        assertThrows(NodeException.Corrupt.class, () -> node.get(Space.DATA, name));
        assertThrows(NodeException.Corrupt.class, () -> node.get(Space.DATA, name));
        assertArrayEquals(BODY, node.get(Space.DATA, name));
        faulty.assertAllFaultsHit();
    }

    @Test
    void rangesPassUnchecked() throws Exception {
        FaultyNode faulty = new FaultyNode();
        VerifyingNode node = new VerifyingNode(faulty);
        node.prepare();
        ObjectName name = TestNodes.store(node, Space.DATA, BODY);
        faulty.then(Operation.GET_RANGE, new Fault.FlippedByte(0));
        assertEquals(BODY[10] ^ 1, node.getRange(Space.DATA, name, 10, 5)[0]);
        faulty.assertAllFaultsHit();
    }
}
