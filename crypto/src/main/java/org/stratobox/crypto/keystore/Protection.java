package org.stratobox.crypto.keystore;

import java.util.Optional;

import org.stratobox.crypto.Secret;

/// What opens a keystore file. The secrets stay the caller's and are not closed here; none is printed.
public sealed interface Protection {
    /// @return the part the user types, if there is one
    Optional<Secret> passphrase();

    /// @return the part the keyring holds, if there is one
    Optional<Secret> keyring();

    /// Something the user types.
    ///
    /// @param utf8 the passphrase as UTF-8, not empty
    record Passphrase(Secret utf8) implements Protection {
        /// @throws IllegalArgumentException if the passphrase is empty
        public Passphrase {
            requirePassphrase(utf8);
        }

        @Override
        public Optional<Secret> passphrase() {
            return Optional.of(utf8);
        }

        @Override
        public Optional<Secret> keyring() {
            return Optional.empty();
        }
    }

    /// Something the operating system's keyring holds.
    ///
    /// @param q32 32 random bytes
    record Keyring(Secret q32) implements Protection {
        /// @throws IllegalArgumentException if it is not 32 bytes or all zero
        public Keyring {
            requireKeyring(q32);
        }

        @Override
        public Optional<Secret> passphrase() {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> keyring() {
            return Optional.of(q32);
        }
    }

    /// Both are needed.
    ///
    /// @param utf8 the passphrase as UTF-8, not empty
    /// @param q32 32 random bytes
    record Both(Secret utf8, Secret q32) implements Protection {
        /// @throws IllegalArgumentException if the passphrase is empty, or the other not 32 bytes or all zero
        public Both {
            requirePassphrase(utf8);
            requireKeyring(q32);
        }

        @Override
        public Optional<Secret> passphrase() {
            return Optional.of(utf8);
        }

        @Override
        public Optional<Secret> keyring() {
            return Optional.of(q32);
        }
    }

    private static void requirePassphrase(Secret utf8) {
        if (utf8.length() == 0) {
            throw new IllegalArgumentException("an empty passphrase protects nothing");
        }
    }

    private static void requireKeyring(Secret q32) {
        try (Secret zero = Secret.takeOwnership(new byte[32])) {
            if (q32.length() != zero.length() || q32.equals(zero)) {
                throw new IllegalArgumentException("a keyring secret has 32 random bytes");
            }
        }
    }
}
