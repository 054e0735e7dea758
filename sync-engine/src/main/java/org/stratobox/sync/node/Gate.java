package org.stratobox.sync.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

import org.stratobox.crypto.Sha256;
import org.stratobox.sync.mesh.NodeCredentials;

/// Who may come in. Compares hashes in constant time, so that neither length nor content of the secret shows.
final class Gate {
    private final Optional<byte[]> expected;
    private final String challenge;

    Gate(NodeCredentials access) {
        this.expected = access.exposeAuthorization().map(Gate::hash);
        this.challenge = access instanceof NodeCredentials.Basic ? "Basic realm=\"stratobox\"" : "Bearer";
    }

    boolean admits(Optional<String> authorization) {
        return expected.isEmpty()
                || authorization.map(Gate::hash).filter(h -> MessageDigest.isEqual(h, expected.get())).isPresent();
    }

    String challenge() {
        return challenge;
    }

    /// The name of the scheme counts in any case (RFC 9110 section 11.1).
    private static byte[] hash(String authorization) {
        int space = authorization.indexOf(' ') + 1;
        String scheme = authorization.substring(0, space).toLowerCase(Locale.ROOT);
        String value = scheme + authorization.substring(space).strip();
        return Sha256.of(value.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
