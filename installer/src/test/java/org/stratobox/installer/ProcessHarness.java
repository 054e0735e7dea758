package org.stratobox.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the program in processes of its own, on the class path of the tests (the launcher would build what is being built).
/// Everything it starts is killed when it is closed.
final class ProcessHarness implements AutoCloseable {
    static final String PASSPHRASE = "process test passphrase";
    private static final long PATIENCE_SECONDS = 180;

    private final Path directory;
    private final List<Running> started = new ArrayList<>();

    ProcessHarness(Path directory) {
        this.directory = directory;
    }

    /// Starts `stratobox` with the given arguments.
    Running start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), "org.stratobox.app.boot.Main"));
        command.addAll(List.of(arguments));
        return start(command, environment);
    }

    /// Starts any command, with an environment of which nothing of the outer one decides the outcome.
    Running start(List<String> command, Map<String, String> environment) throws IOException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("STRATOBOX") || name.startsWith("JAVA"));
        builder.environment().putAll(Map.of("STRATOBOX_PASSPHRASE", PASSPHRASE, "TMPDIR", directory.toString(),
                "STRATOBOX_HOME", directory.resolve("home").toString(), "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(environment);
        Running running = new Running(builder.start(), out, err);
        started.add(running);
        return running;
    }

    /// Runs a command to its end.
    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(Map.of(), arguments).await();
    }

    @Override
    public void close() {
        started.forEach(Running::kill);
    }

    /// A process and its output so far.
    record Running(Process process, Path outFile, Path errFile) {
        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("it did not end; it said:\n" + out() + err());
            }
            return new Ended(process.exitValue(), out(), err());
        }

        /// Waits for the first line of standard output.
        String firstLine() throws IOException, InterruptedException {
            while (process.isAlive() && !out().contains("\n")) {
                // not a sleep: returns at once when the process ends
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            String out = out();
            if (!out.contains("\n")) {
                throw new AssertionError("it ended without a line; it said:\n" + err());
            }
            return out.substring(0, out.indexOf('\n'));
        }

        String out() throws IOException {
            return Files.readString(outFile);
        }

        String err() throws IOException {
            return Files.readString(errFile);
        }

        /// Lets a moment pass; fails at once when the process ends in it.
        ///
        /// @param millis how long at most
        void stillRunsAfter(long millis) throws IOException, InterruptedException {
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("it ended with " + process.exitValue() + "; it said:\n" + out() + err());
            }
        }

        /// Asks it to stop, as systemd does.
        void terminate() {
            process.destroy();
        }

        /// Ends it as a power failure would.
        void kill() {
            process.destroyForcibly();
        }
    }

    /// A process that has ended.
    ///
    /// @param code its exit code
    /// @param out standard output
    /// @param err standard error
    record Ended(int code, String out, String err) {}
}
