package org.stratobox.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

import org.stratobox.app.error.FailureCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A process that is none: runs command lines against the fake engine and remembers what it showed.
final class FakeProcess {
    static final long NOW = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();
    static final String PHRASE = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
            + "about";
    static final String PASSPHRASE = "correct horse battery";

    final FakeStratobox engine;
    final Map<String, String> environment = new HashMap<>();
    final Deque<String> typed = new ArrayDeque<>();
    final Path directory;
    Path current;
    Executor workers = task -> Thread.ofVirtual().start(task);
    boolean terminal;
    Optional<FailureCode> logged = Optional.empty();
    String out = "";
    String err = "";
    byte[] outBytes = {};

    FakeProcess(Path directory) {
        this(directory, new FakeStratobox());
    }

    private FakeProcess(Path directory, FakeStratobox engine) {
        this.engine = engine;
        this.directory = directory;
        current = directory;
        environment.put("STRATOBOX_HOME", home().toString());
        environment.put("STRATOBOX_PASSPHRASE", PASSPHRASE);
        environment.put("TMPDIR", directory.toString());
        environment.put("HOSTNAME", "my-laptop");
    }

    Path home() {
        return directory.resolve("home");
    }

    int run(String... arguments) {
        var outBuffer = new ByteArrayOutputStream();
        var errBuffer = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(outBuffer, false, StandardCharsets.UTF_8),
                new PrintStream(errBuffer, false, StandardCharsets.UTF_8), terminal,
                question -> Optional.ofNullable(typed.poll()).map(String::toCharArray));
        var random = new Random(1);
        var machine = new Machine(environment, directory, current, "Linux", ZoneOffset.UTC);
        var surroundings = new Surroundings(() -> engine, random::nextBytes,
                InstantSource.fixed(Instant.ofEpochMilli(NOW)), machine, screen, workers);
        int code = new Cli(surroundings, (home, failure) -> {
            logged = Optional.of(failure);
            return Optional.of(home.resolve("failures.log"));
        }).run(arguments);
        outBytes = outBuffer.toByteArray();
        out = outBuffer.toString(StandardCharsets.UTF_8);
        err = errBuffer.toString(StandardCharsets.UTF_8);
        return code;
    }

    /// Sets up a device with the known phrase over a folder with two files.
    Path initialise(String... nodes) {
        try {
            Path folder = Files.createDirectories(directory.resolve("folder"));
            Files.writeString(folder.resolve("letter.txt"), "Dear reader");
            Files.createDirectories(folder.resolve("sub"));
            Files.writeString(folder.resolve("sub").resolve("deep.txt"), "deep");
            environment.put("STRATOBOX_PHRASE", PHRASE);
            String[] arguments = Arrays.copyOf(new String[]{"init", "--folder", folder.toString(), "--node"},
                    4 + nodes.length);
            System.arraycopy(nodes, 0, arguments, 4, nodes.length);
            int code = run(arguments);
            environment.remove("STRATOBOX_PHRASE");
            if (code != 0) {
                throw new AssertionError("init ended with " + code + ": " + err);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A process of the same user on the same home and engine.
    FakeProcess another() {
        FakeProcess other = new FakeProcess(directory, engine);
        other.environment.putAll(environment);
        return other;
    }

    FakeStratobox.FakeHome fakeHome() {
        return Objects.requireNonNull(engine.homes.get(home()));
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }
}
