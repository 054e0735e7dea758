package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Options of every command.
final class GlobalOptions {
    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT, order = 100, description = "Settings, index and keys of this device (default: STRATOBOX_HOME, or the place of your system).")
    private @Nullable Path home;

    @Option(names = "--json", scope = ScopeType.INHERIT, order = 101, description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(names = "--passphrase-file", paramLabel = "FILE", scope = ScopeType.INHERIT, order = 102, description = "Passphrase of this computer (default: STRATOBOX_PASSPHRASE, or ask).")
    private @Nullable Path passphraseFile;

    Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    boolean isJson() {
        return json;
    }

    Optional<Path> passphraseFile() {
        return Optional.ofNullable(passphraseFile);
    }
}
