package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import org.stratobox.crypto.Secret;

/// How a node knows us. Never printed.
public sealed interface NodeCredentials {
    /// The node asks for nothing.
    record None() implements NodeCredentials {
        @Override
        public Optional<String> exposeAuthorization() {
            return Optional.empty();
        }
    }

    /// HTTP Basic.
    ///
    /// @param user name
    /// @param password UTF-8
    record Basic(String user, Secret password) implements NodeCredentials {
        @Override
        public Optional<String> exposeAuthorization() {
            byte[] secret = password.exposeCopy();
            byte[] name = (user + ":").getBytes(StandardCharsets.UTF_8);
            byte[] pair = ByteBuffer.allocate(name.length + secret.length).put(name).put(secret).array();
            String value = "Basic " + Base64.getEncoder().encodeToString(pair);
            Arrays.fill(pair, (byte) 0);
            Arrays.fill(secret, (byte) 0);
            return Optional.of(value);
        }

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
        public Optional<String> exposeAuthorization() {
            return Optional.of("Bearer " + new String(token.exposeCopy(), StandardCharsets.US_ASCII));
        }

        @Override
        public String toString() {
            return "Bearer[redacted]";
        }
    }

    /// The secret as it travels, for HTTP clients and servers.
    ///
    /// @return the value of an `Authorization` header, or empty if there is none to send
    Optional<String> exposeAuthorization();

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
        return Secret.takeOwnership(text.getBytes(StandardCharsets.UTF_8));
    }
}
