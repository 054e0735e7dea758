package org.stratobox.app.boot;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

import org.stratobox.app.cli.Cli;
import org.stratobox.app.cli.Machine;
import org.stratobox.app.cli.Screen;
import org.stratobox.app.cli.Surroundings;
import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.FailureCode;
import org.stratobox.crypto.key.SystemEntropy;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.boot.EngineConfig;
import org.stratobox.sync.boot.Engines;

/// The program's entry: the only place that knows the process's own streams, environment and clock.
public final class Main {
    private static final int BUFFER = 1 << 16;

    private Main() {}

    /// @param arguments of the command line
    public static void main(String[] arguments) {
        Stop stop = Stop.install(Thread.currentThread());
        int code = run(arguments);
        stop.finished(code);
        System.exit(code);
    }

    private static int run(String[] arguments) {
        PrintStream err = stream(FileDescriptor.err, "stderr.encoding");
        try (PrintStream out = stream(FileDescriptor.out, "stdout.encoding")) {
            Screen screen = new Screen(out, err, TerminalPrompt.isWatched(), new TerminalPrompt());
            InstantSource clock = InstantSource.system();
            var surroundings = new Surroundings(new OpenedOnce(Main::engine), new SystemEntropy(), clock, machine(),
                    screen, Main::start);
            int code = new Cli(surroundings, new FailureFile(clock)).run(arguments);
            // a result that nobody could receive is no success
            return out.checkError() && code == ExitCode.DONE.number() ? ExitCode.FAILED.number() : code;
        } catch (RuntimeException | Error failure) {
            err.println("Something went wrong that should not (code " + FailureCode.of(failure).text()
                    + "). What was stored before stays safe.");
            err.flush();
            return ExitCode.FAILED.number();
        }
    }

    /// Calls of other processes read and write files, which pins virtual threads.
    private static void start(Runnable task) {
        Thread.ofPlatform().daemon().name("control").start(task);
    }

    private static Stratobox engine() {
        return new LoggingHomes(Engines.create(EngineConfig.DEFAULT), HomeLog::attach);
    }

    private static Machine machine() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        return new Machine(environment, Path.of(System.getProperty("user.home", "")),
                Path.of("").toAbsolutePath(),
                System.getProperty("os.name", ""), ZoneId.systemDefault());
    }

    private static PrintStream stream(FileDescriptor descriptor, String encodingProperty) {
        Charset charset = Charset.forName(System.getProperty(encodingProperty, ""), StandardCharsets.UTF_8);
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), false, charset);
    }
}
