package org.stratobox.sync.boot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.stratobox.crypto.Secret;
import org.stratobox.sync.mesh.NodeCredentials;

/// Credentials as a user writes them.
final class NodeText {
    private NodeText() {}

    static NodeCredentials credentials(Optional<Secret> text) {
        if (text.isEmpty()) {
            return new NodeCredentials.None();
        }
        byte[] bytes = text.get().exposeCopy();
        try {
            return NodeCredentials.parse(Optional.of(new String(bytes, StandardCharsets.UTF_8)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
