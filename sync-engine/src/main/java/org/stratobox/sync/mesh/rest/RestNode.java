package org.stratobox.sync.mesh.rest;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// A node that speaks the restic REST protocol.
public final class RestNode implements MeshNode {
    private final NodeSpec spec;

    private RestNode(NodeSpec spec) {
        this.spec = spec;
    }

    /// Nothing is sent yet.
    ///
    /// @param spec which place this is
    /// @param url `http:` or `https:`, the part of the server above the account; a fragment `#sha256=<64 hex>` pins the
    /// SHA-256 of the certificate's SubjectPublicKeyInfo, which then is trusted whoever signed it, and nothing else is
    /// @param accountTagHex the account's part of it, 32 lower-case hexadecimal digits
    /// @param credentials how the node knows us
    /// @param client shared with other nodes; closed by its owner, not by this node
    /// @return the node
    /// @throws IllegalArgumentException with a sentence for the user if the URL is not one
    public static RestNode open(NodeSpec spec, String url, String accountTagHex, NodeCredentials credentials,
            RestClient client) {
        NodeMarker.requireAccountTag(accountTagHex);
        return new RestNode(spec);
    }

    @Override
    public NodeSpec spec() {
        return spec;
    }

    @Override
    public void prepare() throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public boolean isPrepared() throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public byte[] get(Space space, ObjectName name) throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public Optional<Long> size(Space space, ObjectName name) throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public List<StoredObject> list(Space space) throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public boolean delete(Space space, ObjectName name) throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public Optional<Usage> usage() throws NodeException {
        throw new NodeException.Unreachable("not yet");
    }

    @Override
    public void close() {
        // not yet
    }
}
