package org.stratobox.sync.mesh;

import org.stratobox.sync.model.ObjectName;

/// Believes nothing it reads: a whole object whose SHA-256 is not its name is [NodeException.Corrupt]. Ranges pass: who
/// asks for one checks what is inside.
public final class VerifyingNode extends ForwardingNode {
    /// @param inner the node behind
    public VerifyingNode(MeshNode inner) {
        super(inner);
    }

    @Override
    protected <T> T through(Operation<T> operation) throws NodeException {
        return operation.run();
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        byte[] body = super.get(space, name);
        if (!ObjectName.of(body).equals(name)) {
            throw new NodeException.Corrupt("the node answered with bytes that do not fit their name");
        }
        return body;
    }
}
