package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// Where the recovery phrase comes from.
final class PhraseOption {
    @Option(names = "--phrase-file", paramLabel = "FILE", order = 20, description = "Recovery phrase (default: STRATOBOX_PHRASE, or ask).")
    private @Nullable Path file;

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
