package org.stratobox.sync.mesh;

import java.util.Optional;

import org.stratobox.crypto.Secret;

/// How a node knows us. Never printed.
public sealed interface NodeCredentials {
    /// The node asks for nothing.
    record None() implements NodeCredentials {}

    /// HTTP Basic.
    ///
    /// @param user name
    /// @param password UTF-8
    record Basic(String user, Secret password) implements NodeCredentials {
        @Override
        public String toString() {
            return "Basic[redacted]";
        }
    }

    /// HTTP Bearer.
    ///
    /// @param token ASCII
    record Bearer(Secret token) implements NodeCredentials {
        @Override
        public String toString() {
            return "Bearer[redacted]";
        }
    }

    /// @param text `user:password`, or a bearer token if there is no colon; empty for none
    /// @return the credentials
    static NodeCredentials parse(Optional<String> text) {
        String trimmed = text.map(String::strip).orElse("");
        if (trimmed.isEmpty()) {
            return new None();
        }
        int colon = trimmed.indexOf(':');
        return colon < 0
                ? new Bearer(utf8(trimmed))
                : new Basic(trimmed.substring(0, colon), utf8(trimmed.substring(colon + 1)));
    }

    private static Secret utf8(String text) {
        return Secret.takeOwnership(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
