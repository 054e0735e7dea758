package org.stratobox.app.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.app.cli.FailureLog;
import org.stratobox.app.error.FailureCode;

/// Appends unexpected failures to a small file in the home: times, codes, classes and methods, no messages.
final class FailureFile implements FailureLog {
    private static final long MAX_BYTES = 1 << 20;

    private final InstantSource clock;

    FailureFile(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Path> write(Path home, FailureCode code) {
        Path file = home.resolve("failures.log");
        try {
            boolean isFull = Files.exists(file) && Files.size(file) > MAX_BYTES;
            if (!Files.isDirectory(home) || isFull) {
                return Optional.empty();
            }
            List<String> lines = new ArrayList<>();
            lines.add(clock.instant() + " " + code.text());
            lines.addAll(code.trace());
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Optional.of(file);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
