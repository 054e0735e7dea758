package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;

/// Small things every test of a node needs.
public final class TestNodes {
    /// The account most tests use.
    public static final String ACCOUNT = "00112233445566778899aabbccddeeff";
    /// Another one.
    public static final String OTHER_ACCOUNT = "ffeeddccbbaa99887766554433221100";

    private TestNodes() {}

    /// @return a specification that nothing depends on
    public static NodeSpec spec() {
        return new NodeSpec(NodeId.of(new byte[16]), NodeAddress.parse("test:node"), "test");
    }

    /// @param seed decides the bytes
    /// @param length number of bytes
    /// @return the same bytes for the same arguments
    public static byte[] body(int seed, int length) {
        byte[] out = new byte[length];
        new Random(seed).nextBytes(out);
        return out;
    }

    /// @param node to put into
    /// @param space which kind
    /// @param body to put
    /// @return its name
    public static ObjectName store(MeshNode node, Space space, byte[] body) throws NodeException {
        ObjectName name = ObjectName.of(body);
        node.put(space, name, ByteBuffer.wrap(body));
        return name;
    }

    /// @param node to list
    /// @param space which kind
    /// @return its objects in order
    public static List<StoredObject> sorted(MeshNode node, Space space) throws NodeException {
        return node.list(space).stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }
}
